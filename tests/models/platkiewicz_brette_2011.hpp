// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"
#include <limits>

namespace models {
using namespace nernst::dsl;

/// Adaptive threshold with noisy input: examples/frompapers/Platkiewicz_Brette_2011.py of Brian 2.
namespace platkiewicz_brette_2011 {
struct written {
  static constexpr auto EL = -70 * mV, vT = -55 * mV, Vi = -63 * mV, mu = 15 * mV;
  static constexpr auto tauh = 5 * ms, tau = 5 * ms, tauI = 5 * ms;
  static constexpr auto ka = 5 * mV, ki = 6 * mV;
  static constexpr auto a = ka / ki;
  static constexpr auto sigma = 6 * mV / sqrt(tauI / (tauI + tau));
  static constexpr double inf = std::numeric_limits<double>::infinity();

  static constexpr auto v = state<"v">(volt);
  static constexpr auto theta = state<"theta">(volt);
  static constexpr auto I = state<"I">(one);
  static constexpr auto model =
      neuron(d(v) / dt = (EL - v + mu + sigma * I) / tau,
             d(theta) / dt = (vT + a * clip(v - Vi, 0 * mV, inf* mV) - theta) / tauh,
             d(I) / dt = -I / tauI + pow<1, 2>(2 / tauI) * xi, threshold(v > theta), reset(v = EL),
             refractory(5 * ms), method(euler));
};

struct text : written {
  static constexpr auto model = brian::neuron(
      R"(
        dv/dt=(EL-v+mu+sigma*I)/tau : volt
        dtheta/dt=(vT+a*clip(v-Vi, 0*mV, inf*mV)-theta)/tauh : volt
        dI/dt=-I/tauI+(2/tauI)**.5*xi : 1 # Ornstein-Uhlenbeck
      )",
      brian::threshold("v>theta"), brian::reset("v=EL"), brian::refractory(5 * ms),
      brian::method("euler"),
      brian::constants("EL", EL, "vT", vT, "Vi", Vi, "tauh", tauh, "tau", tau, "a", a, "tauI", tauI,
                       "mu", mu, "sigma", sigma));
};
}  // namespace platkiewicz_brette_2011
}  // namespace models
