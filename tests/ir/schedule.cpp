// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/schedule.hpp>

#include "catch.hpp"
#include "random_expressions.hpp"

using namespace nernst::ir;

namespace {

constexpr bool lists_what_is_needed_once() {
  graph g;
  int const x = g.symbol(0), y = g.symbol(1), unused = g.make(op::exp, y);
  int const sum = g.add(x, y), square = g.multiply(sum, sum);
  list<int> const roots{square, none, sum, square};
  return schedule(g, roots) == list<int>{x, y, sum, square} &&
         schedule(g, square) == list<int>{x, y, sum, square} && schedule(g, none).empty() &&
         schedule(g, unused) == list<int>{y, unused};
}
static_assert(lists_what_is_needed_once());

constexpr bool finds_properties() {
  graph g;
  int const x = g.symbol(0), y = g.symbol(1), sum = g.add(x, g.make(op::sin, x));
  auto const reads_y = [](node const& n) { return n.code == op::symbol && n.which == 1; };
  auto const has_sine = [](node const& n) { return n.code == op::sin; };
  return !any_of(g, sum, reads_y) && any_of(g, g.add(sum, y), reads_y) &&
         any_of(g, sum, has_sine) && !any_of(g, none, has_sine);
}
static_assert(finds_properties());

}  // namespace

TEST_CASE("few roots and many are scheduled alike", "[ir][schedule]") {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    graph g;
    random_expressions random(g, 5, seed);
    list<int> few;
    for (int k = 0; k < 4; ++k) few.push_back(k == 2 ? none : random.number(4));
    list<int> many(few);
    many.push_back(few[0]);
    auto const order = schedule(g, few);
    REQUIRE(order == schedule(g, many));
    list<char> done(g.size());
    for (int const i : order) {
      REQUIRE(done[i] == 0);
      for (int const x : operands(g[i])) REQUIRE(done[x] == 1);
      done[i] = 1;
    }
    for (int const r : few)
      if (r != none) REQUIRE(done[r] == 1);
  }
}
