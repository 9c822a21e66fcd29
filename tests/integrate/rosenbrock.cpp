// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/integrate/rosenbrock.hpp>

#include "catch.hpp"
#include "problems.hpp"

using namespace nernst;
using integrate::rosenbrock;

TEST_CASE("rosenbrock has order 3") {
  CHECK(test::observed_order(test::growth_error<rosenbrock>, 100) == Approx(3).margin(0.05));
  CHECK(test::observed_order(test::oscillator_error<rosenbrock>, 100) == Approx(3).margin(0.05));
  CHECK(test::observed_order(test::coupled_error<rosenbrock>, 100) == Approx(3).margin(0.05));
}

TEST_CASE("rosenbrock has order 2 on the Van der Pol oscillator with mu = 1000") {
  CHECK(test::stiff_oscillator_error<rosenbrock>(50) < 3e-5);
  CHECK(test::observed_order(test::stiff_oscillator_error<rosenbrock>, 50) ==
        Approx(2).margin(0.05));
  CHECK(test::observed_order(test::stiff_oscillator_error<rosenbrock>, 400) ==
        Approx(2).margin(0.05));
}

TEST_CASE("Rosenbrock: what decays much faster than dt is gone after a step") {
  test::draft d;
  auto const x = d.state("x");
  d.equation(x, -1e9 * (x - cos(d.t())));
  test::stepper s(d.model, test::integrate_with<rosenbrock>(d.model), 0.1);
  s["x"] = 1000;
  s.run(1);
  CHECK(std::abs(s["x"] - std::cos(0.1)) < 1e-3);
  s.run(1);
  CHECK(std::abs(s["x"] - std::cos(0.2)) < 1e-3);
}

TEST_CASE("Robertson's reactions need steps that resolve their fast start") {
  CHECK(test::robertson_error<rosenbrock>(40000) < 1e-8);
}

TEST_CASE("A neuron with a compartment of 0.1 us is integrated with 50 us, where explicit Euler "
          "ends at 0.2 us") {
  CHECK_FALSE(test::compartment_error<integrate::euler>(2e-4) < 1e3);
  CHECK(test::compartment_error<rosenbrock>(0.05) < 2e-3);
  CHECK(test::compartment_error<rosenbrock>(0.1) < 2e-2);
}

TEST_CASE("rosenbrock keeps frozen equations and refuses noise") {
  test::draft d;
  auto const x = d.state("x"), y = d.state("y");
  d.equation(x, y - x * x, true);
  d.equation(y, x - y);
  test::stepper s(d.model, test::integrate_with<rosenbrock>(d.model), 0.01);
  s["x"] = 1;
  s.set_active(false);
  s.run(100);
  CHECK(s["x"] == 1);
  CHECK(s["y"] == Approx(1 - std::exp(-1)).epsilon(1e-6));

  test::draft n;
  auto const z = n.state("z");
  n.equation(z, n.variable("xi", ir::role::noise) - z);
  CHECK(test::accepts<rosenbrock>(n.model).reason == "dz/dt has noise");
}

/// Channels with three gates each, in one compartment.
constexpr int channels(int count) {
  test::draft d;
  auto const v = d.state("v");
  auto current = -0.3 * v;
  for (int i = 0; i < count; ++i) {
    test::formula gate[3];
    for (int k = 0; k < 3; ++k) {
      gate[k] = d.variable((ir::identifier("gate_").append(3 * i + k)).view(), ir::role::state);
      auto const opening = exp((v - 40.0) / (18.0 + i + k)),
                 closing = d.number(0.125) / (exp((v + 10.0 * i) / (80.0 + k)) + 1);
      d.equation(gate[k], opening * (1 - gate[k]) - closing * gate[k]);
    }
    current = current - 20 * (gate[0] * gate[0] * gate[0] * gate[1] * gate[2] * (v - 50.0));
  }
  d.equation(v, current);
  return test::integrate_with<rosenbrock>(d.model).update.size();
}
static_assert(channels(10) == 31, "within the limits of constant evaluation of every compiler");
