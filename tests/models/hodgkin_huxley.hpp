// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Hodgkin-Huxley neurons of examples/IF_curve_Hodgkin_Huxley.py of Brian 2.
namespace hodgkin_huxley {
struct written {
  static constexpr auto area = 20000 * umetre2;
  static constexpr auto Cm = 1 * ufarad / cm2 * area;
  static constexpr auto gl = 5e-5 * siemens / cm2 * area, g_na = 100 * msiemens / cm2 * area,
                        g_kd = 30 * msiemens / cm2 * area;
  static constexpr auto El = -65 * mV, EK = -90 * mV, ENa = 50 * mV, VT = -63 * mV;

  static constexpr auto v = state<"v">(volt);
  static constexpr auto m = state<"m">(one);
  static constexpr auto n = state<"n">(one);
  static constexpr auto h = state<"h">(one);
  static constexpr auto I = parameter<"I">(amp);
  static constexpr auto model = neuron(
      d(v) / dt = (gl * (El - v) - g_na * (m * m * m) * h * (v - ENa) -
                   g_kd * (n * n * n * n) * (v - EK) + I) /
                  Cm,
      d(m) / dt =
          0.32 * pow<-1>(mV) * 4 * mV / exprel((13. * mV - v + VT) / (4 * mV)) / ms * (1 - m) -
          0.28 * pow<-1>(mV) * 5 * mV / exprel((v - VT - 40. * mV) / (5 * mV)) / ms * m,
      d(n) / dt =
          0.032 * pow<-1>(mV) * 5 * mV / exprel((15. * mV - v + VT) / (5 * mV)) / ms * (1. - n) -
          .5 * exp((10. * mV - v + VT) / (40. * mV)) / ms * n,
      d(h) / dt = 0.128 * exp((17. * mV - v + VT) / (18. * mV)) / ms * (1. - h) -
                  4. / (1 + exp((40. * mV - v + VT) / (5. * mV))) / ms * h,
      threshold(v > -40 * mV), refractory(v > -40 * mV), method(exponential_euler));
};

struct text : written {
  static constexpr auto model = brian::neuron(
      R"(
        dv/dt = (gl*(El-v) - g_na*(m*m*m)*h*(v-ENa) - g_kd*(n*n*n*n)*(v-EK) + I)/Cm : volt
        dm/dt = 0.32*(mV**-1)*4*mV/exprel((13.*mV-v+VT)/(4*mV))/ms*(1-m)-0.28*(mV**-1)*5*mV/exprel((v-VT-40.*mV)/(5*mV))/ms*m : 1
        dn/dt = 0.032*(mV**-1)*5*mV/exprel((15.*mV-v+VT)/(5*mV))/ms*(1.-n)-.5*exp((10.*mV-v+VT)/(40.*mV))/ms*n : 1
        dh/dt = 0.128*exp((17.*mV-v+VT)/(18.*mV))/ms*(1.-h)-4./(1+exp((40.*mV-v+VT)/(5.*mV)))/ms*h : 1
        I : amp
      )",
      brian::threshold("v > -40*mV"), brian::refractory("v > -40*mV"),
      brian::method("exponential_euler"),
      brian::constants("Cm", Cm, "gl", gl, "El", El, "EK", EK, "ENa", ENa, "g_na", g_na, "g_kd",
                       g_kd, "VT", VT));
};
}  // namespace hodgkin_huxley
}  // namespace models
