// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/integrate/wiener_increments.hpp>

#include "catch.hpp"
#include "stepper.hpp"

using namespace nernst;

namespace {

constexpr bool draws_once() {
  test::draft d;
  int const a = d.model.nodes[d.xi("xi_a").node].which, b = d.model.nodes[d.xi("xi_b").node].which;
  integrate::wiener_increments increments;
  int const first = increments(d.model, a), second = increments(d.model, b);
  return first != second && increments(d.model, a) == first && increments(d.model, b) == second &&
         d.model.draws == 2;
}
static_assert(draws_once(), "one number for each noise, however often it is asked for");

}  // namespace

TEST_CASE("an increment is the root of dt times a normal number") {
  test::draft d;
  ir::graph& g = d.model.nodes;
  int const xi = g[d.xi().node].which;
  integrate::wiener_increments increments, others;
  ir::node const n = g[increments(d.model, xi)];
  REQUIRE(n.code == ir::op::multiply);
  CHECK(n.a == g.make(ir::op::sqrt, d.model.time_step()));
  CHECK(g[n.b].code == ir::op::normal);
  CHECK(g[n.b].which == 0);
  // Another one is another process.
  CHECK(g[g[others(d.model, xi)].b].which == 1);
}
