// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/linear_forms.hpp>
#include <nernst/kernel/kept_states.hpp>

namespace nernst::kernel::detail {

/// Finds the states of synapses that only their sum over the synapses of a target matters of: all
/// follow the same linear equations, pathways add to them, and they are read by nothing but sums,
/// which are linear in them with coefficients that these synapses have in common.
class total_finder {
 public:
  constexpr explicit total_finder(ir::model& m, ir::span<ir::assignment const> held)
      : m_(m), column_(m.symbols.size(), ir::none) {
    if (m_.sums.empty()) return;
    for (ir::equation const& e : m_.equations) {
      ir::symbol const& x = m_.at(e.symbol);
      bool const is_own = x.owner == ir::side::here && x.kind == ir::role::state;
      if (is_own && !e.event_driven && !x.id.full()) column_[e.symbol] = e.symbol;
    }
    if (!any()) return;
    for (ir::subexpression const& s : m_.subexpressions) exclude_all(s.value);
    for (ir::timed_action const& a : m_.actions)
      for (ir::assignment const& s : a.statements) exclude(s);
    for (ir::assignment const& s : held) exclude(s);
    while (any() && exclude_unsuitable()) {
    }
    exclude_unread();
  }

  constexpr bool any() const {
    for (int const c : column_)
      if (c != ir::none) return true;
    return false;
  }
  constexpr bool has(int symbol) const { return column_[symbol] != ir::none; }

 private:
  constexpr void exclude(ir::assignment const& s) {
    column_[s.symbol] = ir::none;
    exclude_all(s.value);
  }
  constexpr bool exclude_all(int root) {
    bool found = false;
    ir::for_each_read(m_, root, [&](int read) {
      found = found || has(read);
      column_[read] = ir::none;
    });
    return found;
  }

  /// Whether there were any.
  constexpr bool exclude_unsuitable() {
    bool found = false;
    for (ir::equation const& e : m_.equations) {
      bool const fits = has(e.symbol) && is_form(e.rhs, false);
      if (fits) continue;
      found = found || has(e.symbol);
      column_[e.symbol] = ir::none;
      found = exclude_all(e.rhs) || found;
    }
    for (ir::pathway const& p : m_.pathways)
      for (ir::assignment const& s : p.statements) {
        if (has(s.symbol) && adds(s)) continue;
        found = found || has(s.symbol);
        column_[s.symbol] = ir::none;
        found = exclude_all(s.value) || found;
      }
    for (ir::summation const& s : m_.sums) {
      bool const is_for_target = m_.at(s.symbol).owner == ir::side::post;
      if (!is_for_target || !is_form(s.value, true)) found = exclude_all(s.value) || found;
    }
    return found;
  }
  /// Whether a value is a sum of these states with coefficients that all synapses of a target have
  /// in common, or only have where `by_target`.
  constexpr bool is_form(int value, bool by_target) {
    int const roots[] = {value};
    ir::linear_forms forms(m_.nodes, column_);
    int culprit = ir::none;
    bool fits = forms.find(roots, culprit) && forms.offset(0) == ir::none;
    for (int k = 0; fits && k < forms.terms(0).size(); ++k)
      fits = !ir::reads(m_, forms.terms(0)[k].coefficient, [&](ir::symbol const& x) {
        bool const is_of_target = x.owner == ir::side::post && by_target &&
                                  (x.kind == ir::role::state || x.kind == ir::role::parameter);
        return !is_of_target && ir::changes(ir::variation_of(x.kind), ir::variation::by_element);
      });
    return fits;
  }
  constexpr bool adds(ir::assignment const& s) {
    int const roots[] = {s.value};
    ir::linear_forms forms(m_.nodes, column_);
    int culprit = ir::none;
    if (!forms.find(roots, culprit) || forms.terms(0).size() != 1) return false;
    auto const& term = forms.terms(0)[0];
    return term.column == s.symbol && m_.nodes.is_literal(term.coefficient, 1);
  }
  /// What no sum depends on is there for users to read.
  constexpr void exclude_unread() {
    ir::list<char> is_read(m_.symbols.size());
    auto const mark = [&](int root) {
      bool found = false;
      ir::for_each_read(m_, root, [&](int read) {
        found = found || is_read[read] == 0;
        is_read[read] = 1;
      });
      return found;
    };
    bool more = false;
    for (ir::summation const& s : m_.sums) more = mark(s.value) || more;
    while (more) {
      more = false;
      for (ir::equation const& e : m_.equations)
        if (is_read[e.symbol] != 0) more = mark(e.rhs) || more;
    }
    for (int& c : column_)
      if (c != ir::none && is_read[c] == 0) c = ir::none;
  }

  ir::model& m_;
  ir::list<int> column_;  ///< by symbol: itself, or `none`
};

/// Lets the model of a synapse keep totals for its targets in the place of the states that only
/// their sum matters of.
constexpr void use_totals(ir::model& m, ir::span<ir::assignment const> held) {
  if (!m.of_synapses || m.per_synapse) return;
  total_finder const found(m, held);
  if (!found.any()) return;
  keep_states(m, ir::role::total, ir::role::total,
              [&](int s) { return found.has(s) ? ir::side::post : ir::side::here; });
}

/// Whether an expression is made of totals.
constexpr bool is_of_totals(ir::model const& m, int value) {
  return ir::reads(m, value, [](ir::symbol const& x) { return x.kind == ir::role::total; });
}

}  // namespace nernst::kernel::detail
