// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "stepper.hpp"

using namespace nernst;
using integrate::rk4;

TEST_CASE("rk4 has order 4") {
  CHECK(test::observed_order(test::growth_error<rk4>, 20) == Approx(4).margin(0.1));
  CHECK(test::observed_order(test::oscillator_error<rk4>, 20) == Approx(4).margin(0.1));
  CHECK(test::observed_order(test::coupled_error<rk4>, 20) == Approx(4).margin(0.1));
}

TEST_CASE("rk4 takes one step of dx/dt = f(x, t) as written") {
  test::draft d;
  auto const x = d.state("x");
  d.equation(x, x * sin(d.t()));
  auto const p = test::integrate_with<rk4>(d.model);
  double const dt = 0.3;
  test::stepper s(d.model, p, dt);
  s["x"] = 0.7;
  s.run(1);
  auto const f = [](double y, double t) { return y * std::sin(t); };
  double const k_1 = dt * f(0.7, 0), k_2 = dt * f(0.7 + k_1 / 2, dt / 2),
               k_3 = dt * f(0.7 + k_2 / 2, dt / 2), k_4 = dt * f(0.7 + k_3, dt);
  CHECK(s["x"] == Approx(0.7 + (k_1 + 2 * k_2 + 2 * k_3 + k_4) / 6).epsilon(1e-15));
}

constexpr int large_model(int n) {
  test::draft d;
  for (int i = 0; i < n; ++i)
    d.model.symbols.push_back(
        {(ir::identifier("x").append(i)), ir::role::state, ir::side::here, {}});
  auto const x = [&d](int i) { return test::formula{&d.model, d.model.nodes.symbol(i)}; };
  for (int i = 0; i < n; ++i) d.equation(x(i), x((i + 1) % n) * x(i) - x(i) / 3);
  return test::integrate_with<rk4>(d.model).update.size();
}
static_assert(large_model(200) == 200,
              "within the limits of constant evaluation of every compiler");
