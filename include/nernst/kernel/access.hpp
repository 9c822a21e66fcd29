// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/compiled_model.hpp>

namespace nernst::kernel {

/// Whether a kernel changes a variable, or reads it.
constexpr bool writes(compiled_model const& model, scheduled_kernel const& k, int variable) {
  for (output const& o : model.stores(k)) {
    bool const is_symbol = o.to == origin::shared;
    bool const is_array = o.to == origin::array || o.to == origin::linked;
    if (is_symbol && o.array == variable) return true;
    if (is_array && o.array == model.variables[variable].array) return true;
  }
  return false;
}
constexpr bool reads(compiled_model const& model, instruction const& s, int variable) {
  kernel::variable const& v = model.variables[variable];
  switch (s.from) {
  case origin::array:
  case origin::linked:
    return s.a == v.array;
  case origin::shared:
  case origin::scale:
  case origin::neighbour:
    return s.a == variable;
  case origin::computed:
    return ir::is_lookup(s.code) && s.which == variable;
  case origin::time:
  case origin::step:
  case origin::adaptive_step:
  case origin::elapsed:
  case origin::index:
  case origin::open:
    return s.from == origin_of(v.symbol);
  default:
    return false;
  }
}
constexpr bool reads(compiled_model const& model, scheduled_kernel const& k, int variable) {
  for (instruction const& s : model.prologue(k))
    if (reads(model, s, variable)) return true;
  for (instruction const& s : model.code(k))
    if (reads(model, s, variable)) return true;
  return false;
}
/// Whether any of the kernels of a synapse does.
constexpr bool writes(compiled_model const& synapse, int variable) {
  for (scheduled_kernel const& k : synapse.kernels)
    if (writes(synapse, k, variable)) return true;
  return false;
}
constexpr bool reads(compiled_model const& synapse, int variable) {
  for (scheduled_kernel const& k : synapse.kernels)
    if (reads(synapse, k, variable)) return true;
  return false;
}
/// The same of those that act on single synapses; a sum belongs to its neuron.
constexpr bool acts_on(compiled_model const& synapse, int variable) {
  for (scheduled_kernel const& k : synapse.kernels)
    if (!is_sum(k) && writes(synapse, k, variable)) return true;
  return false;
}
constexpr bool acts_by(compiled_model const& synapse, int variable) {
  for (scheduled_kernel const& k : synapse.kernels)
    if (!is_sum(k) && reads(synapse, k, variable)) return true;
  return false;
}
/// Whether an array of a model is one of compartments; which is, if there is one; and whether a
/// kernel writes one.
constexpr bool is_of_compartments(compiled_model const& model, int array) {
  for (variable const& v : model.variables)
    if (v.symbol.kind == ir::role::local && v.array == array) return !model.of_synapses;
  return false;
}
constexpr int array_of_compartments(compiled_model const& model) {
  for (int array = 0; array < model.arrays; ++array)
    if (is_of_compartments(model, array)) return array;
  return ir::none;
}
constexpr bool writes_compartments(compiled_model const& model, scheduled_kernel const& k) {
  for (output const& o : model.stores(k))
    if (o.to == origin::array && is_of_compartments(model, o.array)) return true;
  return false;
}

/// Whether a kernel beside the update is executed at the same time, so that it does not know
/// whether a scale is that of the step before, and reads one.
constexpr bool reads_scales_in_update(compiled_model const& model) {
  for (scheduled_kernel const& k : model.kernels) {
    if (is_update(k) || k.when != ir::instant{ir::slot::groups, 0}) continue;
    for (scaled_state const& s : model.scaled_states)
      if (reads(model, k, s.scale) || (s.inverse != ir::none && reads(model, k, s.inverse)))
        return true;
  }
  return false;
}
/// The variable that a kernel with one output writes.
constexpr int written_by(compiled_model const& model, scheduled_kernel const& k) {
  for (int s = 0; s < model.variables.size(); ++s)
    if (writes(model, k, s)) return s;
  return ir::none;
}

/// Whether the reset of a neuron may be executed before the deliveries of a synapse instead of
/// after them, where the neuron plays the part `part` (pre, post) in the synapse.
constexpr bool commute(compiled_model const& neuron, compiled_model const& synapse, ir::side part) {
  if (!neuron.has(trigger::reset)) return true;
  scheduled_kernel const& reset = neuron.kernels[neuron.find(trigger::reset)];
  for (int s = 0; s < synapse.variables.size(); ++s) {
    ir::symbol const& variable = synapse.variables[s].symbol;
    int const n = variable.owner == part ? neuron.find(variable.id) : ir::none;
    if (n == ir::none) continue;
    bool const reset_writes = writes(neuron, reset, n);
    bool const synapse_writes = acts_on(synapse, s);
    if (reset_writes && (synapse_writes || acts_by(synapse, s))) return false;
    if (synapse_writes && reads(neuron, reset, n)) return false;
  }
  return true;
}

/// What a threshold that is tested in the state update would have to wait for: a variable of
/// neurons that it reads and synapses write between the two, or their refractoriness, which
/// synapses read there. Its place in the synapse, or `none`.
constexpr int used_before_threshold(compiled_model const& neuron, compiled_model const& synapse,
                                    ir::side part) {
  if (neuron.has(trigger::threshold)) return ir::none;
  for (scheduled_kernel const& k : synapse.kernels) {
    bool const between =
        k.when >= ir::instant{ir::slot::groups, 0} && k.when < ir::instant{ir::slot::thresholds, 0};
    for (int s = 0; s < synapse.variables.size() && between; ++s) {
      ir::symbol const& variable = synapse.variables[s].symbol;
      if (variable.owner != part) continue;
      if (ir::is_of_refractoriness(variable.kind) && reads(synapse, k, s)) return s;
      for (int const t : neuron.tested)
        if (neuron.variables[t].symbol.id == variable.id && writes(synapse, k, s)) return s;
    }
  }
  return ir::none;
}

/// Whether the synapses of a projection have to act one after the other, whichever neurons they go
/// to: they write variables of their source neurons, or read there what they write (`same`: source
/// and target are one population).
constexpr bool needs_one_thread(compiled_model const& synapse, bool same) {
  for (int s = 0; s < synapse.variables.size(); ++s) {
    ir::symbol const& v = synapse.variables[s].symbol;
    if (v.owner != ir::side::pre || v.kind == ir::role::trace) continue;
    if (acts_on(synapse, s)) return true;
    int const post = synapse.find(v.id, ir::side::post);
    if (same && post != ir::none && acts_by(synapse, s) && acts_on(synapse, post)) return true;
  }
  return false;
}

}  // namespace nernst::kernel
