// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Neurons of the benchmark COBAHH (Brette et al. 2007): examples/COBAHH.py of Brian 2.
namespace cobahh {
struct written {
  static constexpr auto area = 20000 * umetre2;
  static constexpr auto Cm = (1 * ufarad / cm2) * area;
  static constexpr auto gl = (5e-5 * siemens / cm2) * area, g_na = (100 * msiemens / cm2) * area,
                        g_kd = (30 * msiemens / cm2) * area;
  static constexpr auto El = -60 * mV, EK = -90 * mV, ENa = 50 * mV, VT = -63 * mV, Ee = 0 * mV,
                        Ei = -80 * mV;
  static constexpr auto taue = 5 * ms, taui = 10 * ms;

  static constexpr auto v = state<"v">(volt);
  static constexpr auto m = state<"m">(one);
  static constexpr auto n = state<"n">(one);
  static constexpr auto h = state<"h">(one);
  static constexpr auto ge = state<"ge">(siemens);
  static constexpr auto gi = state<"gi">(siemens);
  static constexpr auto alpha_m =
      0.32 * pow<-1>(mV) * 4 * mV / exprel((13 * mV - v + VT) / (4 * mV)) / ms;
  static constexpr auto beta_m =
      0.28 * pow<-1>(mV) * 5 * mV / exprel((v - VT - 40 * mV) / (5 * mV)) / ms;
  static constexpr auto alpha_h = 0.128 * exp((17 * mV - v + VT) / (18 * mV)) / ms;
  static constexpr auto beta_h = 4. / (1 + exp((40 * mV - v + VT) / (5 * mV))) / ms;
  static constexpr auto alpha_n =
      0.032 * pow<-1>(mV) * 5 * mV / exprel((15 * mV - v + VT) / (5 * mV)) / ms;
  static constexpr auto beta_n = .5 * exp((10 * mV - v + VT) / (40 * mV)) / ms;
  static constexpr auto model =
      neuron(d(v) / dt = (gl * (El - v) + ge * (Ee - v) + gi * (Ei - v) -
                          g_na * (m * m * m) * h * (v - ENa) - g_kd * (n * n * n * n) * (v - EK)) /
                         Cm,
             d(m) / dt = alpha_m * (1 - m) - beta_m * m, d(n) / dt = alpha_n * (1 - n) - beta_n * n,
             d(h) / dt = alpha_h * (1 - h) - beta_h * h, d(ge) / dt = -ge * (1. / taue),
             d(gi) / dt = -gi * (1. / taui), threshold(v > -20 * mV), refractory(3 * ms),
             method(exponential_euler));
};

struct text : written {
  static constexpr auto model = brian::neuron(
      R"(
        dv/dt = (gl*(El-v)+ge*(Ee-v)+gi*(Ei-v)-
                 g_na*(m*m*m)*h*(v-ENa)-
                 g_kd*(n*n*n*n)*(v-EK))/Cm : volt
        dm/dt = alpha_m*(1-m)-beta_m*m : 1
        dn/dt = alpha_n*(1-n)-beta_n*n : 1
        dh/dt = alpha_h*(1-h)-beta_h*h : 1
        dge/dt = -ge*(1./taue) : siemens
        dgi/dt = -gi*(1./taui) : siemens
        alpha_m = 0.32*(mV**-1)*4*mV/exprel((13*mV-v+VT)/(4*mV))/ms : Hz
        beta_m = 0.28*(mV**-1)*5*mV/exprel((v-VT-40*mV)/(5*mV))/ms : Hz
        alpha_h = 0.128*exp((17*mV-v+VT)/(18*mV))/ms : Hz
        beta_h = 4./(1+exp((40*mV-v+VT)/(5*mV)))/ms : Hz
        alpha_n = 0.032*(mV**-1)*5*mV/exprel((15*mV-v+VT)/(5*mV))/ms : Hz
        beta_n = .5*exp((10*mV-v+VT)/(40*mV))/ms : Hz
      )",
      brian::threshold("v>-20*mV"), brian::refractory(3 * ms), brian::method("exponential_euler"),
      brian::constants("Cm", Cm, "gl", gl, "El", El, "EK", EK, "ENa", ENa, "g_na", g_na, "g_kd",
                       g_kd, "VT", VT, "taue", taue, "taui", taui, "Ee", Ee, "Ei", Ei));
};
}  // namespace cobahh
}  // namespace models
