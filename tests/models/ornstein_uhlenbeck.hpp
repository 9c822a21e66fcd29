// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Ornstein-Uhlenbeck process: examples/advanced/Ornstein_Uhlenbeck.py of Brian 2.
namespace ornstein_uhlenbeck {
struct written {
  static constexpr auto y = state<"y">(one);
  static constexpr auto tau = parameter<"tau">(second);
  static constexpr auto sigma = parameter<"sigma">(one);
  static constexpr auto model =
      neuron(d(y) / dt = -y / tau + sqrt(2 * pow<2>(sigma) / tau) * xi, method(euler));
};

struct text {
  static constexpr auto model = brian::neuron(
      R"(
        tau : second
        sigma : 1
        dy/dt = -y/tau + sqrt(2*sigma**2/tau)*xi : 1
      )",
      brian::method("euler"));
};
}  // namespace ornstein_uhlenbeck
}  // namespace models
