// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "stepper.hpp"

using namespace nernst;
using integrate::euler;

TEST_CASE("euler has order 1") {
  CHECK(test::observed_order(test::growth_error<euler>, 100) == Approx(1).margin(0.1));
  CHECK(test::observed_order(test::oscillator_error<euler>, 100) == Approx(1).margin(0.1));
  CHECK(test::observed_order(test::coupled_error<euler>, 100) == Approx(1).margin(0.1));
}

TEST_CASE("euler is x + dt f(x, t)") {
  test::draft d;
  auto const x = d.state("x"), y = d.state("y");
  d.equation(x, y * d.t());
  d.equation(y, x - y);
  auto const p = integrate::integrate_with<euler>(d.model);
  REQUIRE(p.update.size() == 2);
  CHECK(p.exact.empty());
  auto& g = d.model.nodes;
  int const dt = d.model.time_step();
  CHECK(p.update[0].value == g.add(x.node, g.multiply(dt, (y * d.t()).node)));
  CHECK(p.update[1].value == g.add(y.node, g.multiply(dt, (x - y).node)));
}

constexpr int frozen_update() {
  test::draft d;
  auto const v = d.state("v", ir::units::volt);
  d.equation(v, -v / d.number(0.02, ir::units::second), true);
  auto const p = integrate::integrate_with<euler>(d.model);
  auto& g = d.model.nodes;
  int const slope =
      g.select(d.model.not_refractory(), (-v / d.number(0.02, ir::units::second)).node, g.literal(0, ir::units::volt / ir::units::second));
  return p.update[0].value == g.add(v.node, g.multiply(d.model.time_step(), slope));
}
static_assert(frozen_update(), "a flagged equation has slope zero while refractory");
