// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Neurons of a network with global oscillations: examples/frompapers/Brunel_Hakim_1999.py of
/// Brian 2.
namespace brunel_hakim_1999 {
struct written {
  static constexpr auto tau = 20 * ms, taurefr = 2 * ms;
  static constexpr auto muext = 25 * mV, sigmaext = 1 * mV, theta = 20 * mV, Vr = 10 * mV;

  static constexpr auto V = state<"V">(volt);
  static constexpr auto model =
      neuron(d(V) / dt = (-V + muext + sigmaext * sqrt(tau) * xi) / tau, threshold(V > theta),
             reset(V = Vr), refractory(taurefr), method(euler));
};

struct text : written {
  static constexpr auto model = brian::neuron(
      R"(
        dV/dt = (-V+muext + sigmaext * sqrt(tau) * xi)/tau : volt
      )",
      brian::threshold("V>theta"), brian::reset("V=Vr"), brian::refractory("taurefr"),
      brian::method("euler"),
      brian::constants("tau", tau, "muext", muext, "sigmaext", sigmaext, "theta", theta, "Vr", Vr,
                       "taurefr", taurefr));
};
}  // namespace brunel_hakim_1999
}  // namespace models
