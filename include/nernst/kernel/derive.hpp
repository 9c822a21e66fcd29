// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/choose.hpp>
#include <nernst/kernel/element_kernels.hpp>

namespace nernst::kernel {

namespace detail {

/// Enters which method integrates which equation, and why.
constexpr void enter_methods(derivation& d, ir::model const& m, integrate::choice const& c) {
  d.equations = ir::list<integrated_state>(m.equations.size());
  for (auto const& group : c.groups) {
    for (int const e : group.equations) d.equations[e] = {m.equations[e].symbol, d.methods.size()};
    d.methods.push_back({group.name, group.method, group.reason});
  }
}
/// Marks the timed arrays that the exact method takes as constant over a step.
constexpr void mark_held(derivation& d, ir::model const& m) {
  for (int e = 0; e < m.equations.size(); ++e) {
    if (d.methods[d.equations[e].method].id != ir::method_id::exact) continue;
    ir::list<int> const order = ir::schedule(m.nodes, m.equations[e].rhs);
    for (int const i : order) {
      ir::node const& n = m.nodes[i];
      if (!ir::is_lookup(n.code) || m.nodes[n.a].code != ir::op::symbol) continue;
      bool const is_timed = m.at(m.nodes[n.a].which).kind == ir::role::time;
      if (is_timed) d.variables[n.which].held = true;
    }
  }
}
/// Marks the tables that the engine makes.
constexpr void mark_made(derivation& d, ir::model const& m) {
  for (auto const& t : m.tabulations) d.variables[t.table].made = true;
}

}  // namespace detail

/// Derives the kernels of a group of elements, neurons or synapses. A synapse has its own variables
/// and those of its two neurons. `Own` is the user's own integration method, or void. After a
/// mistake there is nothing else.
template <class Own = void>
constexpr derivation derive(ir::model const& written) {
  ir::model m(written);
  derivation d;
  ir::list<ir::assignment> const held = detail::normalise(m, d.mistake);
  bool const resets_nobody = !m.reset.empty() && m.threshold == ir::none;
  if (d.mistake.ok() && resets_nobody)
    d.mistake = {ir::mistake::missing_threshold, "reset", {}, {}};
  if (!d.mistake.ok()) return d;
  detail::use_totals(m, held);
  detail::use_traces(m, held);
  detail::event_driven_equations event_driven(m);
  integrate::choice c;
  if constexpr (std::is_void_v<Own>)
    c = integrate::choose(m);
  else
    c = integrate::choose<Own>(m);
  d.mistake = c.diagnosis;
  if (!d.mistake.ok()) return d;
  if (!m.of_synapses || !m.equations.empty()) detail::enter_methods(d, m, c);
  event_driven.enter(d);
  integrate::plan const step = integrate::integrate(m, c);
  if (m.of_synapses && !detail::keeps_states(m, step)) {
    ir::model each(written);
    each.per_synapse = true;
    return derive<Own>(each);
  }
  detail::element_kernels(m, step, event_driven, held, d).finish();
  detail::mark_held(d, m);
  detail::mark_made(d, m);
  return d;
}

}  // namespace nernst::kernel
