// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/access.hpp>

namespace nernst::kernel {

/// In which way the synapses of a pathway depend on one another, from weak to strong. It decides
/// who may carry them out at the same time.
enum class delivery : std::uint8_t {
  adds,      ///< to variables of the target that it does not read otherwise: their order matters
             ///< for rounding only
  owned,     ///< changes the target and the synapse itself: in order for each target, which one
             ///< thread owns
  in_order,  ///< changes the source, or reads there what other synapses change: all in order
};
constexpr ir::string_view to_text(delivery d) {
  switch (d) {
  case delivery::adds:
    return "adds only, in parallel by target";
  case delivery::owned:
    return "changes its target or itself, in parallel by target";
  case delivery::in_order:
    return "changes its source, or follows what others change there: by one thread";
  }
  return {};
}

namespace detail {

/// Whether a value is that of the variable that an output changes, from before.
constexpr bool is_old(instruction const& s, output const& o) {
  return s.from == o.to && s.a == o.array;
}
/// What an output of a pathway becomes where its neuron is not refractory: an instruction.
constexpr int unguarded(compiled_model const& m, scheduled_kernel const& k, output const& o) {
  ir::span<instruction const> const code = m.code(k);
  instruction const& s = code[o.value];
  bool const chooses = s.from == origin::computed && s.code == ir::op::select;
  if (!chooses || code[s.a].from != origin::neighbour || !is_old(code[s.c], o)) return o.value;
  return m.variables[code[s.a].a].symbol.kind == ir::role::not_refractory ? s.b : o.value;
}

/// Whether an output adds something to its variable, and nothing else reads that.
constexpr bool adds(compiled_model const& m, scheduled_kernel const& k, output const& o) {
  ir::span<instruction const> const code = m.code(k);
  int const value = unguarded(m, k, o);
  instruction const& sum = code[value];
  auto const is_old = [&](int place) {
    return place != ir::none && detail::is_old(code[place], o);
  };
  bool const is_sum =
      sum.from == origin::computed && (sum.code == ir::op::add || sum.code == ir::op::subtract);
  bool const grows = is_sum && (is_old(sum.a) || (sum.code == ir::op::add && is_old(sum.b)));
  if (!grows) return false;
  int uses = 0;
  for (instruction const& s : code) {
    if (s.from != origin::computed) continue;
    int const arity = ir::operands(s.code);
    int const operands[] = {s.a, arity > 1 ? s.b : ir::none, arity > 2 ? s.c : ir::none};
    for (int const x : operands) uses += is_old(x) ? 1 : 0;
  }
  for (output const& other : m.stores(k)) uses += is_old(other.value) ? 1 : 0;
  return uses == (value == o.value ? 1 : 2);
}

/// Whether an instruction of a pathway gives the same value for all synapses of a target.
constexpr bool is_common(compiled_model const& m, scheduled_kernel const& k, instruction const& s) {
  switch (s.from) {
  case origin::computed:
    return !ir::is_random(s.code) && !ir::is_lookup(s.code) && !ir::is_call(s.code);
  case origin::literal:
  case origin::scalar:
  case origin::shared:
  case origin::scale:
  case origin::time:
  case origin::step:
    return true;
  case origin::linked:
    for (output const& o : m.stores(k))
      if (is_old(s, o)) return true;
    return false;
  case origin::neighbour: {
    ir::symbol const& what = m.variables[s.a].symbol;
    return what.kind == ir::role::not_refractory && what.owner == ir::side::post;
  }
  default:
    return false;
  }
}

}  // namespace detail

/// The way of a pathway whose source and target are one population, or are not.
constexpr delivery delivery_of(compiled_model const& synapse, scheduled_kernel const& k,
                               bool same) {
  if (needs_one_thread(synapse, same)) return delivery::in_order;
  for (output const& o : synapse.stores(k))
    if (o.to != origin::linked || !detail::adds(synapse, k, o)) return delivery::owned;
  return delivery::adds;
}

/// Whether all synapses of a pathway of source neurons add the same to a target, so that it only
/// matters how many spikes reach it in a step.
constexpr bool is_countable(compiled_model const& synapse, scheduled_kernel const& k) {
  bool const is_of_source = k.when_executed == trigger::pathway &&
                            synapse.pathways[k.which].end == ir::side::pre &&
                            synapse.find(trigger::trace, k.which) == ir::none;
  if (!is_of_source || k.is_empty()) return false;
  for (output const& o : synapse.stores(k))
    if (o.to != origin::linked || !detail::adds(synapse, k, o)) return false;
  for (instruction const& s : synapse.code(k))
    if (!detail::is_common(synapse, k, s)) return false;
  return true;
}

}  // namespace nernst::kernel
