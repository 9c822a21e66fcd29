// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language.hpp>

namespace nernst::mechanisms {

using namespace language;

/// Sodium, potassium and leak of the squid's giant axon, at 6.3 degrees Celsius; three times as
/// fast at 10 degrees more. As NEURON's `hh` with usetable_hh = 0. Hodgkin AL, Huxley AF (1952) J
/// Physiol 117:500-544.
struct hh {
  static constexpr auto gnabar = parameter<"gnabar">(siemens / cm2);
  static constexpr auto gkbar = parameter<"gkbar">(siemens / cm2);
  static constexpr auto gl = parameter<"gl">(siemens / cm2);
  static constexpr auto el = parameter<"el">(volt);
  static constexpr auto usual =
      defaults(gnabar = 0.12 * siemens / cm2, gkbar = 0.036 * siemens / cm2,
               gl = 0.0003 * siemens / cm2, el = -54.3 * mV);
  static constexpr auto m = state<"m">(one);
  static constexpr auto h = state<"h">(one);
  static constexpr auto n = state<"n">(one);

  static constexpr auto speed = pow(3.0, (celsius - 6.3) / 10) / ms;
  static constexpr auto alpha_m = speed / exprel(-(voltage + 40 * mV) / (10 * mV));
  static constexpr auto beta_m = speed * 4 * exp(-(voltage + 65 * mV) / (18 * mV));
  static constexpr auto alpha_h = speed * 0.07 * exp(-(voltage + 65 * mV) / (20 * mV));
  static constexpr auto beta_h = speed / (exp(-(voltage + 35 * mV) / (10 * mV)) + 1);
  static constexpr auto alpha_n = speed * 0.1 / exprel(-(voltage + 55 * mV) / (10 * mV));
  static constexpr auto beta_n = speed * 0.125 * exp(-(voltage + 65 * mV) / (80 * mV));
  static constexpr auto g_na = gnabar * m * m * m * h;
  static constexpr auto g_k = gkbar * n * n * n * n;

  static constexpr auto model = density(
      d(m) / dt = alpha_m * (1 - m) - beta_m * m, d(h) / dt = alpha_h * (1 - h) - beta_h * h,
      d(n) / dt = alpha_n * (1 - n) - beta_n * n,
      sodium.current((voltage - sodium.reversal) * g_na),
      potassium.current((voltage - potassium.reversal) * g_k), current((voltage - el) * gl),
      initial(m = alpha_m / (alpha_m + beta_m), h = alpha_h / (alpha_h + beta_h),
              n = alpha_n / (alpha_n + beta_n)),
      usual);
};

/// The same with steady states and time constants from tables over the voltage, as NEURON's `hh`
/// has them as long as nobody says usetable_hh = 0: spikes move by up to 0.1 ms.
struct tabulated_hh : hh {
  static constexpr auto m_inf = subexpression<"m_inf">(alpha_m / (alpha_m + beta_m));
  static constexpr auto h_inf = subexpression<"h_inf">(alpha_h / (alpha_h + beta_h));
  static constexpr auto n_inf = subexpression<"n_inf">(alpha_n / (alpha_n + beta_n));
  static constexpr auto tau_m = subexpression<"tau_m">(1 / (alpha_m + beta_m));
  static constexpr auto tau_h = subexpression<"tau_h">(1 / (alpha_h + beta_h));
  static constexpr auto tau_n = subexpression<"tau_n">(1 / (alpha_n + beta_n));

  static constexpr auto model =
      density(m_inf, h_inf, n_inf, tau_m, tau_h, tau_n,
              tabulate(voltage, -100 * mV, 100 * mV, 200, m_inf, h_inf, n_inf, tau_m, tau_h, tau_n),
              d(m) / dt = (m_inf - m) / tau_m, d(h) / dt = (h_inf - h) / tau_h,
              d(n) / dt = (n_inf - n) / tau_n, sodium.current((voltage - sodium.reversal) * g_na),
              potassium.current((voltage - potassium.reversal) * g_k), current((voltage - el) * gl),
              initial(m = m_inf, h = h_inf, n = n_inf), usual);
};

}  // namespace nernst::mechanisms
