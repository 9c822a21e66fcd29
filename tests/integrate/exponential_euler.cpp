// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "stepper.hpp"

using namespace nernst;
using integrate::exponential_euler;

TEST_CASE("exponential_euler has order 1") {
  CHECK(test::observed_order(test::growth_error<exponential_euler>, 200) == Approx(1).margin(0.1));
  CHECK(test::observed_order(test::oscillator_error<exponential_euler>, 200) ==
        Approx(1).margin(0.1));
}

TEST_CASE("exponential_euler is exact for an equation on its own") {
  test::draft d;
  auto const x = d.state("x"), decay = d.state("decay"), ramp = d.state("ramp");
  d.equation(x, 3 * (2 - x) - x / 0.5);
  d.equation(decay, -decay / 0.1);
  d.equation(ramp, d.number(4));
  auto const p = test::integrate_with<exponential_euler>(d.model);
  test::stepper s(d.model, p, 0.05);
  s["x"] = 7;
  s["decay"] = 2;
  s["ramp"] = 1;
  s.run(20);
  CHECK(s["x"] == Approx(1.2 + (7 - 1.2) * std::exp(-5.0)).epsilon(1e-13));
  CHECK(s["decay"] == Approx(2 * std::exp(-10.0)).epsilon(1e-13));
  CHECK(s["ramp"] == Approx(5).epsilon(1e-14));
}

TEST_CASE("exponential_euler holds where the slope becomes zero") {
  test::draft d;
  auto const x = d.state("x"), a = d.variable("a", ir::role::parameter);
  d.equation(x, a * x + 3);
  auto const p = test::integrate_with<exponential_euler>(d.model);
  test::stepper s(d.model, p, 0.5);
  s["x"] = 1;
  s["a"] = 0;
  s.run(1);
  CHECK(s["x"] == 2.5);
}

TEST_CASE("exponential_euler agrees with the form (v + B/A) exp(A dt) - B/A on a gating variable") {
  test::draft d;
  auto const v = d.state("v"), m = d.state("m");
  auto const alpha = 4 * exp(v), beta = exp(-v);
  d.equation(v, -v);
  d.equation(m, alpha * (1 - m) - beta * m);
  auto const p = test::integrate_with<exponential_euler>(d.model);
  test::stepper s(d.model, p, 0.1);
  s["v"] = 0.4;
  s["m"] = 0.05;
  s.run(1);
  double const up = 4 * std::exp(0.4), down = std::exp(-0.4), slope = -(up + down);
  CHECK(s["m"] == Approx((0.05 + up / slope) * std::exp(slope * 0.1) - up / slope).epsilon(1e-14));
  CHECK(s["v"] == Approx(0.4 * std::exp(-0.1)).epsilon(1e-15));
}

constexpr bool structural_cases() {
  test::draft d;
  auto const x = d.state("x"), y = d.state("y"), z = d.state("z");
  d.equation(x, y);
  d.equation(y, -2 * y);
  d.equation(z, -2 * z + x, true);
  auto const p = test::integrate_with<exponential_euler>(d.model);
  auto& g = d.model.nodes;
  int const dt = d.model.time_step(), exponent = g.multiply(g.literal(-2), dt);
  int const z_next = g.add(
      z.node, g.multiply(g.multiply(dt, (-2 * z + x).node), g.make(ir::op::exprel, exponent)));
  return p.update[0].value == g.add(x.node, g.multiply(dt, y.node)) &&
         p.update[1].value == g.multiply(y.node, g.make(ir::op::exp, exponent)) &&
         p.update[2].value == g.select(d.model.not_refractory(), z_next, z.node);
}
static_assert(structural_cases());

constexpr auto refused() {
  test::draft d;
  auto const x = d.state("x"), y = d.state("y");
  d.equation(x, x * y);
  d.equation(y, exp(y));
  return test::accepts<exponential_euler>(d.model);
}
static_assert(!refused().ok && refused().reason == "dy/dt is not linear in y" &&
              refused().equation == 1);

TEST_CASE("exponential_euler holds functions of the state itself") {
  // dx/dt = -x tanh(x) + exp(x): A = -tanh(x), B = exp(x), as Brian 2 takes them
  // (examples/frompapers/Morris_Lecar_1981.py).
  test::draft d;
  auto const x = d.state("x");
  auto const up = exp(x), slope = x.apply(ir::op::tanh);
  d.equation(x, up - x * slope);
  CHECK(test::accepts<exponential_euler>(d.model).ok);
  auto const p = test::integrate_with<exponential_euler>(d.model);
  test::stepper s(d.model, p, 0.1);
  s["x"] = 0.7;
  s.run(1);
  double const a = -std::tanh(0.7), b = std::exp(0.7);
  CHECK(s["x"] == Approx((0.7 + b / a) * std::exp(a * 0.1) - b / a).epsilon(1e-14));
}

constexpr bool not_linear_of_itself(int which) {
  test::draft d;
  auto const x = d.state("x");
  auto const wave = sin(x);
  if (which == 0) d.equation(x, x * x - wave);
  if (which == 1) d.equation(x, wave);
  if (which == 2) d.equation(x, d.number(1) / x);
  return !test::accepts<exponential_euler>(d.model).ok;
}
static_assert(not_linear_of_itself(0) && not_linear_of_itself(1) && not_linear_of_itself(2));
