// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/dependency.hpp>
#include <nernst/ir/looked_up.hpp>
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

/// What stands for a subexpression in a table whose argument is `x`: the value at the place below
/// and, for the rest of the way, a part of the difference to that above.
constexpr int interpolated(model& m, tabulation& t, int x) {
  graph& g = m.nodes;
  identifier id("_table_");
  symbol const& of = m.at(t.symbol);
  t.table = m.add({.id = id += of.id, .kind = role::table, .unit = of.unit});
  dimension const unit = m.at(t.argument).unit;
  bool const is_controlled = t.pieces != none;
  int const pieces = is_controlled ? g.symbol(t.pieces) : g.literal(t.count);
  int const way = g.subtract(x, g.literal(t.from, unit));
  double const width = t.to - t.from;
  int const along = is_controlled ? g.multiply(way, g.divide(pieces, g.literal(width, unit)))
                                  : g.divide(way, g.literal(width / t.count, unit));
  return looked_up(g, along, pieces,
                   [&](int k) { return g.make(op::lookup, k, none, none, t.table); });
}

/// Whether what a table holds depends on its argument alone, beside what stays the same in a run.
constexpr bool can_be_tabulated(model const& m, tabulation const& t, int value) {
  list<int> const order = schedule(m.nodes, value);
  for (int const i : order) {
    node const& n = m.nodes[i];
    if (is_random(n.code) || is_lookup(n.code)) return false;
    bool const is_other = n.code == op::symbol && n.which != t.argument;
    if (is_other && variation_of(m.at(n.which).kind) != variation::never) return false;
  }
  return true;
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
///   state;
/// * a subexpression in a table becomes what finds it there.
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
    tabulation* table = nullptr;
    for (auto& t : m.tabulations)
      if (t.symbol == s.symbol) table = &t;
    if (table != nullptr) {
      table->value = s.value;
      if (!detail::can_be_tabulated(m, *table, s.value)) {
        held.mistake = {
            mistake::not_supported, m.at(s.symbol).id.view(), "a table of one variable alone", {}};
        return held;
      }
      int const x = m.nodes.symbol(table->argument);
      replacement[s.symbol] = detail::interpolated(m, *table, x);
      s.value = replacement[s.symbol];
    } else if (s.constant_over_dt) {
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
