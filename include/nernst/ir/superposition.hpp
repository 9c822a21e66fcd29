// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/diagnosis.hpp>
#include <nernst/ir/inline_subexpressions.hpp>
#include <nernst/ir/linear_forms.hpp>

namespace nernst::ir {

/// Whether elements of a point mechanism that are at one place, with equal parameters, can be
/// computed as one that takes the spikes of all. What spikes write, and what depends on that, is
/// summed over the elements then: spikes add to it, and equations, currents and what else is
/// assigned are linear in it, without a rest. All other variables are the same in each of them.
class superposition {
 public:
  constexpr explicit superposition(model mechanism)
      : m_(static_cast<model&&>(mechanism)), held_(inline_subexpressions(m_).statements),
        is_summed_(m_.symbols.size()) {
    find_summed();
  }

  /// What keeps them from it: a clause, and the variable that it is about where there is one.
  constexpr diagnosis obstacle() {
    if (diagnosis const d = other_than_sums(); !d.ok()) return d;
    linear_forms forms(m_.nodes, column_of_);
    list<part> const all = parts();
    list<int> roots;
    for (part const& p : all) roots.push_back(p.root);
    list<char> const is_linear = forms.find_each(roots);
    for (int k = 0; k < all.size(); ++k)
      if (!is_linear[k] || !is_sum(forms, all[k], k)) return refused(all[k].clause, all[k].symbol);
    return {};
  }

 private:
  /// An expression, of which clause, and the variable that becomes it or changes by it.
  struct part {
    string_view clause;
    int symbol, root;
    bool by_spike = false;
  };

  constexpr diagnosis refused(string_view clause, int symbol = none) const {
    diagnosis d{mistake::not_linear, clause, {}, {}};
    if (symbol != none) d.expected = m_.at(symbol).id.view();
    return d;
  }
  constexpr bool reads_summed(int root) const {
    return any_of(m_.nodes, root, [this](node const& n) {
      return n.code == op::symbol && is_summed_[n.which] != 0;
    });
  }

  /// What happens in each step, and before the first one.
  constexpr list<part> of_steps() const {
    list<part> all;
    for (auto const& e : m_.equations) all.push_back({"d()/dt", e.symbol, e.rhs});
    auto const enter = [&](string_view clause, list<assignment> const& block) {
      for (auto const& s : block) all.push_back({clause, s.symbol, s.value});
    };
    enter("constant_over_dt", held_);
    enter("initial", m_.initial);
    enter("update", m_.with_update);
    enter("update", m_.with_currents);
    enter("write", m_.written);
    return all;
  }
  constexpr list<part> parts() const {
    list<part> all = of_steps();
    for (auto const& c : m_.currents) all.push_back({"current", none, c.value});
    for (auto const& s : m_.on_spike) all.push_back({"on_spike", s.symbol, s.value, true});
    for (auto const& e : m_.event_blocks)
      for (auto const& s : e.statements) all.push_back({"on_spike", s.symbol, s.value, true});
    return all;
  }

  constexpr void find_summed() {
    for (auto const& s : m_.on_spike)
      if (m_.at(s.symbol).kind != role::connection) is_summed_[s.symbol] = 1;
    list<part> const all = of_steps();
    for (bool again = true; again;) {
      again = false;
      for (part const& p : all) {
        if (is_summed_[p.symbol] != 0 || !reads_summed(p.root)) continue;
        is_summed_[p.symbol] = 1;
        again = true;
      }
    }
    for (int s = 0, count = 0; s < is_summed_.size(); ++s)
      column_of_.push_back(is_summed_[s] != 0 ? count++ : none);
  }

  /// What has no place in sums, whatever it depends on.
  constexpr diagnosis other_than_sums() const {
    if (m_.threshold != none) return refused("threshold");
    if (m_.has_refractory()) return refused("refractory");
    if (!m_.events.empty()) return refused("event");
    event_needs const& needs = m_.events_needed;
    bool const asks = needs.sends > 0 || needs.watches > 0 || needs.moves || needs.fires;
    if (asks || needs.loops > 0) return refused("event");
    if (!m_.actions.empty()) return refused("run_regularly");
    for (int s = 0; s < m_.symbols.size(); ++s) {
      role const kind = m_.at(s).kind;
      if (kind == role::linked || kind == role::noise || kind == role::index)
        return refused(to_text(kind), s);
      if (is_summed_[s] != 0 && m_.at(s).initial != 0) return refused("defaults", s);
    }
    for (part const& p : parts()) {
      if (p.symbol != none && !is_own(p)) return refused(p.clause, p.symbol);
      if (any_of(m_.nodes, p.root, [](node const& n) { return is_random(n.code); }))
        return refused("random", p.symbol);
    }
    return {};
  }
  constexpr bool is_own(part const& p) const {
    role const kind = m_.at(p.symbol).kind;
    return kind == role::state || (p.by_spike && kind == role::connection);
  }

  constexpr bool is_sum(linear_forms const& forms, part const& p, int k) const {
    bool const has_rest = forms.offset(k) != none && !m_.nodes.is_literal(forms.offset(k), 0);
    span<linear_forms::term const> const terms = forms.terms(k);
    if (p.by_spike) return is_increment(terms, p.symbol);
    if (p.symbol != none && is_summed_[p.symbol] == 0) return true;
    return !has_rest;
  }
  /// Whether a spike adds something to a variable, or changes one of its connection, whatever the
  /// sums are.
  constexpr bool is_increment(span<linear_forms::term const> terms, int symbol) const {
    if (is_summed_[symbol] == 0) return terms.empty();
    return terms.size() == 1 && terms[0].column == column_of_[symbol] &&
           m_.nodes.is_literal(terms[0].coefficient, 1);
  }

  model m_;
  list<assignment> held_;
  list<char> is_summed_;  ///< by symbol
  list<int> column_of_;   ///< by symbol: its number among the sums, or `none`
};

}  // namespace nernst::ir
