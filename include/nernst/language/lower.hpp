// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/flatten.hpp>
#include <nernst/language/model.hpp>

namespace nernst::dsl {

namespace detail {

/// Carries written terms into the graph of a model. Variables are declared on first sight; `now` holds, for the statements of one block,
/// the node of every variable that an earlier statement has assigned.
struct lowering {
  ir::model& m;
  int draws = 0;
  std::vector<int> now = {};

  constexpr int variable(term const& t) {
    int const s = m.declare({ir::name(t.id), t.kind, t.owner, t.unit});
    return s;
  }
  constexpr int read(int symbol) {
    auto const s = static_cast<std::size_t>(symbol);
    return s < now.size() && now[s] != ir::none ? now[s] : m.nodes.symbol(symbol);
  }
  constexpr void write(int symbol, int node) {
    if (now.size() < m.symbols.size()) now.resize(m.symbols.size(), ir::none);
    now[static_cast<std::size_t>(symbol)] = node;
  }
  template <int N>
  constexpr int expression(term const (&terms)[N]) {
    int node[N] = {};
    for (int k = 0; k < N; ++k) {
      term const& t = terms[k];
      if (t.code == ir::op::literal)
        node[k] = m.nodes.literal(t.value, t.unit);
      else if (t.code == ir::op::symbol)
        node[k] = read(variable(t));
      else if (ir::is_random(t.code))
        node[k] = m.nodes.random(t.code, draws++);
      else {
        int const n = ir::operands(t.code);
        node[k] = m.nodes.make(t.code, node[t.a], n > 1 ? node[t.b] : ir::none, n > 2 ? node[t.c] : ir::none);
      }
    }
    return node[N - 1];
  }
  template <class Statements>
  constexpr std::vector<ir::assignment> block(Statements const& statements) {
    std::vector<ir::assignment> out;
    now.clear();
    boost::hana::for_each(statements, [&](auto const& s) {
      int const value = expression(s.value);
      int const target = variable(s.target);
      write(target, value);
      for (auto& old : out)
        if (old.symbol == target) {
          old.value = value;
          return;
        }
      out.push_back({target, value});
    });
    now.clear();
    return out;
  }

  template <int N>
  constexpr void clause(equation<N> const& e) {
    int const target = variable(e.target);
    m.equations.push_back({target, expression(e.rhs), e.unless_refractory});
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
  template <class... S>
  constexpr void clause(pathway_clause<S...> const& c) {
    m.pathways.push_back({c.trigger, block(c.statements)});
  }
  template <class Own>
  constexpr void clause(method_clause<Own> const& c) {
    m.method = c.id;
  }
};

template <class Clauses>
constexpr ir::model lower(Clauses const& clauses) {
  ir::model m;
  lowering into{m};
  boost::hana::for_each(clauses, [&](auto const& c) { into.clause(c); });
  return m;
}

}  // namespace detail

/// The intermediate representation of a written model: from here on nobody knows in which language it was written.
template <class... Clauses>
constexpr ir::model lower(neuron_model<Clauses...> const& written) {
  return detail::lower(written.clauses);
}
template <class... Clauses>
constexpr ir::model lower(synapse_model<Clauses...> const& written) {
  return detail::lower(written.clauses);
}
/// A single expression, for initial values: its operations in order, and its variables, which the leaves name by their place in the list.
struct written_expression {
  ir::flat_expressions code;
  std::vector<ir::symbol> variables;
};

inline written_expression flatten(term const* terms, int size) {
  written_expression e;
  int draws = 0;
  for (term const* x = terms; x != terms + size; ++x) {
    ir::node n{x->code, x->a, x->b, x->c, x->value, {}};
    if (x->code == ir::op::symbol) {
      ir::symbol const s{ir::name(x->id), x->kind, x->owner, x->unit};
      n.a = 0;
      while (static_cast<std::size_t>(n.a) < e.variables.size() && !(e.variables[static_cast<std::size_t>(n.a)] == s)) ++n.a;
      if (static_cast<std::size_t>(n.a) == e.variables.size()) e.variables.push_back(s);
    } else if (ir::is_random(x->code)) {
      n.a = draws++;
    }
    e.code.program.push_back(n);
  }
  e.code.results.push_back(size - 1);
  return e;
}
template <Operand T>
written_expression flatten(T const& written) {
  auto const& e = detail::lift(written);
  return flatten(e.terms, detail::length<detail::lifted<T>>);
}

}  // namespace nernst::dsl
