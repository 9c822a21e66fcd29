// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"
#include <numbers>

namespace models {
using namespace nernst::dsl;

/// Phase locking of a leaky neuron: examples/frompapers/Brette_2004.py of Brian 2.
namespace brette_2004 {
struct written {
  static constexpr auto tau = 100 * ms;
  static constexpr double pi = std::numbers::pi;

  static constexpr auto v = state<"v">(one);
  static constexpr auto a = parameter<"a">(one);
  static constexpr auto model = neuron(d(v) / dt = (-v + a + 2 * sin(2 * pi * t / tau)) / tau,
                                       threshold(v > 1), reset(v = 0), method(euler));
};

struct text : written {
  static constexpr auto model = brian::neuron(
      R"(
        dv/dt = (-v + a + 2*sin(2*pi*t/tau))/tau : 1
        a : 1
      )",
      brian::threshold("v>1"), brian::reset("v=0"), brian::method("euler"),
      brian::constants("tau", tau));
};
}  // namespace brette_2004
}  // namespace models
