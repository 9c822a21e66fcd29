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
constexpr std::string_view to_text(delivery d) {
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

/// Whether an output adds something to its variable, and nothing else reads that.
constexpr bool adds(compiled_model const& m, scheduled_kernel const& k, output const& o) {
  ir::span<instruction const> const code = m.code(k);
  instruction const& sum = code[o.value];
  auto const is_old = [&](int place) {
    return place != ir::none && code[place].from == o.to && code[place].a == o.array;
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
  return uses == 1;
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

}  // namespace nernst::kernel
