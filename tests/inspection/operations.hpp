// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "ir/notation.hpp"
#include <string>

namespace notation {

/// One statement for each operation that a kernel can have, executed every millisecond.
inline ir::model all_operations() {
  maker m;
  auto const a = m.variable("a"), b = m.variable("b"),
             c = m.variable("double", {}, ir::role::parameter),
             s = m.variable("s", {}, ir::role::shared);
  auto const second = ir::units::second;
  expression const t{a.graph, m.model.time()}, dt{a.graph, m.model.time_step()},
      number{a.graph, m.number(0.001, second)};
  auto const index = m.variable("i", {}, ir::role::index),
             table = m.variable("stimulus", {}, ir::role::table),
             table_2 = m.variable("image", {}, ir::role::table);
  double (*const f)(double const*) = [](double const* x) { return x[0] / (1 + x[0] * x[0]); };
  double (*const g)(double const*) = [](double const* x) { return x[0] - 2 * x[1]; };
  double (*const h)(double const*) = [](double const* x) { return x[0] * x[1] + x[2]; };
  m.model.functions = {{"squash", 1, {}, {}, {-1, -1, -1}, f},
                       {"mix", 2, {}, {}, {-1, -1, -1}, g},
                       {"blend", 3, {}, {}, {-1, -1, -1}, h}};
  auto tagged = [&](op code, int tag, int x, int y = ir::none, int z = ir::none) {
    return expression{a.graph, a.graph->make(code, x, y, z, tag)};
  };
  ir::timed_action action;
  action.period = number;
  int next = 0;
  auto statement = [&](expression e) {
    auto const y = m.variable(ir::identifier(("y" + std::to_string(next++)).c_str()));
    action.statements.push_back(m.set(y, e));
  };
  expression const zero{a.graph, a.graph->literal(0)};
  auto const positive = a * a + 0.25, small = make(op::sin, b);
  for (op const code : {op::negate, op::abs, op::sign, op::ceil, op::floor, op::exp, op::expm1,
                        op::exprel, op::exprelr, op::sin, op::cos, op::tan, op::atan, op::sinh,
                        op::cosh, op::tanh, op::erf, op::trunc})
    statement(make(code, a));
  for (op const code : {op::sqrt, op::log, op::log10, op::log1p}) statement(make(code, positive));
  for (op const code : {op::asin, op::acos}) statement(make(code, small));
  for (op const code : {op::add, op::subtract, op::multiply, op::divide, op::floor_mod,
                        op::floor_divide, op::atan2, op::minimum, op::maximum, op::less,
                        op::less_equal, op::greater, op::greater_equal, op::equal, op::not_equal})
    statement(make(code, a, b));
  statement(make(op::power, positive, b));
  for (double const n : {2.0, 3.0, 7.0, -2.0, 0.5}) statement(pow(positive, n));
  auto const low = a < b, high = b > 0.5;
  statement(make(op::logical_and, low, !high));
  statement(make(op::logical_or, low, make(op::logical_and, high, low)));
  statement(select(make(op::logical_or, low, high), -a, a - -b));
  statement(select(low, select(high, a, b), c) * 2.0);
  statement(a - (b - (c - a)) + (b + (c + -(a * b))));
  statement(a / (b / c) * (a * (b * -c)) - -1.5);
  statement(low + 1.0);
  statement(c * s + exp(-s / 3.0) * a);
  statement(make(op::sin, t / number) * a);
  statement(t / dt + index);
  for (int const draw : {1, 2})
    statement(expression{a.graph, m.model.draw(draw == 1 ? op::uniform : op::normal)} * a);
  statement(tagged(op::poisson, 2, positive));
  statement(tagged(op::poisson, 4, number / dt));
  statement(tagged(op::poisson, 5, t / dt));
  statement(tagged(op::binomial, 3, make(op::ceil, positive), make(op::abs, small)));
  statement(tagged(op::lookup, m.symbol(table), t));
  statement(tagged(op::lookup_2, m.symbol(table_2), t + number, index));
  statement(tagged(op::call_1, 0, a));
  statement(tagged(op::call_2, 1, a, b));
  statement(tagged(op::call_3, 2, a, b, c));
  statement(b);
  action.statements.push_back(m.set(a, b));
  action.statements.push_back(m.set(b, a));
  m.model.actions.push_back(action);
  // Only variables with equations are states that a model cannot do without.
  m.equation(a, zero / number);
  return m.model;
}

}  // namespace notation
