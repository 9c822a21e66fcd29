// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Neurons of the benchmark CUBA (Brette et al. 2007): examples/CUBA.py of Brian 2.
namespace cuba {
struct written {
  static constexpr auto taum = 20 * ms, taue = 5 * ms, taui = 10 * ms;
  static constexpr auto Vt = -50 * mV, Vr = -60 * mV, El = -49 * mV;

  static constexpr auto v = state<"v">(volt);
  static constexpr auto ge = state<"ge">(volt);
  static constexpr auto gi = state<"gi">(volt);
  static constexpr auto model = neuron(
      d(v) / dt = (ge + gi - (v - El)) / taum | unless_refractory, d(ge) / dt = -ge / taue,
      d(gi) / dt = -gi / taui, threshold(v > Vt), reset(v = Vr), refractory(5 * ms), method(exact));
};

struct text : written {
  static constexpr auto model = brian::neuron(
      R"(
        dv/dt  = (ge+gi-(v-El))/taum : volt (unless refractory)
        dge/dt = -ge/taue : volt
        dgi/dt = -gi/taui : volt
      )",
      brian::threshold("v>Vt"), brian::reset("v = Vr"), brian::refractory(5 * ms),
      brian::method("exact"),
      brian::constants("taum", taum, "taue", taue, "taui", taui, "Vt", Vt, "Vr", Vr, "El", El));
};
}  // namespace cuba
}  // namespace models
