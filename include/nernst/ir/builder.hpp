// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/dependency.hpp>
#include <nernst/ir/name_table.hpp>
#include <nernst/ir/statement_block.hpp>

namespace nernst::ir {

/// Puts a model together, for every front end: what is said one piece after the other, in an order
/// that the user chose, becomes blocks. The first mistake goes to `model::mistake`.
class builder {
 public:
  constexpr explicit builder(model& m) : m_(m), statements_(m) {}
  constexpr ~builder() = default;

  constexpr model& result() { return m_; }
  constexpr bool failed() const { return !m_.mistake.ok(); }
  constexpr void fail(diagnosis const& d) {
    if (!failed()) m_.mistake = d;
  }
  constexpr void fail(mistake what, string_view where, string_view expected = {},
                      string_view found = {}) {
    fail({what, where, expected, found});
  }

  /// The statements of the present block.
  constexpr statement_block& statements() { return statements_; }

  /// The index of a variable, which is entered when it is new. It cannot be two things. The name
  /// must outlive the builder.
  constexpr int variable(symbol const& s, string_view id) {
    int const number = names_.intern(id);
    int const place = 3 * number + static_cast<int>(s.owner);
    while (symbols_.size() <= place) symbols_.push_back(none);
    int& known = symbols_[place];
    if (known == none) known = enter(s);
    if (m_.at(known).kind != s.kind)
      fail({mistake::duplicate_variable, id, {}, {}, s.declared.line, s.declared.column});
    return known;
  }

  /// Tells, before anybody names it, that a variable is frozen while its neuron is refractory.
  constexpr void freeze(string_view id, side owner) { frozen_.push_back({id, owner}); }

  constexpr void equation(ir::equation const& e) {
    m_.symbols[e.symbol].frozen = e.unless_refractory;
    m_.equations.push_back(e);
  }
  constexpr void define(subexpression const& s) { m_.subexpressions.push_back(s); }

  constexpr void event(identifier const& id, int condition, instant check, int origin = none) {
    ir::event& e = event_of(id);
    if (e.condition != none) repeat("event ", id);
    e.condition = condition;
    e.origin = origin;
    e.check = check;
  }
  constexpr void on_event(identifier const& id, list<assignment> action, instant act) {
    ir::event& e = event_of(id);
    if (!e.action.empty()) repeat("on_event ", id);
    e.action = static_cast<list<assignment>&&>(action);
    e.act = act;
  }
  constexpr void every(int period, list<assignment> statements, instant when) {
    m_.actions.push_back({period, {}, static_cast<list<assignment>&&>(statements), when});
  }
  /// `times` may have any order.
  constexpr void at(span<double const> times, list<assignment> statements, instant when) {
    list<double> sorted;
    for (double const t : times) {
      int place = sorted.size();
      while (place > 0 && t < sorted[place - 1]) --place;
      sorted.insert(place, t);
    }
    m_.actions.push_back({none, sorted, static_cast<list<assignment>&&>(statements), when});
  }
  /// Of an empty name there may be several.
  constexpr void pathway(ir::pathway p) {
    for (auto const& before : m_.pathways)
      if (p.name.size > 0 && before.name == p.name) repeat("pathway ", p.name);
    m_.pathways.push_back(static_cast<ir::pathway&&>(p));
  }
  constexpr void sum(summation const& s) {
    for (auto const& before : m_.sums)
      if (before.symbol == s.symbol) repeat("summed ", spelled(m_.at(s.symbol)));
    m_.sums.push_back(s);
  }
  /// The variable that numbers the synapses between the same neurons: no statement changes it.
  constexpr void multisynaptic_index(int symbol) {
    if (m_.multisynaptic_index != none) fail(mistake::repeated_clause, "multisynaptic_index");
    m_.multisynaptic_index = symbol;
    m_.symbols[symbol].constant = true;
  }

  /// The method of the model.
  constexpr void method(method_id id) { m_.method = id; }
  /// The method of the equation of a variable. It may come before the equation.
  constexpr void method(method_id id, string_view variable) { methods_.push_back({variable, id}); }
  constexpr void scheme(string_view text) {
    if (!m_.scheme.empty() && m_.scheme != text) fail(mistake::repeated_clause, "scheme");
    m_.scheme = text;
  }
  /// The error that is tolerated, of a variable or, without one, as a fraction of all.
  constexpr void tolerance(double si, string_view variable) {
    tolerances_.push_back({variable, si});
  }

  /// Puts in its place what could only be judged at the end, and looks for what is missing.
  constexpr void finish() {
    find_duplicates();
    find_foreign();
    name_pathways();
    for (auto const& e : m_.events)
      if (e.condition == none) fail(mistake::unknown_event, e.id, "event(...) in the model");
    for (auto const& asked : methods_) {
      ir::equation* const e = equation_of(asked.variable);
      if (e != nullptr && e->method != method_id::automatic) repeat("method of ", asked.variable);
      if (e != nullptr) e->method = asked.id;
    }
    for (auto const& x : tolerances_) {
      if (x.variable.empty())
        m_.relative_tolerance = x.si;
      else if (ir::equation* const e = equation_of(x.variable))
        e->absolute_tolerance = x.si;
    }
  }
  /// The first subexpression that refers to itself, through others or not, or `none`.
  constexpr int cycle() const {
    list<assignment> definitions;
    for (auto const& s : m_.subexpressions) definitions.push_back({s.symbol, s.value});
    definition_order const sorted(m_.nodes, definitions, m_.symbols.size());
    for (int k = 0; k < definitions.size(); ++k)
      if (sorted.is_cyclic(k)) return k;
    return none;
  }

 private:
  struct asked_method {
    string_view variable;
    method_id id;
  };
  struct asked_tolerance {
    string_view variable;
    double si;
  };

  struct frozen_variable {
    string_view id;
    side owner;
  };

  constexpr int enter(symbol s) {
    for (frozen_variable const& f : frozen_)
      s.frozen = s.frozen || (f.owner == s.owner && s.id == f.id);
    // A block that respects refractoriness may have been the first to name this one.
    return s.kind == role::not_refractory ? m_.declare(s) : m_.add(s);
  }
  constexpr void repeat(short_string<35> clause, string_view id) {
    clause += id;
    fail(mistake::repeated_clause, clause);
  }
  constexpr ir::event& event_of(identifier const& id) {
    for (auto& e : m_.events)
      if (e.id == id) return e;
    m_.events.push_back({});
    m_.events.back().id = id;
    return m_.events.back();
  }
  constexpr ir::equation* equation_of(string_view id) {
    for (auto& e : m_.equations)
      if (m_.at(e.symbol).id == id) return &e;
    fail(mistake::unknown_variable, id, "an equation of it");
    return nullptr;
  }
  constexpr bool is_name_of_pathway(identifier const& id) const {
    for (auto const& p : m_.pathways)
      if (p.name == id) return true;
    return false;
  }
  /// Brian's names: pre, pre_1, pre_2 ...
  constexpr void name_pathways() {
    for (auto& p : m_.pathways) {
      if (p.name.size > 0) continue;
      identifier const usual(p.trigger == side::pre ? "pre" : "post");
      identifier name = usual;
      for (int k = 1; is_name_of_pathway(name); ++k) {
        name = usual;
        (name += "_").append(k);
      }
      p.name = name;
    }
  }
  /// What only synapses know, and `lastupdate`, which only some do.
  constexpr void find_foreign() {
    bool is_event_driven = false;
    for (auto const& e : m_.equations) is_event_driven = is_event_driven || e.event_driven;
    for (symbol const& s : m_.symbols) {
      bool const known = s.kind == role::last_update;
      if (is_of_synapse(s.kind) && !m_.of_synapses)
        fail(mistake::unknown_variable, s.id, "synapse");
      if (known && !is_event_driven)
        fail(mistake::unknown_variable, s.id, "an event-driven equation");
      if (!known && is_event_driven && s.owner == side::here &&
          s.id == builtin(role::last_update).id.view())
        fail(mistake::duplicate_variable, s.id);
    }
  }
  constexpr void find_duplicates() {
    list<char> defined(m_.symbols.size());
    for (auto const& s : m_.subexpressions) {
      if (defined[s.symbol] != 0) fail(mistake::duplicate_variable, m_.at(s.symbol).id);
      defined[s.symbol] = 1;
    }
    for (int s = 0; s < defined.size(); ++s) {
      symbol const& x = m_.at(s);
      if (x.kind == role::subexpression && x.owner == side::here && defined[s] == 0)
        fail(mistake::unknown_variable, x.id, "its subexpression in the model");
    }
  }

  model& m_;
  statement_block statements_;
  name_table names_;
  list<int> symbols_;  ///< by name and owner
  list<frozen_variable> frozen_;
  list<asked_method> methods_;
  list<asked_tolerance> tolerances_;
};

}  // namespace nernst::ir
