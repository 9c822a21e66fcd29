// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/rewrite.hpp>

namespace nernst::ir {

/// With what the values of expressions change: with what any of them does; `none` changes never.
constexpr variation variation_of(model const& m, span<int const> roots) {
  variation all = variation::never;
  list<int> const order = schedule(m.nodes, roots);
  for (int const i : order) {
    node const& n = m.nodes[i];
    if (n.code == op::symbol) all = all | variation_of(m.at(n.which).kind);
    if (is_random(n.code)) all = all | variation::by_draw;
  }
  return all;
}
constexpr variation variation_of(model const& m, int root) {
  int const roots[] = {root};
  return variation_of(m, roots);
}

/// With what each node changes that `roots` need, where `of_symbol(s)` says it of variable `s`. A
/// timed array at the time of node `now` is held through a step.
template <class OfSymbol>
constexpr list<variation> variations(graph const& g, span<int const> roots, int now,
                                     OfSymbol of_symbol) {
  list<variation> all(g.size());
  list<int> const order = schedule(g, roots);
  for (int const i : order) {
    node const& n = g[i];
    variation v = variation::never;
    if (n.code == op::symbol) v = of_symbol(n.which);
    if (is_random(n.code)) v = variation::by_draw;
    bool const held = is_lookup(n.code) && n.a == now;
    if (held) v = variation::by_step;
    for (int const x : operands(n))
      if (!held || x != now) v = v | all[x];
    all[i] = v;
  }
  return all;
}

/// Calls `visit(symbol)` for each variable that an expression reads.
template <class Visit>
constexpr void for_each_read(model const& m, int root, Visit visit) {
  list<int> const order = schedule(m.nodes, root);
  for (int const i : order)
    if (m.nodes[i].code == op::symbol) visit(m.nodes[i].which);
}
/// Whether an expression reads a variable that has a property.
template <class Property>
constexpr bool reads(model const& m, int root, Property has) {
  return any_of(m.nodes, root,
                [&](node const& n) { return n.code == op::symbol && has(m.at(n.which)); });
}

/// For each definition, those definitions that its value reads; `none` stands for no value.
/// A definition is a symbol and the node of its value.
class definition_order {
 public:
  /// Sorts definitions so that each stands behind those that it reads.
  constexpr definition_order(graph const& g, span<assignment const> definitions, int symbols)
      : waiting_(definitions.size()) {
    int const count = definitions.size();
    list<int> number(symbols), needed, user, first(count + 1);
    for (int k = 0; k < count; ++k) number[definitions[k].symbol] = k + 1;
    for (int k = 0; k < count; ++k) {
      list<int> const needs = schedule(g, definitions[k].value);
      for (int const i : needs) {
        if (g[i].code != op::symbol || number[g[i].which] == 0) continue;
        needed.push_back(number[g[i].which] - 1);
        user.push_back(k);
        ++waiting_[k];
        ++first[needed.back() + 1];
      }
    }
    for (int k = 0; k < count; ++k) first[k + 1] += first[k];
    list<int> users(user.size()), next(first);
    for (int e = 0; e < user.size(); ++e) users[next[needed[e]]++] = user[e];
    for (int k = 0; k < count; ++k)
      if (waiting_[k] == 0) order_.push_back(k);
    for (int done = 0; done < order_.size(); ++done)
      for (int e = first[order_[done]]; e < first[order_[done] + 1]; ++e)
        if (--waiting_[users[e]] == 0) order_.push_back(users[e]);
  }

  /// The places of the definitions, those that read others behind them.
  constexpr list<int> const& order() const { return order_; }
  /// Whether definition `k` reads itself, directly or through others, or one that does.
  constexpr bool is_cyclic(int k) const { return waiting_[k] != 0; }

 private:
  list<int> waiting_;  // for how many definitions one waits
  list<int> order_;
};

}  // namespace nernst::ir
