// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Simple model of spiking neurons: examples/frompapers/Izhikevich_2003.py of Brian 2.
namespace izhikevich_2003 {
struct written {
  static constexpr auto v = state<"v">(one);
  static constexpr auto u = state<"u">(one);
  static constexpr auto I = parameter<"I">(one);
  static constexpr auto I_noise = parameter<"I_noise">(one);
  static constexpr auto a = parameter<"a">(one);
  static constexpr auto b = parameter<"b">(one);
  static constexpr auto c = parameter<"c">(one);
  static constexpr auto jump = parameter<"d">(one);
  static constexpr auto model =
      neuron(d(v) / dt = (0.04 * pow<2>(v) + 5 * v + 140 - u + I + I_noise) / ms,
             d(u) / dt = (a * (b * v - u)) / ms, threshold(v >= 30), reset(v = c, u += jump),
             method(euler));
};

struct text {
  static constexpr auto model = brian::neuron(
      R"(dv/dt = (0.04*v**2 + 5*v + 140 - u + I + I_noise )/ms : 1
         du/dt = (a*(b*v - u))/ms  : 1
         I : 1
         I_noise : 1
         a : 1
         b : 1
         c : 1
         d : 1
      )",
      brian::threshold("v>=30"), brian::reset("v=c; u+=d"), brian::method("euler"));
};
}  // namespace izhikevich_2003
}  // namespace models
