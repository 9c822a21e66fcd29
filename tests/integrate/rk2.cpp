// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "stepper.hpp"

using namespace nernst;
using integrate::rk2;

TEST_CASE("rk2 has order 2") {
  CHECK(test::observed_order(test::growth_error<rk2>, 100) == Approx(2).margin(0.1));
  CHECK(test::observed_order(test::oscillator_error<rk2>, 100) == Approx(2).margin(0.1));
  CHECK(test::observed_order(test::coupled_error<rk2>, 100) == Approx(2).margin(0.1));
}

TEST_CASE("rk2 takes one step of dx/dt = f(x, t) as written") {
  test::draft d;
  auto const x = d.state("x");
  d.equation(x, x * x + d.t());
  auto const p = test::integrate_with<rk2>(d.model);
  test::stepper s(d.model, p, 0.25);
  s["x"] = 0.5;
  s.run(1);
  double const k = 0.25 * (0.5 * 0.5), half = 0.5 + k / 2;
  CHECK(s["x"] == 0.5 + 0.25 * (half * half + 0.25 / 2));
}

TEST_CASE("rk2 shares between its stages what depends on neither state nor time") {
  test::draft d;
  auto const x = d.state("x"), a = d.variable("a", ir::role::parameter);
  d.equation(x, exp(a) * x);
  test::integrate_with<rk2>(d.model);
  int exponentials = 0;
  for (int i = 0; i < d.model.nodes.size(); ++i)
    exponentials += d.model.nodes[i].code == ir::op::exp;
  CHECK(exponentials == 1);
}
