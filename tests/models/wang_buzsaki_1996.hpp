// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Hippocampal interneuron: examples/frompapers/Wang_Buszaki_1996.py of Brian 2.
namespace wang_buzsaki_1996 {
struct written {
  static constexpr auto Cm = 1 * uF;
  static constexpr auto Iapp = 2 * uA;
  static constexpr auto gL = 0.1 * msiemens, gNa = 35 * msiemens, gK = 9 * msiemens;
  static constexpr auto EL = -65 * mV, ENa = 55 * mV, EK = -90 * mV;

  static constexpr auto v = state<"v">(volt);
  static constexpr auto h = state<"h">(one);
  static constexpr auto n = state<"n">(one);
  static constexpr auto alpha_m = 0.1 / mV * 10 * mV / exprel(-(v + 35 * mV) / (10 * mV)) / ms;
  static constexpr auto beta_m = 4 * exp(-(v + 60 * mV) / (18 * mV)) / ms;
  static constexpr auto m = alpha_m / (alpha_m + beta_m);
  static constexpr auto alpha_h = 0.07 * exp(-(v + 58 * mV) / (20 * mV)) / ms;
  static constexpr auto beta_h = 1. / (exp(-0.1 / mV * (v + 28 * mV)) + 1) / ms;
  static constexpr auto alpha_n = 0.01 / mV * 10 * mV / exprel(-(v + 34 * mV) / (10 * mV)) / ms;
  static constexpr auto beta_n = 0.125 * exp(-(v + 44 * mV) / (80 * mV)) / ms;
  static constexpr auto model =
      neuron(d(v) / dt = (-gNa * pow<3>(m) * h * (v - ENa) - gK * pow<4>(n) * (v - EK) -
                          gL * (v - EL) + Iapp) /
                         Cm,
             d(h) / dt = 5 * (alpha_h * (1 - h) - beta_h * h),
             d(n) / dt = 5 * (alpha_n * (1 - n) - beta_n * n), method(exponential_euler));
};

struct text : written {
  static constexpr auto model = brian::neuron(
      R"(
        dv/dt = (-gNa*m**3*h*(v-ENa)-gK*n**4*(v-EK)-gL*(v-EL)+Iapp)/Cm : volt
        m = alpha_m/(alpha_m+beta_m) : 1
        alpha_m = 0.1/mV*10*mV/exprel(-(v+35*mV)/(10*mV))/ms : Hz
        beta_m = 4*exp(-(v+60*mV)/(18*mV))/ms : Hz
        dh/dt = 5*(alpha_h*(1-h)-beta_h*h) : 1
        alpha_h = 0.07*exp(-(v+58*mV)/(20*mV))/ms : Hz
        beta_h = 1./(exp(-0.1/mV*(v+28*mV))+1)/ms : Hz
        dn/dt = 5*(alpha_n*(1-n)-beta_n*n) : 1
        alpha_n = 0.01/mV*10*mV/exprel(-(v+34*mV)/(10*mV))/ms : Hz
        beta_n = 0.125*exp(-(v+44*mV)/(80*mV))/ms : Hz
      )",
      brian::method("exponential_euler"),
      brian::constants("Cm", Cm, "Iapp", Iapp, "gL", gL, "EL", EL, "ENa", ENa, "EK", EK, "gNa", gNa,
                       "gK", gK));
};
}  // namespace wang_buzsaki_1996
}  // namespace models
