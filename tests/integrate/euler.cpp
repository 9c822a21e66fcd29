// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "noise.hpp"

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
  auto const p = test::integrate_with<euler>(d.model);
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
  auto const p = test::integrate_with<euler>(d.model);
  auto& g = d.model.nodes;
  int const slope =
      g.select(d.model.not_refractory(), (-v / d.number(0.02, ir::units::second)).node,
               g.literal(0, ir::units::volt / ir::units::second));
  return p.update[0].value == g.add(v.node, g.multiply(d.model.time_step(), slope));
}
static_assert(frozen_update(), "a flagged equation has slope zero while refractory");

namespace {

template <class Write>
constexpr integrate::verdict said(Write write) {
  test::draft d;
  write(d);
  return test::accepts<euler>(d.model);
}

// Noise with a factor that depends on t or on a state with an equation is multiplicative; a timed
// array at time t is held during a step.
constexpr auto held =
    said([](test::draft& d) { d.equation(d.state("v"), d.lookup("ta", d.t()) * d.xi()); });
static_assert(held.ok && held.reason == "accepts additive noise");
constexpr auto shifted =
    said([](test::draft& d) { d.equation(d.state("v"), d.lookup("ta", d.t() / 2) * d.xi()); });
static_assert(!shifted.ok);
constexpr auto by_state = said([](test::draft& d) {
  auto const v = d.state("v");
  d.equation(v, v * d.xi());
});
static_assert(!by_state.ok && by_state.reason == "dv/dt has multiplicative noise");
constexpr auto by_time = said([](test::draft& d) { d.equation(d.state("v"), d.t() * d.xi()); });
static_assert(!by_time.ok);
constexpr auto by_other = said([](test::draft& d) {
  auto const v = d.state("v"), w = d.state("w");
  d.equation(v, w * d.xi());
  d.equation(w, -w);
});
static_assert(!by_other.ok);
constexpr auto one_of_two = said([](test::draft& d) {
  auto const v = d.state("v"), w = d.state("w");
  d.equation(v, d.xi("xi_1"));
  d.equation(w, v * d.xi("xi_2"));
});
static_assert(!one_of_two.ok);
constexpr auto by_plain_state =
    said([](test::draft& d) { d.equation(d.state("v"), d.state("level") * d.xi()); });
static_assert(by_plain_state.ok, "a state without an equation stays the same during a step");
constexpr auto squared = said([](test::draft& d) { d.equation(d.state("v"), d.xi() * d.xi()); });
static_assert(!squared.ok && squared.reason == "dv/dt is not linear in its noise");

/// dx/dt = y, dy/dt = -y - 40 x with noise that has the factor zero, in two arrangements.
template <class Method>
std::pair<double, double> oscillate(int arrangement) {
  test::draft d;
  auto const x = d.state("x"), y = d.state("y"),
             factor = d.variable("noise_factor", ir::role::shared);
  auto const slope = -y - 40 * x;
  auto const noise = [&](std::string_view id) { return factor * d.xi(id); };
  d.equation(x, arrangement == 2 ? y + noise("xi_1") : y);
  d.equation(y, arrangement == 0   ? slope
                : arrangement == 1 ? noise("xi_1") + noise("xi_2") + slope
                                   : noise("xi_2") + slope);
  test::stepper s(d.model, test::integrate_with<Method>(d.model), 0.1);
  s.draws = {0.3, -2};
  s["x"] = 0.5;
  s["y"] = 1;
  s.run(100);
  return {s["x"], s["y"]};
}

}  // namespace

TEST_CASE("noise with factor zero leaves the trajectories of euler") {
  auto const quiet = oscillate<euler>(0);
  for (int const arrangement : {1, 2}) {
    auto const e = oscillate<euler>(arrangement), h = oscillate<integrate::heun>(arrangement);
    CHECK(e.first == Approx(quiet.first).epsilon(1e-12));
    CHECK(e.second == Approx(quiet.second).epsilon(1e-12));
    CHECK(h.first == Approx(quiet.first).epsilon(1e-12));
    CHECK(h.second == Approx(quiet.second).epsilon(1e-12));
  }
}

TEST_CASE("pure noise adds up in every method") {
  // dx/dt = sigma xi with normal numbers that are all 0.5, as in Brian's test suite.
  auto const sum = [](auto method) {
    test::draft d;
    d.equation(d.state("x"), 3 * d.xi());
    test::stepper s(d.model, test::integrate_with<decltype(method)>(d.model), 0.1);
    s.draws = {0.5};
    s.run(10);
    return s["x"];
  };
  CHECK(sum(euler{}) == Approx(std::sqrt(0.1) * 3 * 0.5 * 10));
  CHECK(sum(integrate::heun{}) == Approx(std::sqrt(0.1) * 3 * 0.5 * 10));
  CHECK(sum(integrate::milstein{}) == Approx(std::sqrt(0.1) * 3 * 0.5 * 10));
}

TEST_CASE("euler gives the Ornstein-Uhlenbeck process its variance") {
  // dx/dt = -x / tau + sigma sqrt(2 / tau) xi: from 0, euler's variance after n steps of length dt
  // is sigma^2 (1 - a^(2 n)) / (1 - dt / (2 tau)) with a = 1 - dt / tau, and sigma^2 (1 - exp(-2 t
  // / tau)) exactly.
  double const tau = 0.5, sigma = 1.5, dt = 0.05;
  int const steps = 20, paths = 40000;
  test::draft d;
  auto const x = d.state("x");
  d.equation(x, -x / tau + sigma * std::sqrt(2 / tau) * d.xi());
  test::stepper s(d.model, test::integrate_with<euler>(d.model), dt);
  s.draws.resize(1);
  std::mt19937_64 engine(3);
  std::normal_distribution<double> normal;
  double sum = 0;
  for (int path = 0; path < paths; ++path) {
    s["x"] = 0;
    for (int i = 0; i < steps; ++i) {
      s.draws[0] = normal(engine);
      s.step();
    }
    sum += s["x"] * s["x"];
  }
  double const variance =
      sigma * sigma * (1 - std::pow(1 - dt / tau, 2 * steps)) / (1 - dt / (2 * tau));
  // The standard deviation of the estimate is variance sqrt(2 / paths) = 0.7 %; the exact variance
  // is 5 % smaller.
  CHECK(sum / paths == Approx(variance).epsilon(0.02));
}

TEST_CASE("euler has strong order 1 where noise is additive") {
  // dx/dt = -x + xi: x(1) = integral of exp(s - 1) dW(s), by parts W(1) - integral of exp(s - 1)
  // W(s) ds on a fine path.
  constexpr int fine = 4096, paths = 400;
  auto const error = [](int steps) {
    test::draft d;
    auto const x = d.state("x");
    d.equation(x, -x + d.xi());
    test::stepper s(d.model, test::integrate_with<euler>(d.model), 1.0 / steps);
    s.draws.resize(1);
    std::mt19937_64 engine(5);
    std::normal_distribution<double> normal;
    double mean = 0;
    for (int path = 0; path < paths; ++path) {
      double w = 0, integral = 0;
      s["x"] = 0;
      for (int i = 0; i < steps; ++i) {
        double const before = w;
        for (int j = 0; j < fine / steps; ++j) {
          double const time = static_cast<double>(i * (fine / steps) + j) / fine, last = w;
          w += normal(engine) / std::sqrt(fine);
          integral +=
              (std::exp(time - 1) * last + std::exp(time + 1.0 / fine - 1) * w) / (2 * fine);
        }
        s.draws[0] = (w - before) * std::sqrt(steps);
        s.step();
      }
      mean += std::abs(s["x"] - (w - integral)) / paths;
    }
    return mean;
  };
  CHECK(test::observed_order(error, 16) == Approx(1).margin(0.1));
  CHECK(test::observed_order(error, 32) == Approx(1).margin(0.1));
}

TEST_CASE("a step of euler may read random draws, each drawn once") {
  test::draft d;
  auto const x = d.state("x");
  d.equation(x, test::formula{&d.model, d.model.draw(ir::op::uniform)} - x);
  CHECK(test::accepts<euler>(d.model).ok);
  CHECK_FALSE(test::accepts<integrate::rk2>(d.model).ok);
  CHECK_FALSE(test::accepts<integrate::heun>(d.model).ok);
  CHECK_FALSE(test::accepts<integrate::milstein>(d.model).ok);
}
