// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Thalamic relay neuron with T-current: the soma of examples/frompapers/Destexhe_et_al_1998.py of
/// Brian 2.
namespace destexhe_1998 {
struct written {
  static constexpr auto VT = -52 * mV, El = -76.5 * mV, E_Na = 50 * mV, E_K = -100 * mV;
  static constexpr double tadj_HH = 0.8027415617602307;    ///< 3.0**((34-36)/10.0)
  static constexpr double tadj_m_T = 2.5, tadj_h_T = 2.5;  ///< 2.5**((34-24)/10.0)
  static constexpr auto F = faraday_constant;
  static constexpr auto gamma = F / (gas_constant * (34 * kelvin + zero_celsius));
  static constexpr int Z_Ca = 2;
  static constexpr auto Ca_i = 240 * nM, Ca_o = 2 * mM;
  static constexpr auto Cm = 0.88 * uF / pow<2>(cm);
  static constexpr auto gl = 0.0379 * msiemens / pow<2>(cm), g_Na = 100 * msiemens / pow<2>(cm),
                        g_K = 100 * msiemens / pow<2>(cm);
  static constexpr auto P_Ca = 9.5e-5 * cm / second;

  static constexpr auto v = state<"v">(volt);
  static constexpr auto m = state<"m">(one);
  static constexpr auto n = state<"n">(one);
  static constexpr auto h = state<"h">(one);
  static constexpr auto m_T = state<"m_T">(one);
  static constexpr auto h_T = state<"h_T">(one);
  static constexpr auto I_inj = parameter<"I_inj">(amp / meter2);
  static constexpr auto I_Na = g_Na * pow<3>(m) * h * (v - E_Na);
  static constexpr auto I_K = g_K * pow<4>(n) * (v - E_K);
  static constexpr auto v2 = v - VT;
  static constexpr auto G_Ca = Z_Ca * Z_Ca * F * v * gamma *
                               (Ca_i - Ca_o * exp(-Z_Ca * gamma * v)) /
                               (1 - exp(-Z_Ca * gamma * v));
  static constexpr auto I_T = P_Ca * pow<2>(m_T) * h_T * G_Ca;
  static constexpr auto m_T_inf = 1 / (1 + exp(-(v / mV + 56) / 6.2));
  static constexpr auto h_T_inf = 1 / (1 + exp((v / mV + 80) / 4));
  static constexpr auto tau_m_T =
      (0.612 + 1.0 / (exp(-(v / mV + 131) / 16.7) + exp((v / mV + 15.8) / 18.2))) * ms / tadj_m_T;
  static constexpr auto tau_h_T = (trunc(v < -81 * mV) * exp((v / mV + 466) / 66.6) +
                                   trunc(v >= -81 * mV) * (28 + exp(-(v / mV + 21) / 10.5))) *
                                  ms / tadj_h_T;
  static constexpr auto model =
      neuron(d(v) / dt = (gl * (El - v) - I_Na - I_K - I_T + I_inj) / Cm,
             d(m) / dt = (0.32 * pow<-1>(mV) * (13. * mV - v2) /
                              (exp((13. * mV - v2) / (4. * mV)) - 1.) * (1 - m) -
                          0.28 * pow<-1>(mV) * (v2 - 40. * mV) /
                              (exp((v2 - 40. * mV) / (5. * mV)) - 1.) * m) /
                         ms * tadj_HH,
             d(n) / dt = (0.032 * pow<-1>(mV) * (15. * mV - v2) /
                              (exp((15. * mV - v2) / (5. * mV)) - 1.) * (1. - n) -
                          .5 * exp((10. * mV - v2) / (40. * mV)) * n) /
                         ms * tadj_HH,
             d(h) / dt = (0.128 * exp((17. * mV - v2) / (18. * mV)) * (1. - h) -
                          4. / (1 + exp((40. * mV - v2) / (5. * mV))) * h) /
                         ms * tadj_HH,
             d(m_T) / dt = -(m_T - m_T_inf) / tau_m_T, d(h_T) / dt = -(h_T - h_T_inf) / tau_h_T,
             method(exponential_euler));
};

struct text : written {
  static constexpr auto model = brian::neuron(
      R"(
        dv/dt = (gl*(El-v) - I_Na - I_K - I_T + I_inj)/Cm : volt
        I_inj : amp/meter**2
        I_Na = g_Na * m**3 * h * (v-E_Na) : amp/meter**2
        I_K = g_K * n**4 * (v-E_K) : amp/meter**2
        v2 = v - VT : volt  # shifted membrane potential (Traub convention)
        dm/dt = (0.32*(mV**-1)*(13.*mV-v2)/
                (exp((13.*mV-v2)/(4.*mV))-1.)*(1-m)-0.28*(mV**-1)*(v2-40.*mV)/
                (exp((v2-40.*mV)/(5.*mV))-1.)*m) / ms * tadj_HH: 1
        dn/dt = (0.032*(mV**-1)*(15.*mV-v2)/
                (exp((15.*mV-v2)/(5.*mV))-1.)*(1.-n)-.5*exp((10.*mV-v2)/(40.*mV))*n) / ms * tadj_HH: 1
        dh/dt = (0.128*exp((17.*mV-v2)/(18.*mV))*(1.-h)-4./(1+exp((40.*mV-v2)/(5.*mV)))*h) / ms * tadj_HH: 1
        I_T = P_Ca * m_T**2*h_T * G_Ca : amp/meter**2
        G_Ca = Z_Ca**2*F*v*gamma*(Ca_i - Ca_o*exp(-Z_Ca*gamma*v))/(1 - exp(-Z_Ca*gamma*v)) : coulomb/meter**3
        dm_T/dt = -(m_T - m_T_inf)/tau_m_T : 1
        dh_T/dt = -(h_T - h_T_inf)/tau_h_T : 1
        m_T_inf = 1/(1 + exp(-(v/mV + 56)/6.2)) : 1
        h_T_inf = 1/(1 + exp((v/mV + 80)/4)) : 1
        tau_m_T = (0.612 + 1.0/(exp(-(v/mV + 131)/16.7) + exp((v/mV + 15.8)/18.2))) * ms / tadj_m_T: second
        tau_h_T = (int(v<-81*mV) * exp((v/mV + 466)/66.6) +
                   int(v>=-81*mV) * (28 + exp(-(v/mV + 21)/10.5))) * ms / tadj_h_T: second
      )",
      brian::method("exponential_euler"),
      brian::constants("VT", VT, "El", El, "E_Na", E_Na, "E_K", E_K, "tadj_HH", tadj_HH, "tadj_m_T",
                       tadj_m_T, "tadj_h_T", tadj_h_T, "F", F, "gamma", gamma, "Z_Ca", Z_Ca, "Ca_i",
                       Ca_i, "Ca_o", Ca_o, "Cm", Cm, "gl", gl, "g_Na", g_Na, "g_K", g_K, "P_Ca",
                       P_Ca));
};
}  // namespace destexhe_1998
}  // namespace models
