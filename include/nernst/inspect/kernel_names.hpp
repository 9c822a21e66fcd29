// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/print.hpp>
#include <nernst/kernel/derive.hpp>

#include <string>

namespace nernst::inspection {

/// What a kernel is called, and what it is for.
struct kernel_name {
  std::string name, task;
  ir::instant when;
};

namespace detail {
/// "every 10*ms". The units of literals are gone after the derivation.
inline std::string moment_of(ir::model const& m, ir::timed_action const& a) {
  if (a.period != ir::none && m.nodes.is_literal(a.period))
    return "every " + ir::quantity(m.nodes[a.period].value, ir::units::second);
  return ir::detail::moment_of(a, m);
}
}  // namespace detail

/// Kernel `k` of a neuron.
inline kernel_name name_of(kernel::neuron_derivation const& d, std::size_t k) {
  constexpr ir::instant groups{ir::slot::groups, 0}, resets{ir::slot::resets, 0};
  if (k == 0)
    return {"update",
            d.kernels[0].spike == ir::none ? "new states" : "new states, and which elements fire",
            groups};
  if (k == 1)
    return {"update and reset",
            "instead of the two, where nothing in between can see the difference", groups};
  if (k == 2) return {"reset", "for elements that fired", resets};
  if (k == static_cast<std::size_t>(d.substeps.kernel))
    return {"substep",
            "of each element, with its error, tried within the update until the step is covered",
            groups};
  kernel::extra const& e = d.extras[k - 3];
  auto const which = static_cast<std::size_t>(e.which);
  switch (e.what) {
  case kernel::purpose::held:
    return {"constant over dt", "what stays the same during a step", e.when};
  case kernel::purpose::timed:
    return {detail::moment_of(d.model, d.model.actions[which]),
            e.for_all ? "for the population" : "for each element", e.when};
  case kernel::purpose::threshold:
    return {"threshold", "which elements fire", e.when};
  case kernel::purpose::check:
    return {"event " + std::string(d.model.events[which].id.view()), "where it happens", e.when};
  case kernel::purpose::act:
    return {"on " + std::string(d.model.events[which].id.view()), "for elements where it happened",
            e.when};
  }
  return {};
}

/// Pathway `k` of a synapse. Those of `on_pre` come first in a step.
inline kernel_name name_of(kernel::synapse_derivation const& d, std::size_t k) {
  if (d.model.pathways[k].trigger == ir::side::pre)
    return {"on_pre", "for the synapses of source neurons that fired", {ir::slot::synapses, -1}};
  return {"on_post", "for the synapses of target neurons that fired", {ir::slot::synapses, 1}};
}

/// Whether kernel `k` of a neuron does anything. The one that updates and resets stands for two
/// that can be joined.
inline bool is_used(kernel::neuron_derivation const& d, std::size_t k) {
  kernel::program const& p = d.kernels[k];
  if (k == 1 && (d.reset_waits || p.spike == ir::none || d.kernels[2].stores.empty())) return false;
  return !p.stores.empty() || p.spike != ir::none;
}

}  // namespace nernst::inspection
