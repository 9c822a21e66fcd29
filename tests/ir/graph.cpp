// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/graph.hpp>

#include "catch.hpp"
#include <limits>
#include <vector>

using namespace nernst::ir;

namespace {

static_assert(operands(op::symbol) == 0 && operands(op::negate) == 1 && operands(op::tanh) == 1 &&
              operands(op::add) == 2 && operands(op::logical_or) == 2 && operands(op::select) == 3);
static_assert(is_condition(op::less) && is_condition(op::logical_not) &&
              !is_condition(op::select) && is_random(op::normal) && !is_random(op::symbol));

constexpr bool equal_expressions_are_one() {
  graph g;
  int const x = g.symbol(0), y = g.symbol(1);
  return g.add(x, y) == g.add(x, y) && g.add(x, y) != g.add(y, x) &&
         g.add(x, y) != g.subtract(x, y) && g.symbol(0) == x && x != y &&
         g.literal(1) == g.literal(1) && g.literal(1) != g.literal(1, units::volt) &&
         g.literal(0.0) != g.literal(-0.0) && g.random(op::normal, 0) != g.random(op::normal, 1) &&
         g.random(op::normal, 0) != g.random(op::uniform, 0) &&
         g.make(op::power, x, y) != g.make(op::minimum, x, y) &&
         g.make(op::select, x, y, x) != g.make(op::select, x, y, y);
}
static_assert(equal_expressions_are_one());

constexpr bool stays_one_when_it_grows() {
  graph g;
  for (int i = 0; i < 300; ++i) g.symbol(i);
  for (int i = 0; i < 300; ++i)
    if (g.symbol(i) != i) return false;
  graph const copy = g;
  return g.size() == 300 && copy.size() == 300 && copy[299] == g[299];
}
static_assert(stays_one_when_it_grows());

template <class Operation>
constexpr bool folds(Operation operation, double value, dimension unit = {}) {
  graph g;
  node const n = g[operation(g)];
  return n.code == op::literal && n.value == value && n.unit == unit;
}
static_assert(folds([](graph& g) { return g.add(g.literal(2), g.literal(3)); }, 5));
static_assert(folds(
    [](graph& g) { return g.multiply(g.literal(2, units::volt), g.literal(3, units::siemens)); }, 6,
    units::ampere));
static_assert(folds([](graph& g) { return g.divide(g.literal(1), g.literal(4, units::second)); },
                    0.25, units::hertz));
static_assert(
    folds([](graph& g) { return g.make(op::power, g.literal(2, units::metre), g.literal(3)); }, 8,
          power(units::metre, 3)));
static_assert(folds([](graph& g) { return g.make(op::power, g.literal(2), g.literal(-2)); }, 0.25));
static_assert(folds([](graph& g) { return g.make(op::maximum, g.literal(2), g.literal(-2)); }, 2));
static_assert(folds([](graph& g) { return g.make(op::less, g.literal(2), g.literal(-2)); }, 0));
static_assert(
    folds([](graph& g) { return g.make(op::select, g.literal(0), g.symbol(0), g.literal(7)); }, 7));
static_assert(folds([](graph& g) { return g.make(op::abs, g.literal(-2, units::volt)); }, 2,
                    units::volt));

template <class Operation>
constexpr bool stays(Operation operation) {
  graph g;
  return !g.is_literal(operation(g));
}
static_assert(stays([](graph& g) { return g.divide(g.literal(1), g.literal(0)); }));
static_assert(stays([](graph& g) { return g.multiply(g.literal(1e200), g.literal(1e200)); }));
static_assert(stays([](graph& g) { return g.make(op::exp, g.literal(1)); }));
static_assert(stays([](graph& g) { return g.make(op::power, g.literal(2), g.literal(0.5)); }));
static_assert(stays([](graph& g) { return g.make(op::power, g.literal(1e10), g.literal(60)); }));
// What does not fit is left for the check to see.
static_assert(stays([](graph& g) {
  return g.add(g.literal(1, units::volt), g.literal(1, units::ampere));
}));
static_assert(stays([](graph& g) {
  return g.make(op::less, g.literal(1, units::volt), g.literal(1));
}));

}  // namespace

TEST_CASE("a large graph finds its nodes again", "[ir][graph]") {
  graph g;
  std::vector<int> made;
  for (int i = 0; i < 20000; ++i) made.push_back(g.literal(i * 0.37));
  for (int i = 1; i < 20000; ++i)
    made.push_back(g.make(op::minimum, g.symbol(i % 7), made[static_cast<std::size_t>(i)]));
  int const size = g.size();
  for (int i = 0; i < 20000; ++i) REQUIRE(g.literal(i * 0.37) == made[static_cast<std::size_t>(i)]);
  for (int i = 1; i < 20000; ++i)
    REQUIRE(g.make(op::minimum, g.symbol(i % 7), made[static_cast<std::size_t>(i)]) ==
            made[static_cast<std::size_t>(19999 + i)]);
  CHECK(g.size() == size);
}

TEST_CASE("literals that are not finite are nodes like others", "[ir][graph]") {
  graph g;
  double const inf = std::numeric_limits<double>::infinity(),
               nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(g.literal(nan) == g.literal(nan));
  CHECK_FALSE(g.is_literal(g.subtract(g.literal(inf), g.literal(inf))));
}
