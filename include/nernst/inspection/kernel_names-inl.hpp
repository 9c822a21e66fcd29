// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection/kernel_names.hpp>
#include <nernst/ir/decimal.hpp>
#include <nernst/kernel/delivery.hpp>

namespace nernst::inspection {

namespace detail {
/// "every 10*ms", "at 1*s, 2*s".
inline std::string moment_of(replay& model, kernel::timing const& t) {
  kernel::compiled_model const& m = model.model();
  if (t.period != ir::none) {
    int const period = model.results(m.named)[t.period];
    ir::node const& n = model.nodes()[period];
    if (n.code != ir::op::literal) return "every " + model.text(period);
    return "every " + ir::written(n.value, ir::units::second);
  }
  std::string all;
  for (double const time : m.times_of(t))
    (all += all.empty() ? "at " : ", ") += ir::written(time, ir::units::second);
  return all.empty() ? "at" : all;
}
}  // namespace detail

NERNST_INLINE kernel_name name_of(replay& model, kernel::scheduled_kernel const& k) {
  kernel::compiled_model const& m = model.model();
  switch (k.when_executed) {
  case kernel::trigger::update:
    return {"update", k.spike == ir::none ? "new states" : "new states, and which elements fire",
            k.when};
  case kernel::trigger::update_and_reset:
    return {"update and reset",
            "instead of the two, where nothing in between can see the difference", k.when};
  case kernel::trigger::reset:
    return {"reset", "for elements that fired", k.when};
  case kernel::trigger::initialise:
    return {"initialise", "before the first step", k.when};
  case kernel::trigger::current:
    return {"current", "what flows through the membrane, and its derivative by the voltage",
            k.when};
  case kernel::trigger::ion_current:
    return {model.spelling(kernel::written_by(m, k)), "where somebody wants to know it", k.when};
  case kernel::trigger::event:
    return {"event", "for one element, where an event acts that it has sent itself", k.when};
  case kernel::trigger::attempt:
    return {"substep",
            "of each element, with its error, tried within the update until the step is covered",
            k.when};
  case kernel::trigger::held:
    return {"constant over dt", "what stays the same during a step", k.when};
  case kernel::trigger::timed:
    return {detail::moment_of(model, m.timings[k.which]),
            k.for_all ? "for the population" : "for each element", k.when};
  case kernel::trigger::threshold:
    return {"threshold", "which elements fire", k.when};
  case kernel::trigger::check:
    return {"event " + std::string(m.events[k.which].view()), "where it happens", k.when};
  case kernel::trigger::act:
    return {"on " + std::string(m.events[k.which].view()), "for elements where it happened",
            k.when};
  case kernel::trigger::pathway: {
    kernel::pathway_trigger const& t = m.pathways[k.which];
    bool const from_source = t.end == ir::side::pre;
    std::string name = from_source ? "on_pre" : "on_post";
    if (t.name != (from_source ? "pre" : "post") && !t.name.view().empty())
      name += " " + std::string(t.name.view());
    std::string task = from_source ? "for the synapses of source neurons that fired; "
                                   : "for the synapses of target neurons that fired; ";
    task += kernel::to_text(kernel::delivery_of(m, k, false));
    bool const apart = kernel::needs_one_thread(m, false);
    if (!apart && kernel::needs_one_thread(m, true)) task += ", in one population by one thread";
    return {name, task, k.when};
  }
  case kernel::trigger::trace: {
    bool const from_source = m.pathways[k.which].end == ir::side::pre;
    std::string const neuron = from_source ? "source" : "target";
    return {from_source ? "traces on_pre" : "traces on_post",
            "once for each " + neuron + " neuron that fired", k.when};
  }
  case kernel::trigger::advance: {
    bool const of_source = k.which == static_cast<int>(ir::side::pre);
    std::string const neuron = of_source ? "source" : "target";
    return {k.which == kernel::of_totals ? "new totals" : "new traces",
            "of each " + neuron + " neuron, in the place of its synapses", k.when};
  }
  case kernel::trigger::total:
    return {"sum of " + model.spelling(kernel::written_by(m, k)),
            "for each target neuron, out of its totals", k.when};
  case kernel::trigger::sum:
    return {"sum of " + model.spelling(kernel::written_by(m, k)),
            "over the synapses of each neuron", k.when};
  }
  return {};
}

NERNST_INLINE bool is_used(kernel::compiled_model const& m, kernel::scheduled_kernel const& k) {
  if (k.when_executed != kernel::trigger::update_and_reset) return !k.is_empty();
  bool const resets = !m.kernels[m.find(kernel::trigger::reset)].is_empty();
  return !m.reset_waits && k.spike != ir::none && resets;
}

}  // namespace nernst::inspection
