// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/integrate/rk45.hpp>

#include "catch.hpp"
#include "problems.hpp"
#include "substepper.hpp"

using namespace nernst;
using integrate::rk45;

namespace {

struct outcome {
  double error = 0;
  int substeps = 0;
};

outcome oscillator(double relative) {
  using problem = test::van_der_pol_5;
  test::draft d;
  d.model.relative_tolerance = relative;
  test::van_der_pol(d, problem::mu);
  test::substepper<2> s(d.model, test::integrate_with<rk45>(d.model), 0.5);
  s["x"] = 2;
  s.run(40);
  return {std::hypot(s["x"] - problem::x, s["y"] - problem::y), s.attempts()};
}

outcome brusselator(double relative) {
  using problem = test::brusselator_at_20;
  test::draft d;
  d.model.relative_tolerance = relative;
  test::brusselator(d);
  test::substepper<2> s(d.model, test::integrate_with<rk45>(d.model), 20);
  s["x"] = 1.5;
  s["y"] = 3;
  s.run(1);
  return {std::hypot(s["x"] - problem::x, s["y"] - problem::y), s.attempts()};
}

outcome neuron(double relative) {
  using problem = test::hodgkin_huxley_at_20;
  test::draft d;
  d.model.relative_tolerance = relative;
  test::hodgkin_huxley(d);
  test::substepper<4> s(d.model, test::integrate_with<rk45>(d.model), 0.1);
  test::start_hodgkin_huxley(s);
  s.run(200);
  return {std::abs(s["v"] - problem::v), s.attempts()};
}

/// dx/dt = -x in another unit of x.
double decay_in_units_of(double unit, int& substeps) {
  test::draft d;
  auto const x = d.state("x");
  d.equation(x, -x);
  test::substepper<1> s(d.model, test::integrate_with<rk45>(d.model), 1);
  s["x"] = unit;
  s.run(2);
  substeps = s.attempts();
  return s["x"] / unit;
}

}  // namespace

TEST_CASE("rk45 meets its tolerance, and a hundredfold smaller one costs the 2.5 times more "
          "substeps of order 5") {
  for (auto const solve : {oscillator, brusselator, neuron}) {
    outcome const coarse = solve(1e-6), fine = solve(1e-8);
    CHECK(coarse.error < 2e-6);
    CHECK(fine.error < 2e-8);
    CHECK(fine.substeps < 2.6 * coarse.substeps);
    CHECK(coarse.substeps < 500);
    CHECK(solve(1e-11).error < 1e-9);
  }
}

TEST_CASE("A substep of rk45 has order 5 and its estimate of the error too") {
  // x' = -x^2 (1 + t) from x = 1 in one substep.
  auto const substep = [](double length) {
    test::draft d;
    auto const x = d.state("x");
    d.equation(x, -(x * x * (d.t() + 1)));
    d.model.relative_tolerance = 1;
    test::substepper<1> s(d.model, test::integrate_with<rk45>(d.model), length);
    s["x"] = 1;
    s.run(1);
    REQUIRE(s.attempts() == 1);
    return std::pair(std::abs(s["x"] - 1 / (1 + length + length * length / 2)),
                     s.estimate() * (1 + length));
  };
  auto const coarse = substep(0.05), fine = substep(0.025);
  CHECK(std::log2(coarse.first / fine.first) == Approx(6).margin(0.3));
  CHECK(std::log2(coarse.second / fine.second) == Approx(5).margin(0.3));
  CHECK(coarse.second > coarse.first);
}

TEST_CASE("Whether a variable is a matter of volts or of femtosiemens does not matter to rk45") {
  int substeps = 0, others = 0;
  double const volts = decay_in_units_of(1, substeps);
  CHECK(volts == Approx(std::exp(-2)).epsilon(2e-6));
  CHECK(decay_in_units_of(1e-15, others) == Approx(volts).epsilon(1e-12));
  CHECK(others == substeps);
}

TEST_CASE("An absolute tolerance saves rk45 the effort on what is small") {
  auto const substeps = [](double absolute) {
    test::draft d;
    auto const x = d.state("x"), y = d.state("y");
    d.equation(x, -x);
    d.equation(y, -20.0 * y);
    d.model.equations[1].absolute_tolerance = absolute;
    test::substepper<2> s(d.model, test::integrate_with<rk45>(d.model), 0.5);
    s["x"] = s["y"] = 1;
    s.run(4);
    CHECK(s["x"] == Approx(std::exp(-2)).epsilon(2e-6));
    CHECK(s["y"] == Approx(std::exp(-40)).margin(absolute).epsilon(1e-4));
    return s.attempts();
  };
  CHECK(substeps(1e-6) < substeps(0) / 2);
}

TEST_CASE("rk45 holds what does not change, and crosses zero") {
  test::draft d;
  auto const x = d.state("x"), y = d.state("y"), z = d.state("z");
  d.equation(x, y);
  d.equation(y, -x);
  d.equation(z, 0.0 * z);
  test::substepper<3> s(d.model, test::integrate_with<rk45>(d.model), 0.25);
  s["x"] = 1;
  s.run(40);
  CHECK(s["x"] == Approx(std::cos(10)).margin(1e-5));
  CHECK(s["z"] == 0);
  CHECK(s.attempts() < 200);
}

TEST_CASE("rk45 goes on with the last length of the step before") {
  test::draft d;
  auto const x = d.state("x");
  d.equation(x, -50.0 * x);
  test::substepper<1> s(d.model, test::integrate_with<rk45>(d.model), 0.5);
  s["x"] = 1;
  s.run(1);
  int const first = s.attempts();
  CHECK(s.length() > 0);
  CHECK(s.length() < 0.05);
  s.run(1);
  CHECK(s.attempts() - first <= first);
  CHECK(s["x"] == Approx(std::exp(-50)).epsilon(1e-4));
}

TEST_CASE("What grows beyond all bounds becomes NaN, at once and for good") {
  test::draft d;
  auto const x = d.state("x");
  d.equation(x, x * x);
  test::substepper<1> s(d.model, test::integrate_with<rk45>(d.model), 0.75);
  s["x"] = 1;
  s.run(1);
  CHECK(s["x"] == Approx(4).epsilon(1e-5));
  s.run(1);
  CHECK(std::isnan(s["x"]));
  int const attempts = s.attempts();
  CHECK(attempts < 1000);
  s.run(1);
  CHECK(std::isnan(s["x"]));
  CHECK(s.attempts() - attempts < 100);
}

TEST_CASE("rk45 keeps frozen equations and refuses random numbers") {
  test::draft d;
  auto const x = d.state("x"), y = d.state("y");
  d.equation(x, y - x, true);
  d.equation(y, x - y);
  test::substepper<2> s(d.model, test::integrate_with<rk45>(d.model), 0.5);
  s["x"] = 1;
  s["not_refractory"] = 0;
  s.run(2);
  CHECK(s["x"] == 1);
  CHECK(s["y"] == Approx(1 - std::exp(-1)).epsilon(1e-5));

  test::draft n;
  auto const z = n.state("z");
  n.equation(z, test::formula{&n.model, n.model.draw(ir::op::normal)} - z);
  CHECK_FALSE(test::accepts<rk45>(n.model).ok);
}

constexpr int large_model(int n) {
  test::draft d;
  for (int i = 0; i < n; ++i)
    d.model.symbols.push_back(
        {(ir::identifier("x").append(i)), ir::role::state, ir::side::here, {}});
  auto const x = [&d](int i) { return test::formula{&d.model, d.model.nodes.symbol(i)}; };
  for (int i = 0; i < n; ++i) d.equation(x(i), x((i + 1) % n) * x(i) - x(i) / 3);
  return test::integrate_with<rk45>(d.model).adaptive[0].value.size();
}
static_assert(large_model(100) == 100,
              "within the limits of constant evaluation of every compiler");
