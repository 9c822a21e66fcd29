// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Barnacle muscle fibre: examples/frompapers/Morris_Lecar_1981.py of Brian 2.
namespace morris_lecar_1981 {
struct written {
  static constexpr auto g_L = 2 * mS, g_Ca = 4 * mS, g_K = 8 * mS;
  static constexpr auto V_L = -50 * mV, V_Ca = 100 * mV, V_K = -70 * mV;
  static constexpr auto lambda_n_max = 1.0 / (15 * ms);
  static constexpr auto V_1 = 10 * mV, V_2 = 15 * mV, V_3 = -1 * mV, V_4 = 14.5 * mV;
  static constexpr auto C = 20 * uF;

  static constexpr auto V = state<"V">(volt);
  static constexpr auto n = state<"n">(one);
  static constexpr auto I = parameter<"I">(amp);
  static constexpr auto m_inf = 0.5 * (1 + tanh((V - V_1) / V_2));
  static constexpr auto n_inf = 0.5 * (1 + tanh((V - V_3) / V_4));
  static constexpr auto lambda_n = lambda_n_max * cosh((V - V_3) / (2 * V_4));
  static constexpr auto model = neuron(
      d(V) / dt = (-g_L * (V - V_L) - g_Ca * m_inf * (V - V_Ca) - g_K * n * (V - V_K) + I) / C,
      d(n) / dt = lambda_n * (n_inf - n), method(exponential_euler));
};

struct text : written {
  static constexpr auto model = brian::neuron(
      R"(
        dV/dt = (-g_L*(V - V_L) - g_Ca*m_inf*(V - V_Ca) - g_K*n*(V - V_K) + I)/C : volt
        dn/dt = lambda_n*(n_inf - n) : 1
        m_inf = 0.5*(1 + tanh((V - V_1)/V_2)) : 1
        n_inf = 0.5*(1 + tanh((V - V_3)/V_4)) : 1
        lambda_n = lambda_n__max*cosh((V - V_3)/(2*V_4)) : Hz
        I : amp
      )",
      brian::method("exponential_euler"),
      brian::constants("g_L", g_L, "g_Ca", g_Ca, "g_K", g_K, "V_L", V_L, "V_Ca", V_Ca, "V_K", V_K,
                       "lambda_n__max", lambda_n_max, "V_1", V_1, "V_2", V_2, "V_3", V_3, "V_4",
                       V_4, "C", C));
};
}  // namespace morris_lecar_1981
}  // namespace models
