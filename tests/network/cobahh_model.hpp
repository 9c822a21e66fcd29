// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language.hpp>

/// The COBAHH network of Brette et al. (2007), benchmark 3: Hodgkin-Huxley neurons with
/// conductance-based synapses.
namespace cobahh {
using namespace nernst::dsl;

/// What the neurons have but for two constants, which others may want as variables.
struct variables {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto m = state<"m">(one);
  static constexpr auto n = state<"n">(one);
  static constexpr auto h = state<"h">(one);
  static constexpr auto g_e = state<"g_e">(siemens);
  static constexpr auto g_i = state<"g_i">(siemens);

  static constexpr auto area = 20000 * um * um;
  static constexpr auto Cm = 1 * uF / (cm * cm) * area;
  static constexpr auto g_l = 5e-5 * siemens / (cm * cm) * area, g_kd = 30 * mS / (cm * cm) * area;
  static constexpr auto E_l = -60 * mV, E_K = -90 * mV, E_Na = 50 * mV, E_e = 0 * mV,
                        E_i = -80 * mV;
  static constexpr auto tau_e = 5 * ms, tau_i = 10 * ms;

  template <class Conductance, class Voltage>
  static constexpr auto equations(Conductance const& g_na, Voltage const& V_T) {
    auto const alpha_m = 0.32 / mV * 4 * mV / exprel((13 * mV - v + V_T) / (4 * mV)) / ms;
    auto const beta_m = 0.28 / mV * 5 * mV / exprel((v - V_T - 40 * mV) / (5 * mV)) / ms;
    auto const alpha_h = 0.128 * exp((17 * mV - v + V_T) / (18 * mV)) / ms;
    auto const beta_h = 4. / (1 + exp((40 * mV - v + V_T) / (5 * mV))) / ms;
    auto const alpha_n = 0.032 / mV * 5 * mV / exprel((15 * mV - v + V_T) / (5 * mV)) / ms;
    auto const beta_n = .5 * exp((10 * mV - v + V_T) / (40 * mV)) / ms;
    return neuron(
        d(v) / dt = (g_l * (E_l - v) + g_e * (E_e - v) + g_i * (E_i - v) -
                     g_na * (m * m * m) * h * (v - E_Na) - g_kd * (n * n * n * n) * (v - E_K)) /
                    Cm,
        d(m) / dt = alpha_m * (1 - m) - beta_m * m, d(n) / dt = alpha_n * (1 - n) - beta_n * n,
        d(h) / dt = alpha_h * (1 - h) - beta_h * h, d(g_e) / dt = -g_e * (1. / tau_e),
        d(g_i) / dt = -g_i * (1. / tau_i), threshold(v > -20 * mV), refractory(3 * ms),
        method(exponential_euler));
  }
};

struct neurons : variables {
  static constexpr auto g_na = 100 * mS / (cm * cm) * area;
  static constexpr auto V_T = -63 * mV;
  static constexpr auto model = equations(g_na, V_T);
};

struct excitation {
  static constexpr auto model = synapse(on_pre(post(neurons::g_e) += 6 * nS));
};

struct inhibition {
  static constexpr auto model = synapse(on_pre(post(neurons::g_i) += 67 * nS));
};
}  // namespace cobahh
