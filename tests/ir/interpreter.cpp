// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/interpreter.hpp>

#include "catch.hpp"
#include "notation.hpp"
#include "random_expressions.hpp"

using namespace notation;

namespace {

double value(maker const& m, int root, std::vector<double> symbols) {
  double result;
  ir::interpreter<values>(m.model.nodes, ir::list<int>{root})({std::move(symbols)},
                                                              ir::span<double>(&result, 1));
  return result;
}

}  // namespace

TEST_CASE("every operation means what its name says", "[ir][interpreter]") {
  maker m;
  auto const x = m.variable("x"), y = m.variable("y");
  auto unary = [&](op code, double a) { return value(m, make(code, x), {a, 0}); };
  auto binary = [&](op code, double a, double b) { return value(m, make(code, x, y), {a, b}); };
  double const a = 0.3;
  CHECK(unary(op::negate, a) == -a);
  CHECK(unary(op::logical_not, 0) == 1);
  CHECK(unary(op::logical_not, 2) == 0);
  CHECK(unary(op::abs, -a) == a);
  CHECK(unary(op::sign, -a) == -1);
  CHECK(unary(op::sign, 0) == 0);
  CHECK(unary(op::ceil, a) == 1);
  CHECK(unary(op::floor, -a) == -1);
  CHECK(unary(op::sqrt, a) == std::sqrt(a));
  CHECK(unary(op::exp, a) == std::exp(a));
  CHECK(unary(op::expm1, a) == std::expm1(a));
  CHECK(unary(op::exprel, a) == std::expm1(a) / a);
  CHECK(unary(op::exprel, 0) == 1);
  CHECK(unary(op::exprel, 1e-17) == 1);
  CHECK(unary(op::exprel, 1e-9) == Approx(1 + 5e-10).epsilon(1e-15));
  CHECK(std::isinf(unary(op::exprel, 800)));
  CHECK(unary(op::log, a) == std::log(a));
  CHECK(unary(op::log10, a) == std::log10(a));
  CHECK(unary(op::log1p, a) == std::log1p(a));
  CHECK(unary(op::sin, a) == std::sin(a));
  CHECK(unary(op::cos, a) == std::cos(a));
  CHECK(unary(op::tan, a) == std::tan(a));
  CHECK(unary(op::asin, a) == std::asin(a));
  CHECK(unary(op::acos, a) == std::acos(a));
  CHECK(unary(op::atan, a) == std::atan(a));
  CHECK(unary(op::sinh, a) == std::sinh(a));
  CHECK(unary(op::cosh, a) == std::cosh(a));
  CHECK(unary(op::tanh, a) == std::tanh(a));
  CHECK(binary(op::add, 5, 3) == 8);
  CHECK(binary(op::subtract, 5, 3) == 2);
  CHECK(binary(op::multiply, 5, 3) == 15);
  CHECK(binary(op::divide, 5, 4) == 1.25);
  CHECK(binary(op::power, 5, 3) == 125);
  CHECK(binary(op::floor_mod, -5, 3) == 1);
  CHECK(binary(op::floor_mod, 5, -3) == -1);
  CHECK(binary(op::minimum, 5, 3) == 3);
  CHECK(binary(op::maximum, 5, 3) == 5);
  for (double const b : {4.0, 5.0, 6.0}) {
    CHECK(binary(op::less, 5, b) == (5 < b));
    CHECK(binary(op::less_equal, 5, b) == (5 <= b));
    CHECK(binary(op::greater, 5, b) == (5 > b));
    CHECK(binary(op::greater_equal, 5, b) == (5 >= b));
    CHECK(binary(op::equal, 5, b) == (5 == b));
    CHECK(binary(op::not_equal, 5, b) == (5 != b));
  }
  for (double const p : {0.0, 1.0})
    for (double const q : {0.0, 1.0}) {
      CHECK(binary(op::logical_and, p, q) == (p != 0 && q != 0));
      CHECK(binary(op::logical_or, p, q) == (p != 0 || q != 0));
    }
  CHECK(value(m, select(x > y, x, y), {1, 2}) == 2);
  CHECK(value(m, select(x > y, x, y), {3, 2}) == 3);
}

TEST_CASE("several results, draws and absent roots", "[ir][interpreter]") {
  maker m;
  auto const x = m.variable("x");
  ir::graph& g = m.model.nodes;
  ir::interpreter<values> all(g, ir::list<int>{x + 1.0, ir::none, g.random(op::normal, 3),
                                               g.random(op::uniform, 1), x, m.number(2.5)});
  double r[6];
  all({{4}}, r);
  CHECK(r[0] == 5);
  CHECK(std::isnan(r[1]));
  CHECK(r[2] == 0.375);
  CHECK(r[3] == 0.25);
  CHECK(r[4] == 4);
  CHECK(r[5] == 2.5);
  all({{-1}}, r);
  CHECK(r[0] == 0);
}
