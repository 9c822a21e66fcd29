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
  case origin::neighbour:
    return s.a == variable;
  case origin::computed:
    return ir::is_lookup(s.code) && s.which == variable;
  case origin::time:
  case origin::step:
  case origin::adaptive_step:
  case origin::elapsed:
  case origin::index:
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

/// Whether the reset of a neuron may be executed before the deliveries of a synapse instead of
/// after them, where the neuron plays the part `part` (pre, post) in the synapse.
constexpr bool commute(compiled_model const& neuron, compiled_model const& synapse, ir::side part) {
  scheduled_kernel const& reset = neuron.kernels[neuron.find(trigger::reset)];
  for (int s = 0; s < synapse.variables.size(); ++s) {
    ir::symbol const& variable = synapse.variables[s].symbol;
    int const n = variable.owner == part ? neuron.find(variable.id) : ir::none;
    if (n == ir::none) continue;
    bool const reset_writes = writes(neuron, reset, n);
    bool const synapse_writes = writes(synapse, s);
    if (reset_writes && (synapse_writes || reads(synapse, s))) return false;
    if (synapse_writes && reads(neuron, reset, n)) return false;
  }
  return true;
}

/// Whether the synapses of a projection have to act one after the other, whichever neurons they go
/// to: they write variables of their source neurons, or read there what they write (`same`: source
/// and target are one population).
constexpr bool needs_one_thread(compiled_model const& synapse, bool same) {
  for (int s = 0; s < synapse.variables.size(); ++s) {
    if (synapse.variables[s].symbol.owner != ir::side::pre) continue;
    if (writes(synapse, s)) return true;
    int const post = synapse.find(synapse.variables[s].symbol.id, ir::side::post);
    if (same && post != ir::none && reads(synapse, s) && writes(synapse, post)) return true;
  }
  return false;
}

/// Whether synapses may not write a variable of a neuron while it is refractory.
constexpr bool is_frozen(compiled_model const& neuron, std::string_view id) {
  int const k = neuron.find(id);
  return k != ir::none && neuron.variables[k].symbol.frozen;
}
/// Whether a synapse writes such a variable of the neuron at one of its ends.
constexpr bool writes_frozen(compiled_model const& synapse, compiled_model const& neuron,
                             ir::side end) {
  for (int s = 0; s < synapse.variables.size(); ++s) {
    ir::symbol const& variable = synapse.variables[s].symbol;
    if (variable.owner == end && is_frozen(neuron, variable.id) && writes(synapse, s)) return true;
  }
  return false;
}
/// Whether it depends on the refractoriness of that neuron: it writes such a variable, or asks.
constexpr bool asks_refractoriness(compiled_model const& synapse, compiled_model const& neuron,
                                   ir::side end) {
  return writes_frozen(synapse, neuron, end) || synapse.find("not_refractory", end) != ir::none;
}

}  // namespace nernst::kernel
