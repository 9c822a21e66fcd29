// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Chaos in the adaptive exponential model: examples/frompapers/Touboul_Brette_2008.py of Brian 2.
namespace touboul_brette_2008 {
struct written {
  static constexpr auto C = 281 * pF;
  static constexpr auto gL = 30 * nS, a = 4 * nS;
  static constexpr auto EL = -70.6 * mV, VT = -50.4 * mV, DeltaT = 2 * mV, Vcut = VT + 5 * DeltaT;
  static constexpr auto tauw = 40 * ms;
  static constexpr auto b = 0.08 * nA, I = .8 * nA;

  static constexpr auto vm = state<"vm">(volt);
  static constexpr auto w = state<"w">(amp);
  static constexpr auto Vr = parameter<"Vr">(volt);
  static constexpr auto model =
      neuron(d(vm) / dt = (gL * (EL - vm) + gL * DeltaT * exp((vm - VT) / DeltaT) + I - w) / C,
             d(w) / dt = (a * (vm - EL) - w) / tauw, threshold(vm > Vcut), reset(vm = Vr, w += b),
             method(euler));
};

struct text : written {
  static constexpr auto model = brian::neuron(
      R"(
        dvm/dt=(gL*(EL-vm)+gL*DeltaT*exp((vm-VT)/DeltaT)+I-w)/C : volt
        dw/dt=(a*(vm-EL)-w)/tauw : amp
        Vr:volt
      )",
      brian::threshold("vm > Vcut"), brian::reset("vm = Vr; w += b"), brian::method("euler"),
      brian::constants("C", C, "gL", gL, "EL", EL, "VT", VT, "DeltaT", DeltaT, "tauw", tauw, "a", a,
                       "b", b, "I", I, "Vcut", Vcut));
};
}  // namespace touboul_brette_2008
}  // namespace models
