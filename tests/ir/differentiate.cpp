// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/differentiate.hpp>
#include <nernst/ir/interpreter.hpp>
#include <nernst/ir/print.hpp>

#include "catch.hpp"
#include "notation.hpp"
#include "random_expressions.hpp"

using namespace notation;

namespace {

template <class Build, class Expect>
constexpr bool has_derivative(Build build, Expect expect) {
  maker m;
  auto const x = m.variable("x"), y = m.variable("y");
  int const d = ir::differentiate(m.model.nodes, build(x, y), m.symbol(x));
  auto const simple = ir::simplify(m.model.nodes, std::vector<int>{d, expect(x, y)});
  return simple[0] == simple[1];
}
#define DERIVATIVE(f, d)                                                                           \
  static_assert(has_derivative(                                                                    \
      [](auto x, auto y) {                                                                         \
        (void)x, (void)y;                                                                          \
        return f;                                                                                  \
      },                                                                                           \
      [](auto x, auto y) {                                                                         \
        (void)x, (void)y;                                                                          \
        return d;                                                                                  \
      }))

constexpr expression number(expression e, double v) {
  return {e.graph, e.graph->literal(v)};
}

DERIVATIVE(y, number(x, 0));
DERIVATIVE(x, number(x, 1));
DERIVATIVE(3.0 * x + y, number(x, 3));
DERIVATIVE(x* y, y);
DERIVATIVE(x / y, 1.0 / y);
DERIVATIVE(y - x / 4.0, number(x, -0.25));
DERIVATIVE(pow(x, 3), 3.0 * pow(x, 2));
DERIVATIVE(exp(2.0 * x), 2.0 * exp(2.0 * x));
DERIVATIVE(make(op::sin, x), make(op::cos, x));
DERIVATIVE(make(op::minimum, x, y), select(y < x, number(x, 0), number(x, 1)));
DERIVATIVE(make(op::abs, x), make(op::sign, x));
DERIVATIVE(select(x > y, x* y, y), select(x > y, y, number(x, 0)));
DERIVATIVE(make(op::floor, x), number(x, 0));
DERIVATIVE(x < y, number(x, 0));

}  // namespace

TEST_CASE("the derivative of each function agrees with difference quotients",
          "[ir][differentiate]") {
#define NERNST_ROW(name, ...) op::name,
  constexpr op functions[] = {op::negate, NERNST_FUNCTIONS(NERNST_ROW)};
#undef NERNST_ROW
  for (op const code : functions) {
    for (long double const x : {-0.9L, -0.3L, -0.04L, 0.01L, 0.06L, 0.5L, 0.95L}) {
      ir::graph g;
      int const f = g.make(code, g.symbol(0)), d = ir::differentiate(g, f, 0);
      ir::interpreter<basic_values<long double>, long double> both(g, ir::list<int>{f, d});
      constexpr long double h = 1e-5L;
      long double left[2], middle[2], right[2];
      both({{x - h}}, left);
      both({{x}}, middle);
      both({{x + h}}, right);
      if (!std::isfinite(left[0]) || !std::isfinite(right[0])) continue;
      INFO(ir::to_string(g, f) << " has the derivative " << ir::to_string(g, d) << " at "
                               << static_cast<double>(x));
      CHECK(static_cast<double>(middle[1]) ==
            Approx(static_cast<double>((right[0] - left[0]) / (2 * h))).epsilon(1e-6).margin(1e-9));
    }
  }
}

TEST_CASE("the derivative of exprel is accurate near zero", "[ir][differentiate]") {
  ir::graph g;
  int const x = g.symbol(0);
  ir::interpreter<values> d(g, ir::list<int>{ir::differentiate(g, g.make(op::exprel, x), 0)});
  for (double const at :
       {-1.0, -0.031, -0.029, -1e-3, -1e-9, 0.0, 1e-12, 1e-4, 0.02, 0.0299, 0.0301, 0.3, 3.0}) {
    // sum_k (k + 1) x^k / (k + 2)! in long double
    long double term = 0.5L, sum = 0;
    for (int k = 0; k < 60; ++k) {
      sum += (k + 1) * term;
      term *= at / (k + 3.0L);
    }
    double result;
    d({{at}}, ir::span<double>(&result, 1));
    INFO(at);
    CHECK(result == Approx(static_cast<double>(sum)).epsilon(3e-14));
  }
}

TEST_CASE("derivatives of random expressions agree with difference quotients",
          "[ir][differentiate]") {
  int compared = 0, undefined = 0;
  for (unsigned seed = 1; seed <= 3000; ++seed) {
    ir::graph g;
    random_expressions random(g, 2, seed);
    int const f = seed % 4 == 0 ? random.number(3) : random.smooth(2 + static_cast<int>(seed % 3));
    int const d = ir::differentiate(g, f, 0);
    ir::interpreter<basic_values<long double>, long double> both(g, ir::list<int>{f, d});
    auto evaluate = [&](long double x, long double y) {
      std::array<long double, 2> r{};
      both({{x, y}}, r);
      return r;
    };
    for (int k = 0; k < 3; ++k) {
      long double const x = random.value(), y = random.value();
      auto quotient = [&](long double h) {
        return (evaluate(x + h, y)[0] - evaluate(x - h, y)[0]) / (2 * h);
      };
      long double const coarse = quotient(2e-5L), fine = quotient(1e-5L), slope = evaluate(x, y)[1];
      // Where the quotients differ, the function is not smooth enough to tell.
      long double const size = std::abs(fine) + std::abs(evaluate(x, y)[0]) + 1e-3L;
      if (!(std::abs(coarse - fine) <= 1e-8L * size) || size > 1e6L) continue;
      // The base of a power may be negative, or 0, or the argument of a function at the end of its
      // range.
      if (std::isnan(slope)) {
        ++undefined;
        continue;
      }
      ++compared;
      INFO("seed " << seed << ": " << ir::to_string(g, f) << " has the derivative "
                   << ir::to_string(g, d) << " at " << static_cast<double>(x) << ' '
                   << static_cast<double>(y));
      REQUIRE(
          static_cast<double>(slope) ==
          Approx(static_cast<double>(fine)).epsilon(1e-6).margin(1e-6 * static_cast<double>(size)));
    }
  }
  CHECK(compared > 4000);
  CHECK(undefined < 40);
}
