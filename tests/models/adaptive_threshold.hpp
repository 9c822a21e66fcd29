// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// A threshold that rises with each spike: examples/adaptive_threshold.py of Brian 2, with regular
/// instead of random input.
namespace adaptive_threshold {
struct written {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto vt = state<"vt">(volt);
  static constexpr auto model = neuron(
      d(v) / dt = -v / (10 * ms), d(vt) / dt = (10 * mV - vt) / (15 * ms), threshold(v > vt),
      reset(v = 0 * mV, vt += 3 * mV), every(2 * ms, v += (3 + 0.5 * i) * mV), method(exact));
};

struct text {
  static constexpr auto model = brian::neuron(
      R"(
        dv/dt = -v/(10*ms) : volt
        dvt/dt = (10*mV-vt)/(15*ms) : volt
      )",
      brian::threshold("v>vt"), brian::reset(R"(
        v = 0*mV
        vt += 3*mV
      )"),
      brian::every(2 * ms, "v += (3 + 0.5*i)*mV"), brian::method("exact"));
};
}  // namespace adaptive_threshold
}  // namespace models
