// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Leaky integrate-and-fire neurons: examples/IF_curve_LIF.py of Brian 2.
namespace if_curve_lif {
struct written {
  static constexpr auto tau = 10 * ms;

  static constexpr auto v = state<"v">(volt);
  static constexpr auto v0 = parameter<"v0">(volt);
  static constexpr auto model =
      neuron(d(v) / dt = (v0 - v) / tau | unless_refractory, threshold(v > 10 * mV),
             reset(v = 0 * mV), refractory(5 * ms), method(exact));
};

struct text : written {
  static constexpr auto model = brian::neuron(
      R"(
        dv/dt = (v0 - v) / tau : volt (unless refractory)
        v0 : volt
      )",
      brian::threshold("v > 10*mV"), brian::reset("v = 0*mV"), brian::refractory(5 * ms),
      brian::method("exact"), brian::constants("tau", tau));
};
}  // namespace if_curve_lif
}  // namespace models
