// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Geometric Brownian motion: examples/advanced/stochastic_odes.py of Brian 2.
namespace stochastic_odes {
struct equations {
  static constexpr auto mu = 0.5 / second, sigma = 0.1 / second;
  static constexpr auto X = state<"X">(one);
  static constexpr auto growth =
      d(X) / dt = (mu - 0.5 * second * pow<2>(sigma)) * X + X * sigma * xi * pow<1, 2>(second);
  static constexpr auto of_text = "dX/dt = (mu - 0.5*second*sigma**2)*X + X*sigma*xi*second**.5: 1";
  static constexpr auto constants = brian::constants("mu", mu, "sigma", sigma);
};

struct written_milstein : equations {
  static constexpr auto model = neuron(growth, method(milstein));
};
struct text_milstein : equations {
  static constexpr auto model = brian::neuron(of_text, brian::method("milstein"), constants);
};
struct written_heun : equations {
  static constexpr auto model = neuron(growth, method(heun));
};
struct text_heun : equations {
  static constexpr auto model = brian::neuron(of_text, brian::method("heun"), constants);
};
}  // namespace stochastic_odes
}  // namespace models
