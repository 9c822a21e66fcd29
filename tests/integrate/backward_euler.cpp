// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/integrate/backward_euler.hpp>

#include "catch.hpp"
#include "problems.hpp"

using namespace nernst;
using integrate::backward_euler;

TEST_CASE("backward_euler has order 1") {
  CHECK(test::observed_order(test::growth_error<backward_euler>, 200) == Approx(1).margin(0.02));
  CHECK(test::observed_order(test::oscillator_error<backward_euler>, 200) ==
        Approx(1).margin(0.02));
  CHECK(test::observed_order(test::coupled_error<backward_euler>, 200) == Approx(1).margin(0.02));
}

TEST_CASE("A linear step is solved exactly, with what holds at its end") {
  test::draft d;
  auto const x = d.state("x"), y = d.state("y");
  d.equation(x, d.t() * y - 3 * x);
  d.equation(y, d.number(2) - x);
  test::stepper s(d.model, test::integrate_with<backward_euler>(d.model), 0.4);
  s["x"] = 0.3;
  s["y"] = 1.1;
  s.run(2);
  double u = 0.3, w = 1.1;
  for (double const t : {0.4, 0.8}) {
    // u' = u + dt (t w' - 3 u'), w' = w + dt (2 - u')
    double const next = (u + 0.4 * t * (w + 0.8)) / (1 + 1.2 + 0.16 * t);
    w += 0.4 * (2 - next);
    u = next;
  }
  CHECK(s["x"] == Approx(u).epsilon(1e-14));
  CHECK(s["y"] == Approx(w).epsilon(1e-14));
}

TEST_CASE("Backward Euler: what decays much faster than dt is gone after a step") {
  test::draft d;
  auto const x = d.state("x");
  d.equation(x, -1e9 * (x - cos(d.t())));
  test::stepper s(d.model, test::integrate_with<backward_euler>(d.model), 0.1);
  s["x"] = 1e6;
  s.run(2);
  CHECK(s["x"] == Approx(std::cos(0.2)).margin(1e-8));
}

TEST_CASE("Two iterations are as good as a converged one where dt suits the solution") {
  test::draft d;
  test::hodgkin_huxley(d);
  auto const p = test::integrate_with<backward_euler>(d.model);
  double const dt = 0.05;
  test::stepper s(d.model, p, dt);
  test::start_hodgkin_huxley(s);
  ir::list<int> const slopes{d.model.equations[0].rhs};
  struct environment {
    test::stepper& s;
    ir::model const& m;
    double symbol(int i) const { return s[m.at(i).id.view()]; }
    double draw(ir::op, int) const { return NAN; }
  };
  double most = 0, reach = 0;
  for (int k = 0; k < 400; ++k) {
    double const before = s["v"];
    s.run(1);
    double slope = 0;
    ir::interpreter<environment>(d.model.nodes, slopes)({s, d.model}, {&slope, 1});
    most = std::max(most, std::abs(before + dt * slope - s["v"]));
    reach = std::max(reach, std::abs(s["v"] - before));
  }
  CHECK(reach > 10);  // mV in a step, in the upstroke of a spike
  CHECK(most < 0.1);  // of which Newton's iteration misses this much
}

TEST_CASE("backward_euler follows the Van der Pol oscillator with mu = 1000 by steps that its slow "
          "part needs") {
  CHECK(test::stiff_oscillator_error<backward_euler>(100) < 2e-3);
  CHECK(test::observed_order(test::stiff_oscillator_error<backward_euler>, 100) ==
        Approx(1).margin(0.02));
}

TEST_CASE("backward_euler gets through Robertson's reactions from their fast start") {
  CHECK(test::robertson_error<backward_euler>(320) < 5e-3);
  CHECK(test::robertson_error<backward_euler>(2560) < 3e-4);
}

TEST_CASE("A neuron with a compartment of 0.1 us is integrated with 20 us, where explicit Euler "
          "ends at 0.2 us") {
  CHECK(test::compartment_error<integrate::euler>(1e-4) < 1e-3);
  CHECK_FALSE(test::compartment_error<integrate::euler>(2e-4) < 1e3);
  CHECK(test::compartment_error<backward_euler>(0.02) < 0.05);
}

TEST_CASE("backward_euler keeps frozen equations and refuses noise") {
  test::draft d;
  auto const x = d.state("x"), y = d.state("y");
  d.equation(x, y - x * x, true);
  d.equation(y, x - y);
  test::stepper s(d.model, test::integrate_with<backward_euler>(d.model), 0.5);
  s["x"] = 1;
  s.set_active(false);
  s.run(1);
  CHECK(s["x"] == 1);
  CHECK(s["y"] == Approx(0.5 / 1.5));

  test::draft n;
  auto const z = n.state("z");
  n.equation(z, n.variable("xi", ir::role::noise) - z);
  CHECK(test::accepts<backward_euler>(n.model).reason == "dz/dt has noise");
}
