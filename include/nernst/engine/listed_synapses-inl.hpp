// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/listed_synapses.hpp>
#include <nernst/kernel/deferral.hpp>

namespace nernst::engine {

NERNST_INLINE std::string_view reason_to_list(kernel::compiled_model const& synapses,
                                              kernel::scheduled_kernel const& k) {
  for (kernel::instruction const& s : synapses.code(k))
    if (ir::is_random(s.code)) return ", as each draws random numbers";
  switch (k.when_executed) {
  case kernel::trigger::pathway:
    if (synapses.pathways[k.which].end == ir::side::pre) return {};
    return kernel::settling(synapses) == ir::none ? ", as spikes of targets act at once" : "";
  case kernel::trigger::trace:
  case kernel::trigger::advance:
  case kernel::trigger::total:
    return {};
  case kernel::trigger::sum:
    return ", as their neurons have sums of them";
  default:
    return ", as each has something to do beside spikes";
  }
}

NERNST_INLINE std::string_view reason_to_list(kernel::compiled_model const& synapses) {
  if (synapses.own_events.any) return ", as their targets send events to themselves";
  if (synapses.multisynaptic_index != ir::none) return ", as each has a multisynaptic index";
  for (kernel::variable const& v : synapses.variables)
    if (v.symbol.kind == ir::role::incoming || v.symbol.kind == ir::role::outgoing)
      return ", as each knows how many others there are";
  for (kernel::scheduled_kernel const& k : synapses.kernels) {
    std::string_view const why = reason_to_list(synapses, k);
    if (!why.empty()) return why;
  }
  return {};
}

}  // namespace nernst::engine
