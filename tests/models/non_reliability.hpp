// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Unreliable spike times with a constant input: examples/non_reliability.py of Brian 2.
namespace non_reliability {
struct written {
  static constexpr auto tau = 20 * ms;
  static constexpr double sigma = .015;

  static constexpr auto x = state<"x">(one);
  static constexpr auto model =
      neuron(d(x) / dt = (1.1 - x) / tau + sigma * pow<1, 2>(2 / tau) * xi | unless_refractory,
             threshold(x > 1), reset(x = 0), refractory(5 * ms), method(euler));
};

struct text : written {
  static constexpr auto model = brian::neuron(
      R"(
        dx/dt = (1.1 - x) / tau + sigma * (2 / tau)**.5 * xi : 1 (unless refractory)
      )",
      brian::threshold("x > 1"), brian::reset("x = 0"), brian::refractory(5 * ms),
      brian::method("euler"), brian::constants("tau", tau, "sigma", sigma));
};
}  // namespace non_reliability
}  // namespace models
