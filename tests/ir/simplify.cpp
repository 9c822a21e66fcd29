// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/interpreter.hpp>
#include <nernst/ir/print.hpp>
#include <nernst/ir/simplify.hpp>

#include "catch.hpp"
#include "notation.hpp"
#include "random_expressions.hpp"
#include <algorithm>
#include <array>
#include <cmath>

using namespace notation;

namespace {

/// Whether an expression of x, y and a condition c becomes what is expected.
template <class Build, class Expect>
constexpr bool becomes(Build build, Expect expect) {
  maker m;
  auto const x = m.variable("x"), y = m.variable("y"),
             c = m.variable("c", {}, ir::role::not_refractory);
  expression const before = build(x, y, c), after = expect(x, y, c);
  int const roots[] = {before, after};
  auto const simple = ir::simplify(m.model.nodes, roots);
  return simple[0] == after.node && simple[1] == after.node;
}
#define BECOMES(before, after)                                                                     \
  static_assert(becomes(                                                                           \
      [](auto x, auto y, auto c) {                                                                 \
        (void)x, (void)y, (void)c;                                                                 \
        return before;                                                                             \
      },                                                                                           \
      [](auto x, auto y, auto c) {                                                                 \
        (void)x, (void)y, (void)c;                                                                 \
        return after;                                                                              \
      }))

constexpr expression number(expression e, double v) {
  return {e.graph, e.graph->literal(v)};
}

BECOMES(x + 0.0, x);
BECOMES(0.0 + x, x);
BECOMES(x - 0.0, x);
BECOMES(0.0 - x, -x);
BECOMES(x * 1.0, x);
BECOMES(1.0 * x, x);
BECOMES(x * -1.0, -x);
BECOMES(x * 0.0, number(x, 0));
BECOMES(x / 1.0, x);
BECOMES(0.0 / x, number(x, 0));
BECOMES(x - x, number(x, 0));
BECOMES(-(-x), x);
BECOMES(x + (-y), x - y);
BECOMES((-x) + y, y - x);
BECOMES(x - (-y), x + y);
BECOMES((-x) - y, -(x + y));
BECOMES(-(x - y), y - x);
BECOMES(2.0 * x, x * 2.0);
BECOMES(2.0 + x, x + 2.0);
BECOMES(x - 2.0, x + -2.0);
BECOMES((x * 2.0) * 3.0, x * 6.0);
BECOMES(3.0 * (2.0 * x), x * 6.0);
BECOMES((x + 2.0) + 3.0, x + 5.0);
BECOMES((x - 2.0) + 3.0, x + 1.0);
BECOMES(1.0 - (x + 3.0), -2.0 - x);
BECOMES(1.0 - (3.0 - x), x + -2.0);
BECOMES((-x) * (-y), x* y);
BECOMES((-x) / 3.0, x / -3.0);
BECOMES(x / 8.0, x * 0.125);
BECOMES(x / 10.0, x / 10.0);
BECOMES(y* x, x* y);
BECOMES(y + x, x + y);
BECOMES(pow(x, 0), number(x, 1));
BECOMES(pow(x, 1), x);
BECOMES(pow(x, 3), pow(x, 3));
BECOMES(pow(x, 0.5), make(op::sqrt, x));
BECOMES(pow(x, -1), 1.0 / x);
BECOMES(!!c, c);
BECOMES(select(c, x, x), x);
BECOMES(select(!c, x, y), select(c, y, x));
BECOMES(select(c, select(c, x, y), y), select(c, x, y));
BECOMES(select(x < x, x, y), y);
BECOMES(select(number(x, 1) < 2.0, x, y), x);
BECOMES(make(op::logical_and, c, number(x, 3) > 2.0), c);
BECOMES(make(op::logical_and, c, number(x, 3) < 2.0), number(x, 0));
BECOMES(make(op::logical_or, number(x, 3) > 2.0, c), number(x, 1));
BECOMES(make(op::logical_or, c, c), c);
BECOMES(make(op::less, 2.0, x), x > 2.0);
BECOMES(make(op::greater, x, x), number(x, 0));
// What is not a number does not equal itself.
BECOMES(make(op::equal, x, x), make(op::equal, x, x));
BECOMES(make(op::not_equal, x, x), make(op::not_equal, x, x));
BECOMES(make(op::less_equal, x, x), make(op::less_equal, x, x));
BECOMES(make(op::greater_equal, x, x), make(op::greater_equal, x, x));
BECOMES(!(x < y), !(x < y));
BECOMES(make(op::minimum, x, x), x);
BECOMES(exp(x - x), number(x, 1));
BECOMES(make(op::floor, number(x, -2.5)), number(x, -3));
BECOMES(make(op::ceil, number(x, -2.5)), number(x, -2));
BECOMES(make(op::sign, number(x, -2.5)), number(x, -1));
BECOMES(make(op::abs, -x), make(op::abs, x));
BECOMES((x * 1e-200) * 1e-200,
        (x * 1e-200) * 1e-200);  // the product of the literals is not a normal number

// What cancels.
BECOMES((x + y) - x, y);
BECOMES((x + y) - y, x);
BECOMES((x - y) + y, x);
BECOMES(y + (x - y), x);
BECOMES((x - y) - x, -y);
BECOMES(x - (x + y), -y);
BECOMES(x - (x - y), y);
BECOMES(x / x, number(x, 1));
BECOMES((x * y) / y, x);
BECOMES((x / y) * y, x);
BECOMES((x + y) - (x * y), (x + y) - (x * y));

// What Brian 2 promises (its test_codegen.py, test_apply_loop_invariant_optimisation_simplification
// and its like); y stands for N.
BECOMES((y * x) - (y * x), number(x, 0));
BECOMES((x * y) * 0.0, number(x, 0));
BECOMES(0.0 / (x * y), number(x, 0));
BECOMES(0.0 + x * y, x* y);
BECOMES((x * y) + 0.0, x* y);
BECOMES((x * y) - 0.0, x* y);
BECOMES((1.0 * x) * y, x* y);
BECOMES((x * y) / 1.0, x* y);
BECOMES(x*((number(x, 1) + 2.0) + 3.0), x * 6.0);
BECOMES(exp(number(x, 0)) * x, x);
BECOMES(make(op::floor_divide, x, 1.0), make(op::floor_divide, x, 1.0));
BECOMES(make(op::floor_mod, x, number(x, 2) * 3.0 * y), make(op::floor_mod, x, y * 6.0));
BECOMES(x / 2.0, x * 0.5);
BECOMES(x - 3.0, x + -3.0);
BECOMES(1.0 / x, 1.0 / x);
BECOMES(2.0 * (x + 1.0), (x + 1.0) * 2.0);
BECOMES(make(op::logical_or, c, number(x, 0)), c);

// Each random number is one of its own.
constexpr bool keeps_draws() {
  maker m;
  ir::graph& g = m.model.nodes;
  int const a = m.model.draw(op::uniform), b = m.model.draw(op::uniform), three = g.literal(3);
  int const difference = g.subtract(a, b),
            scaled = g.subtract(g.multiply(three, a), g.multiply(three, b));
  auto const simple = ir::simplify(g, std::array<int, 2>{difference, scaled});
  auto draws = [&g](int root) {
    int count = 0;
    for (int const i : ir::schedule(g, std::array<int, 1>{root})) count += ir::is_random(g[i].code);
    return count;
  };
  return draws(simple[0]) == 2 && draws(simple[1]) == 2;
}
static_assert(keeps_draws());

constexpr bool simplifies_every_block() {
  maker m;
  auto const v = m.variable("v", ir::units::volt);
  auto const zero = m.number(0, ir::units::volt);
  m.equation(v, (v + zero) / m.number(1, ir::units::second));
  m.model.threshold = v + zero > m.number(1, ir::units::volt);
  m.model.reset.push_back(m.set(v, v - zero));
  m.model.pathways.push_back({ir::side::pre, {m.set(v, zero + v)}});
  simplify(m.model);
  return m.model.equations[0].rhs == v && m.model.threshold == (v > m.number(1)) &&
         m.model.reset[0].value == v && m.model.refractory_time == ir::none &&
         m.model.pathways[0].statements[0].value == v;
}
static_assert(simplifies_every_block());

}  // namespace

TEST_CASE("simplifying keeps the value of random expressions", "[ir][simplify]") {
  int compared = 0, smaller = 0;
  for (unsigned seed = 1; seed <= 4000; ++seed) {
    ir::graph g;
    random_expressions random(g, 3, seed);
    int const root = random.number(2 + static_cast<int>(seed % 4));
    int const simple = ir::simplify(g, std::vector<int>{root})[0];
    REQUIRE(ir::simplify(g, std::vector<int>{simple})[0] == simple);
    smaller += ir::schedule(g, std::vector<int>{simple}).size() <
               ir::schedule(g, std::vector<int>{root}).size();
    ir::interpreter<values> both(g, ir::list<int>{root, simple});
    auto const order = ir::schedule(g, std::vector<int>{root});
    std::vector<int> const all_nodes(order.begin(), order.end());
    ir::interpreter<values> all(g, all_nodes);
    std::vector<double> every(all_nodes.size());
    ir::interpreter<basic_values<long double>, long double> exact(g, ir::list<int>{root, simple});
    for (int k = 0; k < 4; ++k) {
      values const at{{random.value(), random.value(), random.value()}};
      double result[2];
      long double reference[2];
      both(at, result);
      exact({{at.symbols[0], at.symbols[1], at.symbols[2]}}, reference);
      // Where rounding alone changes the value (cancellation, a jump), there is nothing to compare.
      bool const defined = std::isfinite(result[0]) &&
                           std::abs(static_cast<long double>(result[0]) - reference[0]) <=
                               1e-14L * std::abs(reference[0]);
      // Simplification keeps no infinities (0 * x is 0), nor the sign of a zero that something is
      // divided by.
      all(at, every);
      bool const finite =
          std::all_of(every.begin(), every.end(), [](double x) { return std::isfinite(x); });
      if (!defined || !finite || std::abs(result[0]) > 1e100) continue;
      ++compared;
      INFO("seed " << seed << ": " << ir::to_string(g, root) << " became "
                   << ir::to_string(g, simple) << " at " << at.symbols[0] << ' ' << at.symbols[1]
                   << ' ' << at.symbols[2]);
      REQUIRE(result[1] == Approx(result[0]).epsilon(1e-12).margin(1e-300));
    }
  }
  CHECK(compared > 8000);
  CHECK(smaller > 1500);
}
