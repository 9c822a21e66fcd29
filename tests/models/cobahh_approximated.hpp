// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Hodgkin-Huxley with approximated rates: examples/advanced/COBAHH_approximated.py of Brian 2.
namespace cobahh_approximated {
struct written {
  static constexpr auto v_n_half = 12 * mV, v_m_half = 25 * mV, v_h_half = 3 * mV, k_n = 15 * mV,
                        k_m = 9 * mV, k_h = -7 * mV;
  static constexpr auto v_n_max = -14 * mV, v_m_max = 27 * mV, v_h_max = -2 * mV, sigma_n = 50 * mV,
                        sigma_m = 30 * mV, sigma_h = 20 * mV;
  static constexpr auto c_n_amp = 4.7 * ms, c_m_amp = 0.46 * ms, c_h_amp = 7.4 * ms;
  static constexpr auto c_n_base = 1.1 * ms, c_m_base = 0.04 * ms, c_h_base = 1.2 * ms;
  static constexpr auto g_K_bar = 36 * mS / cm2, g_Na_bar = 120 * mS / cm2, g_L = 0.3 * mS / cm2;
  static constexpr auto e_K = -12 * mV, e_Na = 120 * mV, e_L = 10.6 * mV;
  static constexpr auto C_mem = 1 * uF / cm2;
  static constexpr auto I_stim = timed_array<"I_stim">(ampere / meter2);

  static constexpr auto v = state<"v">(volt);
  static constexpr auto m = state<"m">(one);
  static constexpr auto n = state<"n">(one);
  static constexpr auto h = state<"h">(one);
  static constexpr auto m_inf = 1 / (1 + exp((v_m_half - v) / k_m));
  static constexpr auto n_inf = 1 / (1 + exp((v_n_half - v) / k_n));
  static constexpr auto h_inf = 1 / (1 + exp((v_h_half - v) / k_h));
  static constexpr auto tau_m = c_m_base + c_m_amp * exp(-pow<2>(v_m_max - v) / pow<2>(sigma_m));
  static constexpr auto tau_n = c_n_base + c_n_amp * exp(-pow<2>(v_n_max - v) / pow<2>(sigma_n));
  static constexpr auto tau_h = c_h_base + c_h_amp * exp(-pow<2>(v_h_max - v) / pow<2>(sigma_h));
  static constexpr auto g_K = g_K_bar * pow<4>(n);
  static constexpr auto g_Na = g_Na_bar * pow<3>(m) * h;
  static constexpr auto I_K = g_K * (v - e_K);
  static constexpr auto I_Na = g_Na * (v - e_Na);
  static constexpr auto I_L = g_L * (v - e_L);
  static constexpr auto I_ext = I_stim(t);
  static constexpr auto model =
      neuron(d(m) / dt = (m_inf - m) / tau_m, d(n) / dt = (n_inf - n) / tau_n,
             d(h) / dt = (h_inf - h) / tau_h, d(v) / dt = (I_ext - I_K - I_Na - I_L) / C_mem,
             method(euler));
};

struct text : written {
  static constexpr auto steady = "xinf = 1/(1+exp((v_half-v)/k)) : 1";
  static constexpr auto time_constant =
      "tau = c_base + c_amp*exp(-(v_max - v)**2/sigma**2) : second";
  static constexpr auto gate = "dx/dt = (xinf - x)/tau : 1";
  static constexpr auto model = brian::neuron(
      brian::equations(steady, "xinf", "m_inf", "v_half", "v_m_half", "k", "k_m") +
          brian::equations(time_constant, "tau", "tau_m", "c_base", "c_m_base", "c_amp", "c_m_amp",
                           "v_max", "v_m_max", "sigma", "sigma_m") +
          brian::equations(gate, "x", "m", "xinf", "m_inf", "tau", "tau_m") +
          brian::equations(steady, "xinf", "n_inf", "v_half", "v_n_half", "k", "k_n") +
          brian::equations(time_constant, "tau", "tau_n", "c_base", "c_n_base", "c_amp", "c_n_amp",
                           "v_max", "v_n_max", "sigma", "sigma_n") +
          brian::equations(gate, "x", "n", "xinf", "n_inf", "tau", "tau_n") +
          brian::equations(steady, "xinf", "h_inf", "v_half", "v_h_half", "k", "k_h") +
          brian::equations(time_constant, "tau", "tau_h", "c_base", "c_h_base", "c_amp", "c_h_amp",
                           "v_max", "v_h_max", "sigma", "sigma_h") +
          brian::equations(gate, "x", "h", "xinf", "h_inf", "tau", "tau_h") +
          "g_K = g_K_bar*n**4 : siemens/meter**2" + "g_Na = g_Na_bar*m**3*h : siemens/meter**2" +
          "I_K = g_K*(v - e_K) : ampere/meter**2" + "I_Na = g_Na*(v - e_Na) : ampere/meter**2" +
          "I_L = g_L*(v - e_L) : ampere/meter**2" + "I_ext = I_stim(t) : ampere/meter**2" +
          "dv/dt = (I_ext - I_K - I_Na - I_L)/C_mem : volt",
      brian::method("euler"), brian::timed_array("I_stim", ampere / meter2),
      brian::constants("v_n_half", v_n_half, "v_m_half", v_m_half, "v_h_half", v_h_half, "k_n", k_n,
                       "k_m", k_m, "k_h", k_h, "v_n_max", v_n_max, "v_m_max", v_m_max, "v_h_max",
                       v_h_max, "sigma_n", sigma_n, "sigma_m", sigma_m, "sigma_h", sigma_h,
                       "c_n_amp", c_n_amp, "c_m_amp", c_m_amp, "c_h_amp", c_h_amp, "c_n_base",
                       c_n_base, "c_m_base", c_m_base, "c_h_base", c_h_base, "g_K_bar", g_K_bar,
                       "g_Na_bar", g_Na_bar, "g_L", g_L, "e_K", e_K, "e_Na", e_Na, "e_L", e_L,
                       "C_mem", C_mem));
};
}  // namespace cobahh_approximated
}  // namespace models
