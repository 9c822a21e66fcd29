// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// The neurons of examples/frompapers/Izhikevich_2007.py of Brian 2.
namespace izhikevich_2007 {
struct written {
  static constexpr auto taum = 10 * ms, taue = 5 * ms;
  static constexpr auto Ee = 0 * mV, vt = -54 * mV, vr = -60 * mV, El = -74 * mV;

  static constexpr auto v = state<"v">(volt);
  static constexpr auto ge = state<"ge">(one);
  static constexpr auto model =
      neuron(d(v) / dt = (ge * (Ee - v) + El - v) / taum, d(ge) / dt = -ge / taue,
             threshold(v > vt), reset(v = vr), method(euler));
};

struct text : written {
  static constexpr auto model = brian::neuron(
      R"(dv/dt = (ge * (Ee-v) + El - v) / taum : volt
         dge/dt = -ge / taue : 1)",
      brian::threshold("v>vt"), brian::reset("v = vr"), brian::method("euler"),
      brian::constants("taum", taum, "Ee", Ee, "vt", vt, "vr", vr, "El", El, "taue", taue));
};
}  // namespace izhikevich_2007
}  // namespace models
