// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/access.hpp>

/// Which pathways act on several synapses of a row at once, one in each lane of a pack.
namespace nernst::kernel {

namespace detail {

/// Whether an instruction gives its value for synapses side by side.
constexpr bool is_side_by_side(instruction const& s) {
  switch (s.from) {
  case origin::computed:
    return !ir::is_random(s.code) && !ir::is_lookup(s.code);
  case origin::literal:
  case origin::array:
  case origin::linked:
  case origin::scalar:
  case origin::shared:
  case origin::scale:
  case origin::time:
  case origin::step:
  case origin::neighbour:
    return true;
  default:
    return false;
  }
}

}  // namespace detail

/// Whether synapses of one source and different targets may be executed side by side: they change
/// nothing but themselves and their targets, draw no random numbers and look nothing up.
constexpr bool may_act_side_by_side(compiled_model const& synapse, scheduled_kernel const& k) {
  if (k.when_executed != trigger::pathway || needs_one_thread(synapse, true)) return false;
  for (output const& o : synapse.stores(k))
    if (o.to != origin::array && o.to != origin::linked) return false;
  for (instruction const& s : synapse.code(k))
    if (!detail::is_side_by_side(s)) return false;
  return true;
}

/// Whether they are: that pays where synapses change themselves, or functions are computed. Where
/// something is only added to targets, finding these takes all the time.
constexpr bool acts_side_by_side(compiled_model const& synapse, scheduled_kernel const& k) {
  if (k.is_empty() || !may_act_side_by_side(synapse, k)) return false;
  for (output const& o : synapse.stores(k))
    if (o.to == origin::array) return true;
  for (instruction const& s : synapse.code(k))
    if (s.from == origin::computed && ir::properties(s.code).cost.functions > 0) return true;
  return false;
}

/// Whether synapses that do not act side by side add weights of their own to their targets: those
/// of consecutive targets do so side by side, as these need not be looked for. (Products are left
/// out: it depends on the code around whether compilers round them before they are added.)
constexpr bool adds_weights(compiled_model const& synapse, scheduled_kernel const& k) {
  if (k.is_empty() || !may_act_side_by_side(synapse, k) || acts_side_by_side(synapse, k))
    return false;
  bool has_weight = false;
  for (instruction const& s : synapse.code(k)) {
    has_weight = has_weight || s.from == origin::array;
    bool const adds = s.code == ir::op::add || s.code == ir::op::subtract ||
                      s.code == ir::op::negate || s.code == ir::op::select;
    if (s.from == origin::computed && !adds) return false;
  }
  return has_weight;
}

/// Whether a kernel changes the neurons at the ends of synapses: then those that act side by side
/// have different ones.
constexpr bool changes_neurons(compiled_model const& synapse, scheduled_kernel const& k) {
  for (output const& o : synapse.stores(k))
    if (o.to == origin::linked) return true;
  return false;
}

}  // namespace nernst::kernel
