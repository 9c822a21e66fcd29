// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/access.hpp>

/// Which actions of synapses may wait. What a spike of a target does to synapses that stand far
/// apart in memory costs a cache miss each; where nobody looks at them before the next spike of
/// their source, it is done then, when they are at hand (as in NEST: Morrison, Aertsen and
/// Diesmann, Neural Computation 19, 2007).
namespace nernst::kernel {

namespace detail {

/// Whether kernel `k` of a spike of a target could be executed later, given its time, if the traces
/// of the source and the variables of the synapse stay as they are.
constexpr bool depends_on_source_only(compiled_model const& m, scheduled_kernel const& k) {
  for (output const& o : m.stores(k))
    if (o.to != origin::array) return false;
  for (instruction const& s : m.code(k)) switch (s.from) {
    case origin::computed:
      if (ir::is_random(s.code) || ir::is_lookup(s.code)) return false;
      break;
    case origin::literal:
    case origin::scalar:
    case origin::array:
    case origin::time:
      break;
    case origin::linked:
      for (variable const& v : m.variables)
        if (v.array == s.a && (v.symbol.owner != ir::side::pre || v.symbol.kind != ir::role::trace))
          return false;
      break;
    default:
      return false;
    }
  return true;
}

}  // namespace detail

/// The kernel of spikes of targets that may wait for the next execution of kernel `pre`, that of a
/// spike of the source; `none` where there is no such.
constexpr int deferred_to(compiled_model const& m, int pre) {
  auto const is_pathway = [&m](int k, ir::side end) {
    scheduled_kernel const& kernel = m.kernels[k];
    return kernel.when_executed == trigger::pathway && m.pathways[kernel.which].end == end;
  };
  int post = ir::none;
  for (int k = 0; k < m.kernels.size(); ++k) {
    if (!is_pathway(k, ir::side::post) || m.kernels[k].is_empty()) continue;
    if (post != ir::none) return ir::none;
    post = k;
  }
  if (post == ir::none || !is_pathway(pre, ir::side::pre)) return ir::none;
  scheduled_kernel const& late = m.kernels[post];
  if (!detail::depends_on_source_only(m, late)) return ir::none;
  for (int s = 0; s < m.variables.size(); ++s) {
    bool const changes = writes(m, late, s);
    if (!changes && !reads(m, late, s)) continue;
    for (int k = 0; k < m.kernels.size(); ++k) {
      scheduled_kernel const& other = m.kernels[k];
      bool const is_due =
          k == pre || k == post ||
          (other.when_executed == trigger::trace && other.which == m.kernels[pre].which);
      if (!is_due && (writes(m, other, s) || (changes && reads(m, other, s)))) return ir::none;
    }
  }
  return post;
}
/// The kernel for which spikes of targets may wait, `none` where they act at once.
constexpr int settling(compiled_model const& m) {
  for (int k = 0; k < m.kernels.size(); ++k)
    if (deferred_to(m, k) != ir::none) return k;
  return ir::none;
}
/// Whether in a step kernel `first` of a pathway is executed before `second`.
constexpr bool is_before(compiled_model const& m, int first, int second) {
  ir::instant const x = m.kernels[first].when, y = m.kernels[second].when;
  return x < y || (!(y < x) && first < second);
}

}  // namespace nernst::kernel
