// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/flatten.hpp>
#include <nernst/ir/statement_block.hpp>
#include <nernst/language/model.hpp>

#include <span>

namespace nernst::dsl {

namespace detail {

/// Carries written terms into the graph of a model. Variables are declared on first sight. What can
/// only be judged at the end waits in `methods` and `tolerances`.
struct lowering {
  struct method_of {
    std::string_view variable;
    ir::method_id id;
  };

  ir::model& m;
  ir::statement_block statements{m};
  std::vector<method_of> methods = {};
  std::vector<tolerance> tolerances = {};
  int first[64] = {};
  ir::buffer<int> next = {};

  constexpr void mistake(ir::mistake what, std::string_view where, std::string_view expected = {}) {
    if (m.mistake.ok()) m.mistake = {what, where, expected, {}};
  }

  /// Variables are found through the chain of those whose names have the same `bucket`: a search
  /// through all would cost too much.
  constexpr int variable(term const& t) {
    int const length = static_cast<int>(t.id.size());
    int const bucket =
        (t.id[0] + 7 * t.id.back() + 31 * t.id[static_cast<std::size_t>(length / 2)] +
         static_cast<int>(t.owner)) &
        63;
    ir::symbol const* const all = m.symbols.data();
    for (int k = first[bucket]; k != 0; k = next[k - 1]) {
      ir::symbol const& s = all[k - 1];
      if (s.id.size != length || s.owner != t.owner || !(s.id == t.id)) continue;
      if (s.kind != t.kind) mistake(ir::mistake::duplicate_variable, t.id);
      return k - 1;
    }
    m.symbols.push_back({ir::name(t.id), t.kind, t.owner, t.unit, t.type, t.constant});
    next.push_back(first[bucket]);
    return (first[bucket] = next.size()) - 1;
  }
  /// What tells an operation apart from others with the same operands: a draw, a timed array, a
  /// function.
  constexpr int tag(term const& t) {
    if (ir::is_random(t.code)) return m.draws++;
    if (ir::is_lookup(t.code))
      return variable({.unit = t.unit, .id = t.id, .kind = ir::role::table});
    if (!ir::is_call(t.code)) return 0;
    for (std::size_t f = 0; f < m.functions.size(); ++f)
      if (m.functions[f].id == t.id) return static_cast<int>(f);
    mistake(ir::mistake::unknown_function, t.id, "functions(...) with it");
    return ir::none;
  }
  template <int N>
  constexpr int expression(term const (&terms)[N]) {
    int node[N] = {};
    for (int k = 0; k < N; ++k) {
      term const& t = terms[k];
      if (t.code == ir::op::literal)
        node[k] = m.nodes.literal(t.value, t.unit);
      else if (t.code == ir::op::symbol)
        node[k] = statements.read(variable(t));
      else if (ir::operands(t.code) == 0)
        node[k] = m.draw(t.code);
      else {
        int const n = ir::operands(t.code), which = tag(t);
        node[k] = which == ir::none ? m.nodes.literal(0, t.unit)
                                    : m.nodes.make(t.code, node[t.a], n > 1 ? node[t.b] : ir::none,
                                                   n > 2 ? node[t.c] : ir::none, which);
      }
    }
    return node[N - 1];
  }
  template <class Statements>
  constexpr std::vector<ir::assignment> block(Statements const& written) {
    boost::hana::for_each(written, [&](auto const& s) {
      int const value = expression(s.value);
      statements.write(variable(s.target), value);
    });
    return statements.finish();
  }
  /// The event of that name, which is added when it is new.
  constexpr ir::event& event(std::string_view id) {
    for (auto& e : m.events)
      if (e.id == id) return e;
    m.events.emplace_back().id = ir::name(id);
    return m.events.back();
  }

  template <int N>
  constexpr void clause(equation<N> const& e) {
    int const target = variable(e.target);
    m.equations.push_back({target, expression(e.rhs), e.unless_refractory});
  }
  template <Definition D>
  constexpr void clause(D const& d) {
    int const target = variable(term_of<D>());
    m.subexpressions.push_back({target, expression(d.value), d.constant_over_dt, d.is_shared});
  }
  template <int N>
  constexpr void clause(threshold_clause<N> const& c) {
    m.threshold = expression(c.terms);
  }
  template <int N>
  constexpr void clause(refractory_clause<N> const& c) {
    (c.is_condition ? m.refractory_while : m.refractory_time) = expression(c.terms);
  }
  template <class... S>
  constexpr void clause(reset_clause<S...> const& c) {
    m.reset = block(c.statements);
  }
  template <int N>
  constexpr void clause(event_clause<N> const& c) {
    ir::event& e = event(c.id);
    if (e.condition != ir::none)
      mistake(ir::mistake::repeated_clause, ir::basic_text<35>("event ") += c.id);
    e.condition = expression(c.terms);
    e.check = c.check;
  }
  template <class... S>
  constexpr void clause(on_event_clause<S...> const& c) {
    ir::event& e = event(c.id);
    if (!e.action.empty())
      mistake(ir::mistake::repeated_clause, ir::basic_text<35>("on_event ") += c.id);
    e.action = block(c.statements);
    e.act = c.act;
  }
  template <int N, class... S>
  constexpr void clause(every_clause<N, S...> const& c) {
    int const period = expression(c.period);
    m.actions.push_back({period, {}, block(c.statements), c.act});
  }
  template <int N, class... S>
  constexpr void clause(at_clause<N, S...> const& c) {
    std::vector<double> times;
    for (double const time : c.times) {
      auto at = times.end();
      while (at != times.begin() && time < *(at - 1)) --at;
      times.insert(at, time);
    }
    m.actions.push_back({ir::none, std::move(times), block(c.statements), c.act});
  }
  template <class... S>
  constexpr void clause(pathway_clause<S...> const& c) {
    m.pathways.push_back({c.trigger, block(c.statements)});
  }
  template <class Own, int Count, int Tolerances>
  constexpr void clause(method_clause<Own, Count, Tolerances> const& c) {
    if (Count == 0) m.method = c.id;
    for (int k = 0; k < Count; ++k) methods.push_back({c.of[k], c.id});
    for (int k = 0; k < Tolerances; ++k) tolerances.push_back(c.tolerances[k]);
    if (c.id != ir::method_id::scheme) return;
    if (!m.scheme.empty() && m.scheme != c.scheme) mistake(ir::mistake::repeated_clause, "scheme");
    m.scheme = c.scheme;
  }
  template <class... F>
  constexpr void clause(functions_clause<F...> const&) {}

  constexpr void finish() {
    ir::buffer<char> defined(static_cast<int>(m.symbols.size()));
    for (auto const& s : m.subexpressions) {
      char& d = defined[s.symbol];
      if (d != 0) mistake(ir::mistake::duplicate_variable, m.at(s.symbol).id);
      d = 1;
    }
    for (int s = 0; s < defined.size(); ++s)
      if (m.at(s).kind == ir::role::subexpression && m.at(s).owner == ir::side::here &&
          defined[s] == 0)
        mistake(ir::mistake::unknown_variable, m.at(s).id, "its subexpression in the model");
    for (auto const& e : m.events)
      if (e.condition == ir::none)
        mistake(ir::mistake::unknown_event, e.id, "event(...) in the model");
    for (auto const& asked : methods) {
      ir::equation* const e = equation_of(asked.variable);
      if (e != nullptr && e->method != ir::method_id::automatic)
        mistake(ir::mistake::repeated_clause, ir::basic_text<35>("method of ") += asked.variable);
      else if (e != nullptr)
        e->method = asked.id;
    }
    for (auto const& x : tolerances) {
      if (x.of.empty())
        m.relative_tolerance = x.si;
      else if (ir::equation* const e = equation_of(x.of))
        e->absolute_tolerance = x.si;
    }
  }
  constexpr ir::equation* equation_of(std::string_view id) {
    for (auto& e : m.equations)
      if (m.at(e.symbol).id == id) return &e;
    mistake(ir::mistake::unknown_variable, id, "an equation of it");
    return nullptr;
  }
};

template <class... Clauses>
constexpr ir::model lower(boost::hana::tuple<Clauses...> const& clauses) {
  ir::model m;
  only_clause<part::functions, functions_clause<>, Clauses...>::enter(m);
  lowering into{m};
  // Statements may read definitions that stand behind them.
  if constexpr (((part_of<Clauses> == part::subexpression) || ...))
    boost::hana::for_each(clauses, [&](auto const& c) {
      if constexpr (part_of<std::remove_cvref_t<decltype(c)>> == part::subexpression)
        into.clause(c);
    });
  boost::hana::for_each(clauses, [&](auto const& c) {
    constexpr part p = part_of<std::remove_cvref_t<decltype(c)>>;
    if constexpr (p != part::other && p != part::subexpression) into.clause(c);
  });
  into.finish();
  return m;
}

}  // namespace detail

/// The intermediate representation of a written model: from here on nobody knows in which language
/// it was written.
template <class... Clauses>
constexpr ir::model lower(neuron_model<Clauses...> const& written) {
  return detail::lower(written.clauses);
}
template <class... Clauses>
constexpr ir::model lower(synapse_model<Clauses...> const& written) {
  return detail::lower(written.clauses);
}
/// The same: a synapse in C++ names the variables of its neurons with their units, so theirs are
/// not needed.
template <class... Clauses>
constexpr ir::model lower(synapse_model<Clauses...> const& written,
                          std::span<ir::symbol const> /*source*/,
                          std::span<ir::symbol const> /*target*/) {
  return detail::lower(written.clauses);
}
/// A single expression, for initial values: its operations in order, its variables and timed
/// arrays, and its functions of the user. Leaves, lookups and calls name these by their place in
/// the lists.
struct written_expression {
  ir::flat_expressions code;
  std::vector<ir::symbol> variables;
  std::vector<ir::name> functions;
};

inline written_expression flatten(term const* terms, int size) {
  written_expression e;
  int draws = 0;
  auto place = [](auto& list, auto const& what) {
    for (std::size_t k = 0; k < list.size(); ++k)
      if (list[k] == what) return static_cast<int>(k);
    list.push_back(what);
    return static_cast<int>(list.size()) - 1;
  };
  for (term const* x = terms; x != terms + size; ++x) {
    ir::node n{x->code, x->a, x->b, x->c, x->value, x->unit, 0};
    if (x->code == ir::op::symbol)
      n.a = place(e.variables,
                  ir::symbol{ir::name(x->id), x->kind, x->owner, x->unit, x->type, x->constant});
    else if (ir::is_lookup(x->code))
      n.tag =
          place(e.variables, ir::symbol{ir::name(x->id), ir::role::table, ir::side::here, x->unit});
    else if (ir::is_call(x->code))
      n.tag = place(e.functions, ir::name(x->id));
    else if (ir::is_random(x->code))
      (ir::operands(x->code) == 0 ? n.a : n.tag) = draws++;
    e.code.program.push_back(n);
  }
  e.code.results.push_back(size - 1);
  return e;
}
template <class T>
  requires(Operand<T> || Condition<T> || std::same_as<T, bool>)
written_expression flatten(T const& written) {
  auto const& e = detail::lift(written);
  return flatten(e.terms, detail::length<detail::lifted<T>>);
}

}  // namespace nernst::dsl
