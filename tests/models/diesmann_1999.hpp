// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Neurons of a synfire chain: examples/frompapers/Diesmann_et_al_1999.py of Brian 2.
namespace diesmann_1999 {
struct written {
  static constexpr auto Vr = -70 * mV, Vt = -55 * mV;
  static constexpr auto taum = 10 * ms, taupsp = 0.325 * ms;

  static constexpr auto V = state<"V">(volt);
  static constexpr auto x = state<"x">(volt);
  static constexpr auto y = state<"y">(volt);
  static constexpr auto model =
      neuron(d(V) / dt = (-(V - Vr) + x) * (1. / taum), d(x) / dt = (-x + y) * (1. / taupsp),
             d(y) / dt = -y * (1. / taupsp) + 25.27 * mV / ms + (39.24 * mV / pow<1, 2>(ms)) * xi,
             threshold(V > Vt), reset(V = Vr), refractory(1 * ms), method(euler));
};

struct text : written {
  static constexpr auto model = brian::neuron(
      R"(
        dV/dt = (-(V-Vr)+x)*(1./taum) : volt
        dx/dt = (-x+y)*(1./taupsp) : volt
        dy/dt = -y*(1./taupsp)+25.27*mV/ms+
                (39.24*mV/ms**0.5)*xi : volt
      )",
      brian::threshold("V>Vt"), brian::reset("V=Vr"), brian::refractory(1 * ms),
      brian::method("euler"), brian::constants("Vr", Vr, "Vt", Vt, "taum", taum, "taupsp", taupsp));
};
}  // namespace diesmann_1999
}  // namespace models
