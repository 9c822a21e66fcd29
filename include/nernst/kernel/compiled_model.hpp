// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/diagnosis.hpp>
#include <nernst/ir/function.hpp>
#include <nernst/ir/method.hpp>
#include <nernst/ir/model.hpp>
#include <nernst/ir/slot.hpp>
#include <nernst/ir/symbol.hpp>
#include <nernst/ir/tape.hpp>
#include <nernst/kernel/instruction.hpp>

namespace nernst::kernel {

/// A variable of a model and where it lives.
struct variable {
  ir::symbol symbol;
  int array = ir::none;  ///< the array that holds it, if it varies between elements
  bool fixed = false;    ///< a propagator of the exact method is computed from it once per run
  bool held = false;     ///< a timed array that the exact method takes as constant over a step
  bool made = false;     ///< a table of a subexpression, which is looked up by place
};

/// When a kernel is executed.
enum class trigger : std::uint8_t {
  update,            ///< in every step: new states, and which elements fire
  update_and_reset,  ///< the same with the reset of firing elements, where nobody can tell
  reset,             ///< of an element that has fired
  held,              ///< at the start of a step: what is constant over it
  timed,             ///< when timed action `which` is due
  threshold,         ///< in every step, where the update cannot test the threshold
  check,             ///< in every step: the condition of event `which`
  act,               ///< of an element with event `which`
  attempt,           ///< a substep of an integrator with steps of its own
  pathway,           ///< of a synapse, for a spike of one of its neurons: pathway `which`
  trace,             ///< before that, of the neuron: what all its synapses have in common
  advance,           ///< in every step: the traces of the neurons at end `which` of synapses, or
                     ///< the totals of the targets, `of_totals`
  sum,               ///< of a synapse, in every step: what it adds to a variable of a neuron
  total,             ///< of a target neuron, in every step: the same made of totals
  initialise,        ///< of a mechanism, before the first step
  current,           ///< of a mechanism, in every step: what it adds to the totals of compartments
  ion_current,       ///< the same for an ion whose current somebody wants to know: number `which`
  event,             ///< of a mechanism or a connection to it, for an event: block `which`, see
                     ///< `number_of_block`
};

/// The number of the kernel of a block of an event.
constexpr int number_of_block(ir::event_part part, int number) {
  constexpr int parts = 4;
  return number * parts + static_cast<int>(part);
}

/// Which of the kernels with trigger `advance` that of totals is; those of traces have the number
/// of their end.
inline constexpr int of_totals = 3;

/// Some elements of a list, side by side.
struct range {
  int first = 0, count = 0;
};

/// A kernel with its place in the step, and the parts of the model's lists that are its program.
struct scheduled_kernel {
  trigger when_executed = trigger::update;
  int which = ir::none;
  ir::instant when = {};
  bool for_all = false;  ///< writes shared variables: executed once
  bool links = false;    ///< writes variables of another group of elements

  range code = {}, prologue = {}, outputs = {}, step_scalars = {};
  int spike = ir::none;  ///< the instruction that says which elements fire

  constexpr bool is_empty() const { return outputs.count == 0 && spike == ir::none; }
};

/// Whether a kernel makes a sum over the synapses of a neuron.
constexpr bool is_sum(scheduled_kernel const& k) {
  return k.when_executed == trigger::sum || k.when_executed == trigger::total;
}

/// The step by which a kernel that is executed in step `now` knows who is refractory: until the
/// state update that is what the step before has left.
constexpr std::int64_t settled_step(scheduled_kernel const& k, std::int64_t now) {
  return k.when < ir::instant{ir::slot::groups, 0} ? now - 1 : now;
}

/// Whether a kernel is an update of states, or a part of one.
constexpr bool is_update(scheduled_kernel const& k) {
  return k.when_executed == trigger::update || k.when_executed == trigger::update_and_reset ||
         k.when_executed == trigger::attempt;
}
/// How many updates of its step, 0 or 1, a kernel finds made.
constexpr int updates_seen(scheduled_kernel const& k) {
  return is_update(k) || k.when < ir::instant{ir::slot::groups, 0} ? 0 : 1;
}

/// Expressions that are evaluated once per run, as a part of the model's operations and results.
struct recorded {
  range operations, results;
};

/// A propagator exp(A dt): the entries of A, the symbols that take the results, and the states that
/// the first rows belong to.
struct propagator {
  int order = 0;
  bool per_element = false;
  recorded matrix;
  range coefficients, states;
};

/// A state of neurons that only decays, `scale` times what memory holds: symbols, also of the
/// inverse, by which synapses add to it. `decay` is the scalar that the neurons' scale is
/// multiplied by in each step.
struct scaled_state {
  int state = ir::none, scale = ir::none, inverse = ir::none, decay = ir::none;
};

/// When a timed action happens: with a period, one of `named`, or at given times in seconds.
struct timing {
  int period = ir::none;
  range times;
};

/// A table that is made once per run: the symbol that stands for it, that of its argument, and the
/// places at which its values are found: `count` pieces of equal length from `from` to `to`, or as
/// many as keep the error below a part of the value or below a number. The symbol `pieces` says how
/// many these are, of all tables that have it.
struct tabulated {
  int table = ir::none, argument = ir::none;
  double from = 0, to = 0;
  int count = 0, pieces = ir::none;
  double relative = 0, absolute = 0;
};

/// A method that integrates equations, and why it was taken.
struct chosen_method {
  ir::string_view name;
  ir::method_id id = ir::method_id::automatic;
  ir::phrase reason;
};
/// An equation: its state, and the number of its method.
struct integrated_state {
  int symbol = ir::none, method = ir::none;
};

/// States that are advanced by steps of their own within a step (see `integrate::adaptive_states`).
struct adaptive_stepping {
  int order = 0;
  int length = ir::none;  ///< the array with the length of the next substep
  int dt = ir::none;      ///< the scalar with the length of a step
};

/// What starts a pathway of a synapse: an event (`spike`, or one of the neuron's model) of the
/// neuron at one of its ends.
struct pathway_trigger {
  ir::side end = ir::side::pre;
  ir::identifier name, event;
};

// The one table of the lists that a compiled model consists of: what they hold, and their names.
// `operations` and `results` are those of all tapes; `coefficients`, `propagated_states` and
// `subexpressions` are symbols, `none` where nothing is needed; `tested` are the symbols that the
// threshold reads; `adaptive_states` are the arrays of
// the states that are advanced by substeps.
// clang-format off
#define NERNST_MODEL_LISTS(row) \
  row(variable, variables) \
  row(scheduled_kernel, kernels) \
  row(instruction, instructions) \
  row(output, outputs) \
  row(int, step_scalars) \
  row(ir::node, operations) \
  row(int, results) \
  row(propagator, propagators) \
  row(int, coefficients) \
  row(int, propagated_states) \
  row(timing, timings) \
  row(double, times) \
  row(int, subexpressions) \
  row(int, tested) \
  row(ir::identifier, events) \
  row(pathway_trigger, pathways) \
  row(ir::function, functions) \
  row(chosen_method, methods) \
  row(integrated_state, equations) \
  row(int, adaptive_states) \
  row(scaled_state, scaled_states) \
  row(tabulated, tables) \
  row(distribution, distributions) \
  row(ir::diffusion, diffusions)
// clang-format on

/// These lists, where `List` is an array that grows or a view.
template <template <class> class List>
struct model_lists {
#define NERNST_ROW(type, name) List<type> name;
  NERNST_MODEL_LISTS(NERNST_ROW)
#undef NERNST_ROW
};

/// What of a compiled model is no list.
struct model_outline {
  ir::diagnosis mistake;
  int arrays = 0;
  recorded scalars;
  /// The periods of timed actions, then the values of the subexpressions.
  recorded named;
  /// What stands in `tables`, in terms of their arguments.
  recorded tabulated_values;
  /// The arrays with the step of the last spike and with the flag "not refractory", and the scalar
  /// with the length of refractoriness in steps, where it is fixed.
  int last_spike = ir::none, flag = ir::none, refractory_steps = ir::none;
  constexpr bool has_refractory() const { return flag != ir::none || refractory_steps != ir::none; }
  /// Whether the reset has to wait for what is executed between it and the threshold.
  bool reset_waits = false;
  bool of_synapses = false;
  ir::placement placed = ir::placement::nowhere;
  ir::event_needs own_events;
  /// Of a mechanism: that its current is linear in the voltage, with coefficients that stay the
  /// same in a run.
  bool is_steady = false;
  /// That all its currents are those of an electrode.
  bool is_electrode = false;
  /// Whether synapses have variables or random numbers of their own, which belong to a synapse
  /// wherever it is stored.
  bool has_own = false;
  /// Of synapses: the symbol of the variable that numbers those of the same two neurons.
  int multisynaptic_index = ir::none;
  adaptive_stepping adaptive;
};

template <class T>
using const_span = ir::span<T const>;

/// All that is derived from a model: what the network executes and the inspector shows. Its lists
/// belong to a `derivation` or, evaluated by the compiler, to `compiled<Model>`.
struct compiled_model : model_outline, model_lists<const_span> {
  template <class T>
  static constexpr ir::span<T const> part(ir::span<T const> all, range r) {
    return all.from(r.first, r.count);
  }

  constexpr bool is_valid() const { return mistake.ok(); }

  /// The place of a variable, or `none`.
  constexpr int find(ir::string_view id, ir::side owner = ir::side::here) const {
    for (int k = 0; k < variables.size(); ++k)
      if (variables[k].symbol.owner == owner && variables[k].symbol.id == id) return k;
    return ir::none;
  }
  /// The variable by which users know what is kept as a trace or a total: a symbol.
  constexpr int shown(int symbol) const {
    ir::symbol const& s = variables[symbol].symbol;
    return ir::is_kept_once(s.kind) ? find(s.id.view().substr(1)) : symbol;
  }
  /// The trace or total that a variable is kept as, or the variable itself.
  constexpr int kept(int symbol) const {
    for (int k = symbol + 1; k < variables.size(); ++k)
      if (shown(k) == symbol) return k;
    return symbol;
  }
  /// The first kernel with a trigger, or `none`.
  constexpr int find(trigger what) const {
    for (int k = 0; k < kernels.size(); ++k)
      if (kernels[k].when_executed == what) return k;
    return ir::none;
  }
  /// The same of those with a number.
  constexpr int find(trigger what, int which) const {
    for (int k = 0; k < kernels.size(); ++k)
      if (kernels[k].when_executed == what && kernels[k].which == which) return k;
    return ir::none;
  }
  /// Which of the scaled states of neurons an output updates, or `none`.
  constexpr int scaled_by(output const& o) const {
    if (of_synapses || o.to != origin::array) return ir::none;
    for (int k = 0; k < scaled_states.size(); ++k)
      if (variables[scaled_states[k].state].array == o.array) return k;
    return ir::none;
  }
  constexpr bool has(trigger what) const { return find(what) != ir::none; }
  /// Whether elements can fire: they have a threshold, or send spikes themselves.
  constexpr bool has_spikes() const {
    int const update = find(trigger::update);
    bool const tests = update != ir::none && kernels[update].spike != ir::none;
    return tests || has(trigger::threshold) || own_events.fires;
  }
  /// Whether neurons that fire are reset where they are updated.
  constexpr bool fuses_reset() const {
    return !of_synapses && !reset_waits && kernels[find(trigger::update)].spike != ir::none &&
           !kernels[find(trigger::reset)].is_empty();
  }

  constexpr ir::tape_view tape(recorded const& r) const {
    return {part(operations, r.operations), part(results, r.results)};
  }
  constexpr ir::span<instruction const> code(scheduled_kernel const& k) const {
    return part(instructions, k.code);
  }
  constexpr ir::span<instruction const> prologue(scheduled_kernel const& k) const {
    return part(instructions, k.prologue);
  }
  constexpr ir::span<output const> stores(scheduled_kernel const& k) const {
    return part(outputs, k.outputs);
  }
  /// The places in the prologue of what the elements take from it.
  constexpr ir::span<int const> scalars_of_step(scheduled_kernel const& k) const {
    return part(step_scalars, k.step_scalars);
  }
  constexpr ir::span<int const> coefficients_of(propagator const& p) const {
    return part(coefficients, p.coefficients);
  }
  constexpr ir::span<int const> states_of(propagator const& p) const {
    return part(propagated_states, p.states);
  }
  constexpr ir::span<double const> times_of(timing const& t) const { return part(times, t.times); }
};

}  // namespace nernst::kernel
