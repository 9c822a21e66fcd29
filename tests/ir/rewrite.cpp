// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/interpreter.hpp>
#include <nernst/ir/rewrite.hpp>
#include <nernst/ir/roots.hpp>

#include "catch.hpp"
#include "notation.hpp"
#include "random_expressions.hpp"

using namespace notation;

namespace {

constexpr bool schedules_operands_first() {
  maker m;
  auto const x = m.variable("x"), y = m.variable("y");
  auto const unused = x * y;
  auto const sum = x + y, root = sum * sum;
  int const roots[] = {root, ir::none, x};
  auto const order = ir::schedule(m.model.nodes, roots);
  for (int const i : order)
    if (i == unused) return false;
  return order.size() == 4 && order[0] == x && order[1] == y && order[2] == sum && order[3] == root;
}
static_assert(schedules_operands_first());

constexpr bool schedules_nothing() {
  ir::graph const empty;
  int const absent[] = {ir::none};
  return ir::schedule(empty, absent).empty() && ir::schedule(empty, ir::list<int>{}).empty();
}
static_assert(schedules_nothing());

constexpr bool substitutes_at_once() {
  maker m;
  auto const x = m.variable("x"), y = m.variable("y"), z = m.variable("z");
  int const roots[] = {(x + y) * z, ir::none, z};
  auto const swapped = ir::substitute(m.model.nodes, roots, ir::list<int>{y, x});
  return swapped[0] == (y + x) * z && swapped[1] == ir::none && swapped[2] == z;
}
static_assert(substitutes_at_once());

constexpr bool leaves_the_rest_alone() {
  maker m;
  auto const x = m.variable("x"), y = m.variable("y");
  int const roots[] = {exp(y) + 2.0};
  int const size = m.model.nodes.size();
  return ir::substitute(m.model.nodes, roots, ir::list<int>{y, ir::none})[0] == roots[0] &&
         m.model.nodes.size() == size && x.node != y.node;
}
static_assert(leaves_the_rest_alone());

constexpr bool folds_literals() {
  maker m;
  auto const x = m.variable("x");
  int const roots[] = {x * 2.0 + 1.0};
  return m.model.nodes.is_literal(
      ir::substitute(m.model.nodes, roots, ir::list<int>{m.number(4)})[0], 9);
}
static_assert(folds_literals());

constexpr bool visits_in_source_order() {
  maker m;
  auto const x = m.variable("x");
  m.equation(x, x);
  m.model.threshold = x > 1.0;
  m.model.reset.push_back(m.set(x, x - 1.0));
  m.model.refractory_while = x > 0.5;
  m.model.pathways.push_back({ir::side::pre, {m.set(x, x + 2.0)}});
  return ir::roots(m.model) == ir::list<int>{x, x > 1.0, x - 1.0, ir::none, x > 0.5, x + 2.0};
}
static_assert(visits_in_source_order());

}  // namespace

TEST_CASE("substituting means evaluating elsewhere", "[ir][rewrite]") {
  for (unsigned seed = 1; seed <= 1000; ++seed) {
    ir::graph g;
    random_expressions random(g, 3, seed);
    int const root = random.number(4), x = random.number(2), z = random.number(2);
    ir::list<int> const roots{root};
    REQUIRE(ir::substitute(g, roots, ir::list<int>{g.symbol(0), g.symbol(1), ir::none})[0] == root);
    ir::interpreter<values> original(g, ir::list<int>{root});
    int const elsewhere = ir::substitute(g, roots, ir::list<int>{x, ir::none, z})[0];
    ir::interpreter<values> substituted(g, ir::list<int>{elsewhere, x, z});
    values const here{{random.value(), random.value(), random.value()}};
    double result[3], expected;
    substituted(here, result);
    original({{result[1], here.symbols[1], result[2]}}, ir::span<double>(&expected, 1));
    INFO("seed " << seed);
    if (std::isnan(expected)) {
      // Folding may select a branch, or an extremum of literals, that no NaN reaches.
      continue;
    }
    REQUIRE(result[0] == Approx(expected).epsilon(1e-13));
  }
}
