// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"
#include <numbers>

namespace models {
using namespace nernst::dsl;

/// Integrate-and-fire neurons with periodic input: examples/phase_locking.py of Brian 2.
namespace phase_locking {
struct written {
  static constexpr auto tau = 20 * ms;
  static constexpr double b = 1.2, pi = std::numbers::pi;
  static constexpr auto freq = 10 * Hz;

  static constexpr auto v = state<"v">(one);
  static constexpr auto a = parameter<"a">(one);
  static constexpr auto model = neuron(d(v) / dt = (-v + a * sin(2 * pi * freq * t) + b) / tau,
                                       threshold(v > 1), reset(v = 0), method(euler));
};

struct text : written {
  static constexpr auto model = brian::neuron(
      R"(
        dv/dt = (-v + a * sin(2 * pi * freq * t) + b) / tau : 1
        a : 1
      )",
      brian::threshold("v > 1"), brian::reset("v = 0"), brian::method("euler"),
      brian::constants("tau", tau, "b", b, "freq", freq));
};
}  // namespace phase_locking
}  // namespace models
