// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/plan.hpp>
#include <nernst/ir/dependency.hpp>
#include <nernst/ir/roots.hpp>

namespace nernst::kernel::detail {

/// The variable of the neuron at one end that a state of synapses is kept in, as a trace or a
/// total.
constexpr ir::symbol kept_as(ir::role kind, ir::symbol state, ir::side end) {
  ir::identifier id("_");
  state.id = id += state.id;
  state.kind = kind;
  state.owner = end;
  return state;
}

/// Keeps states of synapses in such variables of kind `kind`, those at `end_of(s)` unless that is
/// `here`; the states themselves are of kind `left`. Returns by symbol in which one each is.
template <class EndOf>
constexpr ir::list<int> keep_states(ir::model& m, ir::role kind, ir::role left, EndOf end_of) {
  int const states = m.symbols.size();
  ir::list<int> kept(states), replacement(states, ir::none);
  for (int s = 0; s < states; ++s) {
    kept[s] = s;
    ir::side const end = end_of(s);
    if (end == ir::side::here) continue;
    kept[s] = m.add(kept_as(kind, m.at(s), end));
    replacement[s] = m.nodes.symbol(kept[s]);
    m.symbols[s].kind = left;
  }
  ir::replace_roots(m, ir::substitute(m.nodes, ir::roots(m), replacement));
  ir::for_each_block(m, [&](ir::list<ir::assignment>& block) {
    for (ir::assignment& s : block) s.symbol = kept[s.symbol];
  });
  for (ir::equation& e : m.equations) e.symbol = kept[e.symbol];
  return kept;
}

/// Whether what an integrator makes of them in a step is the same for all synapses of a neuron, as
/// it is unless the method mixes states that do not depend on one another.
constexpr bool keeps_states(ir::model const& m, integrate::plan const& step) {
  for (ir::assignment const& s : step.update) {
    ir::symbol const& kept = m.at(s.symbol);
    if (!ir::is_kept_once(kept.kind)) continue;
    bool const mixes = ir::reads(m, s.value, [&](ir::symbol const& x) {
      // Not in one expression: g++ 12 compares both at once and cannot evaluate that.
      bool const is_alike = x.kind == kept.kind;
      bool const is_there = x.owner == kept.owner;
      return !(is_alike && is_there) &&
             ir::changes(ir::variation_of(x.kind), ir::variation::by_element);
    });
    if (mixes) return false;
  }
  for (auto const& block : step.exact) {
    if (!block.per_element) continue;
    for (int const e : block.equations)
      if (ir::is_kept_once(m.at(m.equations[e].symbol).kind)) return false;
  }
  return true;
}

}  // namespace nernst::kernel::detail
