// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "stepper.hpp"
#include <random>

/// Convergence of methods for equations with noise.
namespace nernst::test {

struct errors {
  /// |mean of the error| and mean of |error| at the end, over many paths.
  double weak = 0, strong = 0;
};

/// dx/dt = mu x + sigma x xi in the sense of Stratonovich, x(0) = 1: at t = 1 the solution is
/// exp(mu + sigma W) on each path W. All step sizes see the same paths.
template <class Integrate>
errors growth_with_noise(Integrate integrate, double mu, double sigma, int steps,
                         int paths = 1000) {
  constexpr int fine = 512;
  draft d;
  auto const x = d.state("x");
  d.equation(x, mu * x + sigma * x * d.xi());
  stepper s(d.model, integrate(d.model), 1.0 / steps);
  s.draws.resize(1);
  std::mt19937_64 engine(1);
  std::normal_distribution<double> normal;
  errors e;
  for (int path = 0; path < paths; ++path) {
    double end = 0;
    s["x"] = 1;
    for (int i = 0; i < steps; ++i) {
      double increment = 0;
      for (int j = 0; j < fine / steps; ++j) increment += normal(engine) / std::sqrt(fine);
      s.draws[0] = increment * std::sqrt(steps);
      end += increment;
      s.step();
    }
    double const error = s["x"] - std::exp(mu + sigma * end);
    e.weak += error / paths;
    e.strong += std::abs(error) / paths;
  }
  e.weak = std::abs(e.weak);
  return e;
}

/// The orders at which the errors shrink over three halvings of the step.
template <class Integrate>
errors observed_orders(Integrate integrate, double mu, double sigma) {
  errors const coarse = growth_with_noise(integrate, mu, sigma, 16),
               fine = growth_with_noise(integrate, mu, sigma, 128);
  return {std::log2(coarse.weak / fine.weak) / 3, std::log2(coarse.strong / fine.strong) / 3};
}

/// One step of length 0.05 from t = 0.3 of a model with states x and y and given normal numbers.
template <class Write>
std::pair<double, double> one_step(Write write, integrate::scheme const& method, double x, double y,
                                   std::vector<double> normals) {
  draft d;
  d.state("x");
  d.state("y");
  write(d);
  integrate::system f(d.model);
  integrate::plan const p = method.advance(f);
  stepper s(d.model, p, 0.05);
  s.draws = std::move(normals);
  s["x"] = x;
  s["y"] = y;
  s.step_from(0.3);
  return {s["x"], s["y"]};
}

}  // namespace nernst::test
