// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What Brian 2's tests say of integration methods, in both forms.
#include "../integrate/stepper.hpp"
#include "forms.hpp"

using namespace features;
using ir::method_id;

namespace {
/// Start values, or the states after some steps.
using states = std::map<std::string, double>;

/// The states after steps of 0.1 ms; all random numbers are 0.5.
states after(ir::model written, method_id method, int steps, states start) {
  written.method = method;
  reduced r(std::move(written));
  auto const choice = nernst::integrate::choose(r.m);
  INFO(ir::to_text(choice.diagnosis).view());
  REQUIRE(choice.ok);
  nernst::test::stepper s(r.m, nernst::integrate::integrate(r.m, choice), 1e-4);
  s.draws = {0.5, 0.5};
  for (auto const& [id, value] : start) s[id] = value;
  s.run(steps);
  for (auto& [id, value] : start) value = s[id];
  return start;
}
/// What a method says of equations.
nernst::integrate::choice asked(ir::model written, method_id method = method_id::automatic) {
  written.method = method;
  reduced r(std::move(written));
  return nernst::integrate::choose(r.m);
}

constexpr auto x = state<"x">(one);
constexpr auto y = state<"y">(hertz);
constexpr auto u = state<"u">(one);
constexpr auto h = state<"h">(one);
}  // namespace

TEST_CASE("test_multiple_noise_variables_extended") {
  constexpr auto per_ms = 1 / ms;
  constexpr auto zero = 0.0;
  auto const quiet =
      lower(neuron(d(x) / dt = y, d(y) / dt = -1 * per_ms * y - 40 * per_ms * per_ms * x));
  ir::model const noisy[] = {
      lower(neuron(d(x) / dt = y, d(y) / dt = zero * pow<-3, 2>(ms) * xi_<"1"> +
                                              zero * pow<-3, 2>(ms) * xi_<"2"> - 1 * per_ms * y -
                                              40 * per_ms * per_ms * x)),
      lower(neuron(d(x) / dt = y + zero * pow<-1, 2>(ms) * xi_<"1">,
                   d(y) / dt = zero * pow<-3, 2>(ms) * xi_<"2"> - 1 * per_ms * y -
                               40 * per_ms * per_ms * x)),
      lower(brian::neuron(R"(
        dx/dt = y : 1
        dy/dt = noise_factor*ms**-1.5*xi_1 + noise_factor*ms**-1.5*xi_2
                - 1*ms**-1*y - 40*ms**-2*x : Hz
      )",
                          brian::constants("noise_factor", 0.0))),
      lower(brian::neuron(R"(
        dx/dt = y + noise_factor*ms**-0.5*xi_1: 1
        dy/dt = noise_factor*ms**-1.5*xi_2
                - 1*ms**-1*y - 40*ms**-2*x : Hz
      )",
                          brian::constants("noise_factor", 0.0)))};
  for (states const& start : {states{{"x", 0.5}, {"y", 0}}, states{{"x", 1}, {"y", 0.5}}}) {
    states const expected = after(quiet, method_id::euler, 100, start);
    for (auto const& m : noisy)
      for (auto const method : {method_id::euler, method_id::heun}) {
        states const found = after(m, method, 100, start);
        CHECK(found.at("x") == Approx(expected.at("x")).epsilon(1e-12));
        CHECK(found.at("y") == Approx(expected.at("y")).epsilon(1e-12));
      }
  }
}

TEST_CASE("test_multiple_noise_variables_deterministic_noise") {
  // All random numbers are 0.5: noise is a slope.
  auto const slopes = lower(brian::neuron(R"(
    dx/dt = y + dt**-.5*0.5*ms**-0.5: 1
    dy/dt = -y / (10*ms) + dt**-.5*0.5 * ms**-1.5 : Hz
  )"));
  ir::model const noisy[] = {lower(brian::neuron(R"(
    dx/dt = y + xi_1*ms**-0.5: 1
    dy/dt = -y / (10*ms) + xi_2 * ms**-1.5 : Hz
  )")),
                             lower(neuron(d(x) / dt = y + xi_<"1"> * pow<-1, 2>(ms),
                                          d(y) / dt = -y / (10 * ms) + xi_<"2"> * pow<-3, 2>(ms)))};
  states const start = {{"x", 5}, {"y", 25}},
               expected = after(slopes, method_id::euler, 100, start);
  for (auto const& m : noisy)
    for (auto const method : {method_id::euler, method_id::heun}) {
      states const found = after(m, method, 100, start);
      CHECK(found.at("x") == Approx(expected.at("x")).epsilon(1e-12));
      CHECK(found.at("y") == Approx(expected.at("y")).epsilon(1e-12));
    }
}

TEST_CASE("test_determination") {
  struct form {
    ir::model model;
    method_id expected;
  };
  form const forms[] = {
      {lower(neuron(d(x) / dt = -x / (10 * ms))), method_id::exact},
      {lower(brian::neuron("dx/dt = -x/(10*ms) : 1")), method_id::exact},
      {lower(neuron(d(x) / dt = -pow<2>(x) / (10 * ms))), method_id::euler},
      {lower(brian::neuron("dx/dt = -x**2/(10*ms) : 1")), method_id::euler},
      {lower(neuron(d(x) / dt = -x / (10 * ms) + 0.1 * pow<-1, 2>(second) * xi)), method_id::euler},
      {lower(brian::neuron("dx/dt = -x/(10*ms) + 0.1*second**-.5*xi : 1")), method_id::euler},
      {lower(neuron(d(x) / dt = -x / (10 * ms) + x * pow<-1, 2>(second) * xi)), method_id::heun},
      {lower(brian::neuron("dx/dt = -x/(10*ms) + x*second**-.5*xi : 1")), method_id::heun},
  };
  for (auto const& f : forms) CHECK(asked(f.model).method == f.expected);
  CHECK(lower(brian::neuron("dx/dt = -x/(10*ms) : 1", brian::method("does not exist")))
            .mistake.what == ir::mistake::unknown_method);
}

TEST_CASE("test_multiplicative_noise") {
  constexpr auto ta = timed_array<"ta">(one);
  constexpr auto per_root = pow<-1, 2>(5 * ms);
  CHECK(asked(lower(neuron(d(x) / dt = ta(t) * xi * per_root)), method_id::euler).ok);
  CHECK(asked(lower(brian::neuron("dx/dt = ta(t)*xi*(5*ms)**-0.5 : 1",
                                  brian::timed_array("ta", one))),
              method_id::euler)
            .ok);
  ir::model const multiplicative[] = {
      lower(neuron(d(x) / dt = x * xi * per_root)),
      lower(neuron(d(x) / dt = (t / ms) * xi * per_root)),
      lower(neuron(d(x) / dt = u * xi * per_root, d(u) / dt = -u / (10 * ms))),
      lower(neuron(d(x) / dt = xi_<"1"> * per_root, d(u) / dt = (t / ms) * xi_<"2"> * per_root)),
      lower(neuron(d(x) / dt = xi_<"1"> * per_root, d(u) / dt = x * xi_<"2"> * per_root)),
      lower(brian::neuron("dx/dt = x*xi*(5*ms)**-0.5 : 1")),
      lower(brian::neuron("dx/dt = (t/ms)*xi*(5*ms)**-0.5 : 1")),
      lower(brian::neuron("dx/dt = u*xi*(5*ms)**-0.5 : 1\ndu/dt = -u/(10*ms) : 1")),
      lower(brian::neuron("dx/dt = xi_1*(5*ms)**-0.5 : 1\ndu/dt = (t/ms)*xi_2*(5*ms)**-0.5 : 1")),
      lower(brian::neuron("dx/dt = xi_1*(5*ms)**-0.5 : 1\ndu/dt = x*xi_2*(5*ms)**-0.5 : 1")),
  };
  for (auto const& m : multiplicative) {
    auto const refused = asked(m, method_id::euler);
    CHECK_FALSE(refused.ok);
    CHECK(refused.diagnosis.what == ir::mistake::unsuitable_method);
    CHECK(asked(m, method_id::heun).ok);
  }
}

TEST_CASE("test_subexpressions") {
  constexpr auto f = 100 * Hz;
  constexpr auto I = subexpression<"I">(-x + sin(2 * std::numbers::pi * f * t));
  auto const plain =
      lower(neuron(d(x) / dt = (-x + sin(2 * std::numbers::pi * f * t)) / (10 * ms)));
  ir::model const others[] = {
      lower(neuron(I, d(x) / dt = I / (10 * ms))),
      lower(brian::neuron("dx/dt = (-x + sin(2*pi*100*Hz*t)) / (10*ms) : 1")),
      lower(brian::neuron("dx/dt = I / (10*ms) : 1\nI = -x + sin(2*pi*100*Hz*t): 1"))};
  for (auto const method :
       {method_id::euler, method_id::exponential_euler, method_id::rk2, method_id::rk4})
    for (auto const& m : others)
      CHECK(after(m, method, 100, {{"x", 1}}) == after(plain, method, 100, {{"x", 1}}));
}

TEST_CASE("test_refractory and test_refractory_stochastic") {
  // Without spikes the flag changes nothing.
  constexpr auto slope = -x / (10 * ms);
  ir::model const plain[] = {lower(neuron(d(x) / dt = slope)),
                             lower(brian::neuron("dx/dt = -x / (10*ms) : 1"))};
  ir::model const flagged[] = {
      lower(neuron(d(x) / dt = slope | unless_refractory, refractory(1 * ms))),
      lower(brian::neuron("dx/dt = -x / (10*ms) : 1 (unless refractory)",
                          brian::refractory(1 * ms)))};
  ir::model const noisy[] = {lower(neuron(d(x) / dt = slope + xi * pow<-1, 2>(ms))),
                             lower(brian::neuron("dx/dt = -x / (10*ms) + xi*ms**-.5 : 1"))};
  ir::model const noisy_flagged[] = {
      lower(
          neuron(d(x) / dt = slope + xi * pow<-1, 2>(ms) | unless_refractory, refractory(1 * ms))),
      lower(brian::neuron("dx/dt = -x / (10*ms) + xi*ms**-.5 : 1 (unless refractory)",
                          brian::refractory(1 * ms)))};
  for (int neuron = 0; neuron < 10; ++neuron) {
    states const start = {{"x", neuron / 11.0}};
    for (std::size_t form = 0; form < 2; ++form) {
      for (auto const method : {method_id::exact, method_id::exponential_euler, method_id::euler,
                                method_id::rk2, method_id::rk4})
        CHECK(after(flagged[form], method, 100, start) == after(plain[form], method, 100, start));
      for (auto const method : {method_id::euler, method_id::heun, method_id::milstein})
        CHECK(after(noisy_flagged[form], method, 100, start) ==
              after(noisy[form], method, 100, start));
    }
  }
}

TEST_CASE("test_check_for_invalid_values_linear_integrator") {
  // Brian 2 may give NaN. The solution: x'' = -0.1 x' - 0.5 x per ms.
  ir::model const forms[] = {
      lower(neuron(d(u) / dt = 0.0 / ms * u + 1.0 / ms * h,
                   d(h) / dt = -0.5 / ms * u - 0.1 / ms * h)),
      lower(brian::neuron(
          "du/dt = a * u + b * h : 1\ndh/dt = c * u + e_ * h : 1",
          brian::constants("a", 0.0 / ms, "b", 1.0 / ms, "c", -0.5 / ms, "e_", -0.1 / ms)))};
  double const omega = std::sqrt(0.5 - 0.05 * 0.05),
               expected = std::exp(-0.05) * (std::cos(omega) + 0.05 / omega * std::sin(omega));
  for (auto const& m : forms)
    CHECK(after(m, method_id::exact, 10, {{"u", 1}, {"h", 0}}).at("u") ==
          Approx(expected).epsilon(1e-12));
}

TEST_CASE("test_integrator_code: variables may be called x, f and g") {
  constexpr auto f = state<"f">(one);
  constexpr auto g = state<"g">(one);
  constexpr auto p = state<"p">(one);
  ir::model const forms[] = {
      lower(neuron(d(x) / dt = (g - x) / ms, d(f) / dt = x * f / ms, d(g) / dt = -g / (2 * ms))),
      lower(brian::neuron("dx/dt = (g - x)/ms : 1\ndf/dt = x*f/ms : 1\ndg/dt = -g/(2*ms) : 1"))};
  auto const others =
      lower(neuron(d(u) / dt = (p - u) / ms, d(h) / dt = u * h / ms, d(p) / dt = -p / (2 * ms)));
  for (auto const method :
       {method_id::euler, method_id::rk2, method_id::rk4, method_id::heun, method_id::milstein}) {
    states const expected = after(others, method, 20, {{"u", 1}, {"h", 0.5}, {"p", 2}});
    for (auto const& m : forms) {
      states const found = after(m, method, 20, {{"x", 1}, {"f", 0.5}, {"g", 2}});
      CHECK(found.at("x") == expected.at("u"));
      CHECK(found.at("f") == expected.at("h"));
      CHECK(found.at("g") == expected.at("p"));
    }
  }
}
