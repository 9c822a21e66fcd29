// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/integrate/stage.hpp>

#include "catch.hpp"

using namespace nernst;
using integrate::scalar;
using integrate::stage;

namespace {

struct two_states {
  ir::model m;
  int symbols[2] = {m.declare({.id = "x"}), m.declare({.id = "y"})};
  ir::graph& g = m.nodes;
  int x = g.symbol(symbols[0]), y = g.symbol(symbols[1]);
  scalar dt{&m, m.time_step()};
  stage state{&m, symbols, {x, y}};
};

// An operator on stages is the operation on each of their values.
constexpr bool operators_work_on_each_value() {
  two_states s;
  ir::graph& g = s.g;
  stage const other{&s.m, s.symbols, {s.y, s.x}};
  int const dt = s.dt.node, two = g.literal(2);
  stage const sum = s.state + other, difference = s.state - other;
  stage const left = s.dt * s.state, right = s.state * s.dt, twice = 2 * s.state;
  stage const part = s.state / s.dt, half = s.state / 2;
  return sum.nodes == ir::list<int>{g.add(s.x, s.y), g.add(s.y, s.x)} &&
         difference.nodes == ir::list<int>{g.subtract(s.x, s.y), g.subtract(s.y, s.x)} &&
         left.nodes == ir::list<int>{g.multiply(dt, s.x), g.multiply(dt, s.y)} &&
         right.nodes == ir::list<int>{g.multiply(s.x, dt), g.multiply(s.y, dt)} &&
         twice.nodes == ir::list<int>{g.multiply(two, s.x), g.multiply(two, s.y)} &&
         part.nodes == ir::list<int>{g.divide(s.x, dt), g.divide(s.y, dt)} &&
         half.nodes == ir::list<int>{g.divide(s.x, two), g.divide(s.y, two)};
}
static_assert(operators_work_on_each_value());

constexpr bool numbers_combine() {
  two_states s;
  ir::graph& g = s.g;
  scalar const dt = s.dt, t{&s.m, s.m.time()};
  return (t + dt).node == g.add(t.node, dt.node) && (t - dt).node == g.subtract(t.node, dt.node) &&
         (t * dt).node == g.multiply(t.node, dt.node) &&
         (t / dt).node == g.divide(t.node, dt.node) &&
         (3 * dt).node == g.multiply(g.literal(3), dt.node) &&
         (dt * 3).node == g.multiply(dt.node, g.literal(3)) &&
         (dt / 3).node == g.divide(dt.node, g.literal(3));
}
static_assert(numbers_combine());

}  // namespace

TEST_CASE("a stage is the step that ends in it") {
  two_states s;
  stage const next = s.state + s.dt * s.state;
  integrate::plan const p = next;
  REQUIRE(p.update.size() == 2);
  for (int i = 0; i < 2; ++i) {
    CHECK(p.update[i].symbol == s.symbols[i]);
    CHECK(p.update[i].value == next.nodes[i]);
  }
  CHECK(p.exact.empty());
  CHECK(p.adaptive.empty());
  integrate::plan const nothing = stage{&s.m, nullptr, {}};
  CHECK(nothing.update.empty());
}
