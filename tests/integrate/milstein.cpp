// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "noise.hpp"

using namespace nernst;
using integrate::milstein;

namespace {

integrate::plan by_milstein(ir::model& m) {
  return test::integrate_with<milstein>(m);
}

/// What the method says of equations, and of which.
template <class Write>
constexpr integrate::verdict said(Write write) {
  test::draft d;
  write(d);
  return test::accepts<milstein>(d.model);
}

constexpr auto diagonal = said([](test::draft& d) {
  auto const x = d.state("x"), y = d.state("y");
  d.equation(x, x * x * d.xi("xi_a") + y);
  d.equation(y, y * d.xi("xi_b") - x);
});
static_assert(diagonal.ok && diagonal.reason == "accepts any noise");

constexpr auto two_in_one = said([](test::draft& d) {
  auto const x = d.state("x");
  d.equation(x, x * d.xi("xi_a") + d.xi("xi_b"));
});
static_assert(!two_in_one.ok && two_in_one.reason == "dx/dt has more than one noise" &&
              two_in_one.equation == 0);

constexpr auto shared = said([](test::draft& d) {
  auto const x = d.state("x"), y = d.state("y");
  d.equation(x, x * d.xi("xi_a"));
  d.equation(y, y * d.xi("xi_a"));
});
static_assert(!shared.ok && shared.reason == "dy/dt shares its noise" && shared.equation == 1);

constexpr auto crossed = said([](test::draft& d) {
  auto const x = d.state("x"), y = d.state("y");
  d.equation(x, y * d.xi("xi_a"));
  d.equation(y, y * d.xi("xi_b"));
});
static_assert(!crossed.ok && crossed.reason == "dx/dt reads a state with another noise");

constexpr auto quiet_factor = said([](test::draft& d) {
  auto const x = d.state("x"), y = d.state("y");
  d.equation(x, y * d.xi());
  d.equation(y, -y);
});
static_assert(quiet_factor.ok);

}  // namespace

TEST_CASE("milstein has strong and weak order 1 without slopes") {
  auto const orders = test::observed_orders(by_milstein, 0, 0.8);
  CHECK(orders.strong == Approx(1).margin(0.1));
  CHECK(orders.weak ==
        Approx(1).margin(0.3));  // the weak error is small against its scatter over paths
}

TEST_CASE("slopes in the support of milstein, as Brian 2 has it, leave order 1/2") {
  auto const orders = test::observed_orders(by_milstein, -1, 0.8);
  CHECK(orders.strong == Approx(0.5).margin(0.1));
  CHECK(orders.weak == Approx(0.5).margin(0.1));

  constexpr integrate::scheme corrected(
      "x_support = x + dt**.5*g(x,t);"
      "x_new = x + dt*f(x,t) + g(x,t)*dW + (g(x_support,t) - g(x,t))*dW**2/(2*dt**.5)");
  auto const better = test::observed_orders(
      [corrected](ir::model& m) {
        integrate::system f(m);
        return corrected.advance(f);
      },
      -1, 0.8);
  CHECK(better.strong == Approx(1).margin(0.1));
  CHECK(better.weak == Approx(1).margin(0.1));
}

TEST_CASE("milstein takes the step that Brian 2.9 takes") {
  auto const single = [](test::draft& d) {
    auto const x = d.state("x");
    d.equation(x, (sin(d.t()) - x * x) / 2 + (0.3 * x + 0.1 * d.t()) * d.xi());
  };
  CHECK(test::one_step(single, milstein::formula, 0.8, 0, {0.7}).first ==
        Approx(0.8345004009481387).epsilon(1e-14));

  auto const two = [](test::draft& d) {
    auto const x = d.state("x"), y = d.state("y");
    d.equation(x, (y - x * x * x) / 2 + 0.4 * x * x * d.xi("xi_a"));
    d.equation(y, (x - y) / 3 + (0.2 * y + 0.1) * d.xi("xi_b"));
  };
  auto const [x, y] = test::one_step(two, milstein::formula, 0.8, -0.4, {-1.1, 0.7});
  CHECK(x == Approx(0.717278645598033).epsilon(1e-14));
  CHECK(y == Approx(-0.37660137016970535).epsilon(1e-14));
}
