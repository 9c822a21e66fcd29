// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// A column of the cortex: examples/frompapers/Jansen_Rit_1995_single_column.py of Brian 2.
namespace jansen_rit_1995 {
struct written {
  static constexpr auto te = 10. * ms, ti = 20. * ms;
  static constexpr double e0 = 5., v0 = 6., r0 = 0.56, A = 3.25, B = 22.;
  static constexpr auto nstim = timed_array<"nstim">(one);

  static constexpr auto y0 = state<"y0">(one);
  static constexpr auto y1 = state<"y1">(one);
  static constexpr auto y2 = state<"y2">(one);
  static constexpr auto y3 = state<"y3">(one);
  static constexpr auto y4 = state<"y4">(one);
  static constexpr auto y5 = state<"y5">(one);
  static constexpr auto C1 = parameter<"C1">(one);
  static constexpr auto P0 = parameter<"P0">(one);
  static constexpr auto dlP = parameter<"dlP">(one);
  static constexpr auto C2 = 0.8 * C1;
  static constexpr auto C3 = 0.25 * C1;
  static constexpr auto C4 = 0.25 * C1;
  static constexpr auto p = P0 + nstim(t) * dlP;
  static constexpr auto Sp = e0 / (1 + exp(r0 * (v0 - (y1 - y2))));
  static constexpr auto Se = e0 / (1 + exp(r0 * (v0 - C1 * y0)));
  static constexpr auto Si = e0 / (1 + exp(r0 * (v0 - C3 * y0)));
  static constexpr auto model = neuron(
      d(y0) / dt = y3 / second, d(y3) / dt = (A * Sp - 2 * y3 - y0 / te * second) / te,
      d(y1) / dt = y4 / second, d(y4) / dt = (A * (p + C2 * Se) - 2 * y4 - y1 / te * second) / te,
      d(y2) / dt = y5 / second, d(y5) / dt = (B * C4 * Si - 2 * y5 - y2 / ti * second) / ti,
      method(euler));
};

struct text : written {
  static constexpr auto model = brian::neuron(
      R"(
        dy0/dt = y3                             /second : 1
        dy3/dt = (A        * Sp -2*y3 -y0/te*second)/te : 1
        dy1/dt = y4                             /second : 1
        dy4/dt = (A*(p+ C2 * Se)-2*y4 -y1/te*second)/te : 1
        dy2/dt = y5                             /second : 1
        dy5/dt = (B   * C4 * Si -2*y5 -y2/ti*second)/ti : 1
        p  = P0+nstim(t)*dlP                   : 1
        Sp = e0/(1+exp(r0*(v0 - (y1-y2)    ))) : 1
        Se = e0/(1+exp(r0*(v0 -  C1*y0     ))) : 1
        Si = e0/(1+exp(r0*(v0 -  C3*y0     ))) : 1
        C1            : 1
        C2 = 0.8 *C1  : 1
        C3 = 0.25*C1  : 1
        C4 = 0.25*C1  : 1
        P0            : 1
        dlP           : 1
      )",
      brian::method("euler"), brian::timed_array("nstim", one),
      brian::constants("te", te, "ti", ti, "e0", e0, "v0", v0, "r0", r0, "A", A, "B", B));
};
}  // namespace jansen_rit_1995
}  // namespace models
