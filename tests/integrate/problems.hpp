// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "stepper.hpp"
#include <algorithm>

/// Problems that are solved with several methods. The solutions are SciPy's (solve_ivp, tolerances
/// below 1e-13), to the digits in which its methods Radau, LSODA and DOP853 agree.
namespace nernst::test {

/// x'' = mu (1 - x^2) x' - x from x = 2, x' = 0.
constexpr void van_der_pol(draft& d, double mu) {
  auto const x = d.state("x"), y = d.state("y");
  d.equation(x, y);
  d.equation(y, mu * (y - x * x * y) - x);
}
struct van_der_pol_1000 {
  static constexpr double mu = 1000, end = 500, x = 1.596768951052;
};
struct van_der_pol_5 {
  static constexpr double mu = 5, end = 20, x = -1.60129687954, y = 0.198326676339;
};

/// From x = 1.5, y = 3.
constexpr void brusselator(draft& d) {
  auto const x = d.state("x"), y = d.state("y");
  d.equation(x, x * x * y - 4 * x + 1);
  d.equation(y, 3 * x - x * x * y);
}
struct brusselator_at_20 {
  static constexpr double x = 0.49863707127, y = 4.596780349452;
};

/// Robertson's reactions, from a = 1, b = 0, c = 0.
constexpr void robertson(draft& d) {
  auto const a = d.state("a"), b = d.state("b"), c = d.state("c");
  d.equation(a, 1e4 * (b * c) - 0.04 * a);
  d.equation(b, 0.04 * a - 1e4 * (b * c) - 3e7 * (b * b));
  d.equation(c, 3e7 * (b * b));
}
struct robertson_at_40 {
  static constexpr double a = 0.7158270687, b = 9.185534765e-6, c = 0.2841637457;
};

/// The squid axon of Hodgkin and Huxley with a current of 10 uA/cm^2, in ms and mV; and, if asked
/// for, a compartment w of small capacity, whose time constant is 0.1 us.
constexpr void hodgkin_huxley(draft& d, bool with_compartment = false) {
  auto const v = d.state("v"), m = d.state("m"), h = d.state("h"), n = d.state("n");
  auto const linear_rate = [&d](formula x) { return d.number(1) / x.apply(ir::op::exprel); };
  auto const alpha_m = linear_rate(-(v + 40.0) / 10.0), beta_m = 4 * exp(-(v + 65.0) / 18.0);
  auto const alpha_h = 0.07 * exp(-(v + 65.0) / 20.0),
             beta_h = d.number(1) / (exp(-(v + 35.0) / 10.0) + 1);
  auto const alpha_n = 0.1 * linear_rate(-(v + 55.0) / 10.0),
             beta_n = 0.125 * exp(-(v + 65.0) / 80.0);
  auto currents = d.number(10) - 120 * (m * m * m * h * (v - 50.0)) -
                  36 * (n * n * n * n * (v + 77.0)) - 0.3 * (v + 54.4);
  if (with_compartment) {
    auto const w = d.state("w");
    currents = currents + (w - v);
    d.equation(w, ((v - w) - 0.003 * (w + 54.4)) / 1e-4);
  }
  d.equation(v, currents);
  d.equation(m, alpha_m * (1 - m) - beta_m * m);
  d.equation(h, alpha_h * (1 - h) - beta_h * h);
  d.equation(n, alpha_n * (1 - n) - beta_n * n);
}
template <class Stepper>
void start_hodgkin_huxley(Stepper& s) {
  s["v"] = -65;
  s["m"] = 0.05;
  s["h"] = 0.6;
  s["n"] = 0.32;
}
struct hodgkin_huxley_at_20 {
  static constexpr double v = -74.67266061, m = 0.01667828294, h = 0.1653090311, n = 0.6516453791;
};
struct hodgkin_huxley_with_compartment_at_20 {
  static constexpr double v = -74.67052985, w = -74.60999784;
};

/// The error in x of the Van der Pol oscillator with mu = 1000 after the method has covered the
/// smooth part of its orbit up to t = 500.
template <class Method>
double stiff_oscillator_error(int steps) {
  using problem = van_der_pol_1000;
  draft d;
  van_der_pol(d, problem::mu);
  auto const p = test::integrate_with<Method>(d.model);
  stepper s(d.model, p, problem::end / steps);
  s["x"] = 2;
  s.run(steps);
  return std::abs(s["x"] - problem::x);
}

/// What the method makes of Robertson's reactions at t = 40, as the largest relative error.
template <class Method>
double robertson_error(int steps) {
  using problem = robertson_at_40;
  draft d;
  robertson(d);
  auto const p = test::integrate_with<Method>(d.model);
  stepper s(d.model, p, 40.0 / steps);
  s["a"] = 1;
  s.run(steps);
  return std::max({std::abs(s["a"] / problem::a - 1), std::abs(s["b"] / problem::b - 1),
                   std::abs(s["c"] / problem::c - 1)});
}

/// The error in v, in mV, of the neuron with a small compartment after 20 ms; NaN or huge for a
/// method that does not survive.
template <class Method>
double compartment_error(double dt) {
  using problem = hodgkin_huxley_with_compartment_at_20;
  draft d;
  hodgkin_huxley(d, true);
  auto const p = test::integrate_with<Method>(d.model);
  stepper s(d.model, p, dt);
  start_hodgkin_huxley(s);
  s["w"] = -65;
  s.run(static_cast<int>(std::lround(20 / dt)));
  return std::hypot(s["v"] - problem::v, s["w"] - problem::w);
}

}  // namespace nernst::test
