// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Receptors on the legs of a scorpion: examples/frompapers/Sturzl_et_al_2000.py of Brian 2.
namespace sturzl_2000 {
struct written {
  static constexpr auto tau_legs = 1 * ms;
  static constexpr double sigma = .01;
  static constexpr auto rates = timed_array<"rates">(one);

  static constexpr auto v = state<"v">(one);
  static constexpr auto delay = parameter<"d">(second);
  static constexpr auto model = neuron(
      d(v) / dt = (1 + rates(t - delay) - v) / tau_legs + sigma * pow<1, 2>(2. / tau_legs) * xi,
      threshold(v > 1), reset(v = 0), refractory(1 * ms), method(euler));
};

struct text : written {
  static constexpr auto model = brian::neuron(
      R"(
        dv/dt = (1 + rates(t - d) - v)/tau_legs + sigma*(2./tau_legs)**.5*xi:1
        d : second
      )",
      brian::threshold("v > 1"), brian::reset("v = 0"), brian::refractory(1 * ms),
      brian::method("euler"), brian::timed_array("rates", one),
      brian::constants("tau_legs", tau_legs, "sigma", sigma));
};
}  // namespace sturzl_2000
}  // namespace models
