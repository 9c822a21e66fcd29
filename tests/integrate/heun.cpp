// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "noise.hpp"

using namespace nernst;
using integrate::heun;

TEST_CASE("heun has weak and strong order 1 where one noise is multiplicative") {
  auto const by_heun = [](ir::model& m) { return test::integrate_with<heun>(m); };
  auto const orders = test::observed_orders(by_heun, -1, 0.8);
  CHECK(orders.strong == Approx(1).margin(0.1));
  CHECK(orders.weak == Approx(1).margin(0.1));
  CHECK(test::growth_with_noise(by_heun, -1, 0.8, 256).strong < 2e-3);
}

TEST_CASE("heun takes the step that Brian 2.9 takes") {
  auto const single = [](test::draft& d) {
    auto const x = d.state("x");
    d.equation(x, (sin(d.t()) - x * x) / 2 + (0.3 * x + 0.1 * d.t()) * d.xi());
  };
  CHECK(test::one_step(single, heun::formula, 0.8, 0, {0.7}).first ==
        Approx(0.8350332518373421).epsilon(1e-14));

  auto const shared = [](test::draft& d) {
    auto const x = d.state("x"), y = d.state("y"), xi = d.xi("xi_c");
    d.equation(x, (y - x * x * x) / 2 + 0.4 * y * xi);
    d.equation(y, (x - y) / 3 + (0.2 * x * y + 0.1) * xi);
  };
  auto const [x, y] = test::one_step(shared, heun::formula, 0.8, -0.4, {0.7});
  CHECK(x == Approx(0.7523324386520024).epsilon(1e-14));
  CHECK(y == Approx(-0.37413995757409146).epsilon(1e-14));
}

TEST_CASE("heun sees all noise variables in its support, Brian 2 one at a time") {
  // dx/dt = y xi_a, dy/dt = xi_b: the term dW_a dW_b / 2 of the solution in the sense of
  // Stratonovich is there.
  auto const crossed = [](test::draft& d) {
    auto const x = d.state("x"), y = d.state("y");
    d.equation(x, y * d.xi("xi_a"));
    d.equation(y, 2 * d.xi("xi_b"));
  };
  double const a = 0.7 * std::sqrt(0.05), b = -1.1 * std::sqrt(0.05);
  auto const [x, y] = test::one_step(crossed, heun::formula, 0, 1, {0.7, -1.1});
  CHECK(x == Approx(a + 2 * a * b / 2).epsilon(1e-14));
  CHECK(y == Approx(1 + 2 * b).epsilon(1e-14));
}

TEST_CASE("without noise heun is euler") {
  test::draft d;
  auto const x = d.state("x");
  d.equation(x, x * sin(d.t()));
  CHECK(test::integrate_with<heun>(d.model).update[0].value ==
        test::integrate_with<integrate::euler>(d.model).update[0].value);
}
