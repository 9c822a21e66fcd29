// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/check.hpp>
#include <nernst/ir/interpreter.hpp>
#include <nernst/ir/print.hpp>
#include <nernst/ir/resolve_types.hpp>
#include <nernst/language.hpp>

#include <catch.hpp>
#include <concepts>
#include <map>
#include <string>

namespace written {
using namespace nernst::dsl;
namespace ir = nernst::ir;

inline constexpr auto v = state<"v">(volt);
inline constexpr auto w = state<"w">(ampere);
inline constexpr auto x = state<"x">(one);
inline constexpr auto I = parameter<"I">(ampere);
inline constexpr auto b = shared<"b">(ampere);
inline constexpr auto n = state<"n">(integer);
inline constexpr auto on = state<"on">(boolean);

/// A written expression as the text of what it becomes.
template <Operand T>
std::string text(T const& e) {
  constexpr variable<"result", nernst::language::detail::traits<T>::unit, ir::role::state> result;
  ir::model const m = lower(neuron(reset(result = e)));
  return ir::to_string(m, m.reset[0].value);
}
template <int N>
std::string text(condition<N> const& c) {
  ir::model m = lower(neuron(threshold(c)));
  return ir::to_string(m, m.threshold);
}

/// The values of variables by name, for `ir::interpreter`.
struct environment {
  ir::model const& m;
  std::map<std::string, double> values;

  double symbol(int s) const { return values.at(ir::spelling(m.at(s))); }
  double draw(ir::op, int) const { return NAN; }
  double call(int f, double const* arguments) const { return m.functions[f].evaluate(arguments); }
};
/// What is assigned first in the reset of a model.
inline double assigned(ir::model m, std::map<std::string, double> const& values) {
  ir::typing types(m);
  ir::checker(m, types).run();
  CHECK(std::string(ir::to_text(types.found())) == "no mistake");
  ir::resolve_types(m, types);
  REQUIRE(!m.reset.empty());
  double result = NAN;
  ir::interpreter<environment>(m.nodes, ir::list<int>{m.reset[0].value})({m, values}, {&result, 1});
  return result;
}
/// The value of a formula in SI units; `clauses` are what else its model needs.
template <Operand T, class... Clause>
double value(T const& e, std::map<std::string, double> const& values = {},
             Clause const&... clauses) {
  constexpr variable<"result", nernst::language::detail::traits<T>::unit, ir::role::state> result;
  return assigned(lower(neuron(reset(result = e), clauses...)), values);
}
template <Condition T, class... Clause>
double value(T const& c, std::map<std::string, double> const& values = {},
             Clause const&... clauses) {
  constexpr auto result = state<"result">(boolean);
  return assigned(lower(neuron(reset(result = c), clauses...)), values);
}

template <class T>
inline constexpr ir::dimension unit_of =
    nernst::language::detail::traits<std::remove_cvref_t<T>>::unit;
}  // namespace written
