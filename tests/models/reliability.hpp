// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Reliable spike times with a common noisy input: examples/reliability.py of Brian 2.
namespace reliability {
struct written_input {
  static constexpr auto tau_input = 5 * ms;
  static constexpr auto x = state<"x">(one);
  static constexpr auto model = neuron(d(x) / dt = -x / tau_input + pow<1, 2>(2 / tau_input) * xi);
};
struct written {
  static constexpr auto tau = 10 * ms;
  static constexpr double sigma = .015;

  static constexpr auto x = state<"x">(one);
  static constexpr auto I = linked<"I">(one);
  static constexpr auto model =
      neuron(d(x) / dt = (0.9 + .5 * I - x) / tau + sigma * pow<1, 2>(2 / tau) * xi,
             threshold(x > 1), reset(x = 0), refractory(5 * ms), method(euler));
};

struct text_input : written_input {
  static constexpr auto model =
      brian::neuron("dx/dt = -x / tau_input + (2 /tau_input)**.5 * xi : 1",
                    brian::constants("tau_input", tau_input));
};
struct text : written {
  static constexpr auto model = brian::neuron(
      R"(
        dx/dt = (0.9 + .5 * I - x) / tau + sigma * (2 / tau)**.5 * xi : 1
        I : 1 (linked)
      )",
      brian::threshold("x > 1"), brian::reset("x = 0"), brian::refractory(5 * ms),
      brian::method("euler"), brian::constants("tau", tau, "sigma", sigma));
};
}  // namespace reliability
}  // namespace models
