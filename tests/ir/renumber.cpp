// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/print.hpp>
#include <nernst/ir/renumber.hpp>

#include "catch.hpp"
#include "notation.hpp"
#include "random_expressions.hpp"

using namespace notation;

namespace {

// Two models with the same expressions that were entered in different orders become equal.
constexpr bool follows_use_alone() {
  maker a, b;
  auto const x = a.variable("x"), y = a.variable("y");
  a.equation(x, (x + y) * exp(y));
  a.model.threshold = x > 1.0;
  ir::list<ir::assignment> also{a.set(y, y * 2.0)};

  auto const u = b.variable("x"), w = b.variable("y");
  auto const unused = exp(exp(w)) + 3.0, above = u > 1.0, decay = exp(w), twice = w * 2.0;
  b.equation(u, (u + w) * decay);
  b.model.threshold = above;
  ir::list<ir::assignment> also_b{b.set(w, twice)};
  if (b.model.nodes.size() <= a.model.nodes.size() || unused == above) return false;

  ir::renumber(a.model, also);
  ir::renumber(b.model, also_b);
  if (a.model.nodes.size() != b.model.nodes.size()) return false;
  for (int k = 0; k < a.model.nodes.size(); ++k)
    if (!(a.model.nodes[k] == b.model.nodes[k])) return false;
  return ir::roots(a.model) == ir::roots(b.model) && also[0].value == also_b[0].value &&
         a.model.refractory_time == ir::none;
}
static_assert(follows_use_alone());

}  // namespace

TEST_CASE("renumbering keeps expressions", "[ir][renumber]") {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    ir::model m;
    for (char const* id : {"x", "y", "z"}) m.declare({.id = id});
    random_expressions random(m.nodes, 3, seed);
    for (int k = 0; k < 3; ++k) m.equations.push_back({k, random.number(4)});
    m.threshold = random.condition(3);
    ir::list<ir::assignment> none;
    std::string const before = ir::to_string(m);
    int const size = m.nodes.size();
    ir::renumber(m, none);
    REQUIRE(ir::to_string(m) == before);
    REQUIRE(m.nodes.size() <= size);
    REQUIRE(ir::schedule(m.nodes, ir::roots(m)).size() == m.nodes.size());
  }
}
