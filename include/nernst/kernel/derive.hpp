// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/choose.hpp>
#include <nernst/kernel/neuron_kernels.hpp>

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
  for (int e = 0; e < d.equations.size(); ++e) {
    if (d.methods[d.equations[e].method].id != ir::method_id::exact) continue;
    ir::list<int> const order = ir::schedule(m.nodes, m.equations[e].rhs);
    for (int const i : order)
      if (ir::is_lookup(m.nodes[i].code)) d.variables[m.nodes[i].which].held = true;
  }
}

}  // namespace detail

/// Derives the kernels of neurons. `Own` is the user's own integration method, or void. After a
/// mistake there is nothing else.
template <class Own = void>
constexpr derivation derive_neuron(ir::model m) {
  derivation d;
  ir::list<ir::assignment> const held = detail::normalise(m, d.mistake);
  if (!d.mistake.ok()) return d;
  integrate::choice c;
  if constexpr (std::is_void_v<Own>)
    c = integrate::choose(m);
  else
    c = integrate::choose<Own>(m);
  d.mistake = c.diagnosis;
  if (!d.mistake.ok()) return d;
  detail::enter_methods(d, m, c);
  integrate::plan const step = integrate::integrate(m, c);
  detail::neuron_kernels(m, step, held, d).finish();
  detail::mark_held(d, m);
  return d;
}

/// Derives the kernels of synapses: one per pathway, for one synapse at a time. Variables of the
/// two neurons and of the synapse are arrays.
constexpr derivation derive_synapse(ir::model m) {
  derivation d;
  detail::normalise(m, d.mistake);
  if (!d.mistake.ok()) return d;
  layout where(m.symbols.size());
  for (int s = 0; s < m.symbols.size(); ++s)
    if (is_stored(m.at(s).kind)) where.add_array(s);
  ir::list<detail::kernel_draft> pathways;
  for (int k = 0; k < m.pathways.size(); ++k)
    pathways.push_back(
        {{.when_executed = trigger::pre_spike, .which = k, .when = {ir::slot::synapses, -1}},
         m.pathways[k].statements});
  detail::assemble_all(d, m, where, pathways, prologue::without);
  for (int const s : where.arrays) d.has_own = d.has_own || m.at(s).owner == ir::side::here;
  for (int i = 0; i < m.nodes.size(); ++i) d.has_own = d.has_own || ir::is_random(m.nodes[i].code);
  return d;
}

}  // namespace nernst::kernel
