// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Adaptive exponential integrate-and-fire neuron: examples/frompapers/Brette_Gerstner_2005.py of
/// Brian 2.
namespace brette_gerstner_2005 {
struct written {
  static constexpr auto C = 281 * pF;
  static constexpr auto gL = 30 * nS, a = 4 * nS;
  static constexpr auto EL = -70.6 * mV, VT = -50.4 * mV, DeltaT = 2 * mV, Vcut = VT + 5 * DeltaT,
                        Vr = -70.6 * mV;
  static constexpr auto tauw = 144 * ms;
  static constexpr auto b = 0.0805 * nA;

  static constexpr auto vm = state<"vm">(volt);
  static constexpr auto w = state<"w">(amp);
  static constexpr auto I = parameter<"I">(amp);
  static constexpr auto model =
      neuron(d(vm) / dt = (gL * (EL - vm) + gL * DeltaT * exp((vm - VT) / DeltaT) + I - w) / C,
             d(w) / dt = (a * (vm - EL) - w) / tauw, threshold(vm > Vcut), reset(vm = Vr, w += b),
             method(euler));
};

struct text : written {
  static constexpr auto model = brian::neuron(
      R"(
        dvm/dt = (gL*(EL - vm) + gL*DeltaT*exp((vm - VT)/DeltaT) + I - w)/C : volt
        dw/dt = (a*(vm - EL) - w)/tauw : amp
        I : amp
      )",
      brian::threshold("vm>Vcut"), brian::reset("vm=Vr; w+=b"), brian::method("euler"),
      brian::constants("C", C, "gL", gL, "EL", EL, "VT", VT, "DeltaT", DeltaT, "Vcut", Vcut, "tauw",
                       tauw, "a", a, "b", b, "Vr", Vr));
};
}  // namespace brette_gerstner_2005
}  // namespace models
