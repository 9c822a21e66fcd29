// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/rewrite.hpp>

#include <array>

namespace nernst::ir {

/// How many of everything a model holds.
struct model_size {
  int nodes = 0, symbols = 0, equations = 0, subexpressions = 0, statements = 0, events = 0,
      actions = 0, times = 0, pathways = 0, functions = 0;
};

constexpr model_size size_of(model const& m) {
  auto count = [](auto const& list) { return static_cast<int>(list.size()); };
  model_size n{m.nodes.size(),    count(m.symbols),  count(m.equations), count(m.subexpressions),
               count(m.reset),    count(m.events),   count(m.actions),   0,
               count(m.pathways), count(m.functions)};
  for (auto const& e : m.events) n.statements += count(e.action);
  for (auto const& a : m.actions) n.statements += count(a.statements), n.times += count(a.times);
  for (auto const& p : m.pathways) n.statements += count(p.statements);
  return n;
}

/// A model in static storage. Compilers limit the work of one constant evaluation: passes over a
/// large model go into several, and the model from one to the next like this:
///
///     static constexpr model_size size = size_of(first());
///     static constexpr frozen_of<size> frozen{first()};
///     static constexpr auto next = [] { model m = frozen.thaw(); ... }();
///
/// Freezing and thawing take about one statement for every eight nodes. Nodes keep their indices.
template <int Nodes, int Symbols, int Equations, int Subexpressions, int Statements, int Events,
          int Actions, int Times, int Pathways, int Functions>
class frozen_model {
 public:
  constexpr frozen_model() = default;
  constexpr explicit frozen_model(model const& m)
      : threshold_(m.threshold), refractory_time_(m.refractory_time),
        refractory_while_(m.refractory_while), draws_(m.draws), method_(m.method),
        scheme_(m.scheme), relative_tolerance_(m.relative_tolerance), mistake_(m.mistake) {
    buffer<node>::copy(m.nodes.data(), nodes_.data(), Nodes);
    buffer<symbol>::copy(m.symbols.data(), symbols_.data(), Symbols);
    buffer<equation>::copy(m.equations.data(), equations_.data(), Equations);
    buffer<subexpression>::copy(m.subexpressions.data(), subexpressions_.data(), Subexpressions);
    buffer<function>::copy(m.functions.data(), functions_.data(), Functions);
    int statement = 0, time = 0;
    reset_ = put(m.reset, statement);
    for (int k = 0; k < Events; ++k) {
      event const& e = m.events.data()[k];
      at(events_, k) = {e.id, e.condition, e.check, e.act, put(e.action, statement)};
    }
    for (int k = 0; k < Actions; ++k) {
      timed_action const& a = m.actions.data()[k];
      range when{time, time};
      for (double const t : a.times) at(times_, when.end++) = t;
      time = when.end;
      at(actions_, k) = {a.period, a.when, when, put(a.statements, statement)};
    }
    for (int k = 0; k < Pathways; ++k) {
      pathway const& p = m.pathways.data()[k];
      at(pathways_, k) = {p.trigger, put(p.statements, statement)};
    }
  }

  constexpr model thaw() const {
    model m;
    m.nodes = graph(nodes_.data(), Nodes);
    m.symbols.assign(symbols_.begin(), symbols_.begin() + Symbols);
    m.equations.assign(equations_.begin(), equations_.begin() + Equations);
    m.subexpressions.assign(subexpressions_.begin(), subexpressions_.begin() + Subexpressions);
    m.functions.assign(functions_.begin(), functions_.begin() + Functions);
    m.threshold = threshold_;
    m.reset = taken(reset_);
    m.refractory_time = refractory_time_;
    m.refractory_while = refractory_while_;
    for (int k = 0; k < Events; ++k) {
      auto const& e = at(events_, k);
      m.events.push_back({e.id, e.condition, e.check, taken(e.statements), e.act});
    }
    for (int k = 0; k < Actions; ++k) {
      auto const& a = at(actions_, k);
      m.actions.push_back({a.period,
                           {times_.begin() + a.times.begin, times_.begin() + a.times.end},
                           taken(a.statements),
                           a.when});
    }
    for (int k = 0; k < Pathways; ++k)
      m.pathways.push_back({at(pathways_, k).trigger, taken(at(pathways_, k).statements)});
    m.method = method_;
    m.scheme = scheme_;
    m.relative_tolerance = relative_tolerance_;
    m.draws = draws_;
    m.mistake = mistake_;
    return m;
  }

 private:
  /// An empty array has one element, so that it can be looked at.
  template <class T, int N>
  using list = std::array<T, static_cast<std::size_t>(N > 0 ? N : 1)>;
  struct range {
    int begin = 0, end = 0;
  };
  struct frozen_event {
    name id;
    int condition = none;
    instant check, act;
    range statements;
  };
  struct frozen_action {
    int period = none;
    instant when;
    range times, statements;
  };
  struct frozen_pathway {
    side trigger = side::pre;
    range statements;
  };

  template <class T, std::size_t N>
  static constexpr T& at(std::array<T, N>& list, int k) {
    return list[static_cast<std::size_t>(k)];
  }
  template <class T, std::size_t N>
  static constexpr T const& at(std::array<T, N> const& list, int k) {
    return list[static_cast<std::size_t>(k)];
  }
  constexpr range put(std::vector<assignment> const& block, int& next) {
    int const first = next;
    for (auto const& s : block) at(statements_, next++) = s;
    return {first, next};
  }
  constexpr std::vector<assignment> taken(range r) const {
    return {statements_.begin() + r.begin, statements_.begin() + r.end};
  }

  list<node, Nodes> nodes_{};
  list<symbol, Symbols> symbols_{};
  list<equation, Equations> equations_{};
  list<subexpression, Subexpressions> subexpressions_{};
  list<assignment, Statements> statements_{};
  list<frozen_event, Events> events_{};
  list<frozen_action, Actions> actions_{};
  list<double, Times> times_{};
  list<frozen_pathway, Pathways> pathways_{};
  list<function, Functions> functions_{};
  range reset_;
  int threshold_ = none, refractory_time_ = none, refractory_while_ = none, draws_ = 0;
  method_id method_ = method_id::automatic;
  std::string_view scheme_;
  double relative_tolerance_ = 0;
  diagnosis mistake_;
};

/// The type of a frozen model of a size.
template <model_size N>
using frozen_of = frozen_model<N.nodes, N.symbols, N.equations, N.subexpressions, N.statements,
                               N.events, N.actions, N.times, N.pathways, N.functions>;

}  // namespace nernst::ir
