// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/dependency.hpp>
#include <nernst/ir/roots.hpp>

namespace nernst::ir {

namespace detail {

/// A parameter that statements change becomes a state, a shared variable that they change a shared
/// state.
constexpr void mark_what_changes(model& m) {
  for_each_block(m, [&m](list<assignment> const& block) {
    for (auto const& s : block) {
      symbol& x = m.symbols[s.symbol];
      if (x.owner != side::here) continue;
      if (x.kind == role::parameter) x.kind = role::state;
      if (x.kind == role::shared) x.kind = role::shared_state;
    }
  });
}

/// A held value that reads another one sees the new one. What is held for all elements has been
/// stored by then.
constexpr void follow_held_values(model& m, list<assignment>& held) {
  list<int> now(m.symbols.size(), none), now_for_all(now);
  for (auto& s : held) {
    list<int>& known = m.at(s.symbol).kind == role::shared_state ? now_for_all : now;
    s.value = substitute(m.nodes, s.value, known);
    known[s.symbol] = s.value;
  }
}

}  // namespace detail

struct held_values {
  list<assignment> statements;  ///< of subexpressions that are constant over dt
  diagnosis mistake;
};

/// Brings a model into the form that integrators and kernels work on:
///
/// * every subexpression is replaced by its expression where it is used, those that are constant
///   over dt become variables (states, or shared states) with a value in `held`, in an order in
///   which each may read the ones before it;
/// * a parameter that statements change becomes a state, a shared variable that they change a
/// shared
///   state.
///
/// The mistake is `cyclic_definition` if a subexpression refers to itself.
constexpr held_values inline_subexpressions(model& m) {
  held_values held;
  detail::mark_what_changes(m);
  if (m.subexpressions.empty()) return held;
  list<assignment> definitions;
  for (auto const& s : m.subexpressions) definitions.push_back({s.symbol, s.value});
  definition_order const sorted(m.nodes, definitions, m.symbols.size());
  for (int k = 0; k < m.subexpressions.size(); ++k)
    if (sorted.is_cyclic(k)) {
      identifier const& id = m.at(m.subexpressions[k].symbol).id;
      held.mistake = {mistake::cyclic_definition, id.view(), {}, {}};
      return held;
    }

  list<int> replacement(m.symbols.size(), none);
  for (int const k : sorted.order()) {
    subexpression& s = m.subexpressions[k];
    s.value = substitute(m.nodes, s.value, replacement);
    if (s.constant_over_dt) {
      m.symbols[s.symbol].kind = s.is_shared ? role::shared_state : role::state;
      held.statements.push_back({s.symbol, s.value});
    } else {
      replacement[s.symbol] = s.value;
    }
  }
  replace_roots(m, substitute(m.nodes, roots(m), replacement));
  detail::follow_held_values(m, held.statements);
  return held;
}

}  // namespace nernst::ir
