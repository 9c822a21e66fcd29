// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Bursts of the Hindmarsh-Rose model: examples/frompapers/Hindmarsh_Rose_1984.py of Brian 2.
namespace hindmarsh_rose_1984 {
struct written {
  static constexpr auto time_unit = 1 * ms;
  static constexpr double x_1 = -1.6, r = 0.001;
  static constexpr int a = 1, b = 3, c = 1, d_ = 5, s = 4;

  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto z = state<"z">(one);
  static constexpr auto I = parameter<"I">(one) | constant;
  static constexpr auto model =
      neuron(d(x) / dt = (y - a * pow<3>(x) + b * pow<2>(x) + I - z) / time_unit,
             d(y) / dt = (c - d_ * pow<2>(x) - y) / time_unit,
             d(z) / dt = r * (s * (x - x_1) - z) / time_unit, method(rk4));
};

struct text : written {
  static constexpr auto model = brian::neuron(
      R"(
        dx/dt = (y - a*x**3 + b*x**2 + I - z)/time_unit : 1
        dy/dt = (c - d*x**2 - y)/time_unit : 1
        dz/dt = r*(s*(x - x_1) - z)/time_unit : 1
        I : 1 (constant)
      )",
      brian::method("rk4"),
      brian::constants("time_unit", time_unit, "x_1", x_1, "a", a, "b", b, "c", c, "d", d_, "r", r,
                       "s", s));
};
}  // namespace hindmarsh_rose_1984
}  // namespace models
