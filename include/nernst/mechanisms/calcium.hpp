// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language.hpp>

namespace nernst::mechanisms {

using namespace language;

/// The high-voltage activated (L) calcium current, at 23 degrees Celsius; q10 2.3.
/// Reuveni I, Friedman A, Amitai Y, Gutnick MJ (1993) J Neurosci 13:4609-4621.
struct high_voltage_calcium {
  static constexpr auto gbar = parameter<"gbar">(siemens / cm2);
  static constexpr auto usual = defaults(gbar = 0.0002 * siemens / cm2);
  static constexpr auto m = state<"m">(one);
  static constexpr auto h = state<"h">(one);

  static constexpr auto speed = pow(2.3, (celsius - 23) / 10) / ms;
  static constexpr auto alpha_m = speed * 0.055 * 3.8 / exprel(-(voltage + 27 * mV) / (3.8 * mV));
  static constexpr auto beta_m = speed * 0.94 * exp(-(voltage + 75 * mV) / (17 * mV));
  static constexpr auto alpha_h = speed * 0.000457 * exp(-(voltage + 13 * mV) / (50 * mV));
  static constexpr auto beta_h = speed * 0.0065 / (1 + exp(-(voltage + 15 * mV) / (28 * mV)));
  static constexpr auto g = gbar * m * m * h;

  static constexpr auto model = density(
      d(m) / dt = alpha_m * (1 - m) - beta_m * m, d(h) / dt = alpha_h * (1 - h) - beta_h * h,
      calcium.current((voltage - calcium.reversal) * g),
      initial(m = alpha_m / (alpha_m + beta_m), h = alpha_h / (alpha_h + beta_h)), usual);
};

/// The low-voltage activated (T) calcium current, at 24 degrees Celsius; q10 5 and 3. It follows
/// the equation of Goldman, Hodgkin and Katz: `pbar` is a permeability. Huguenard JR, McCormick DA
/// (1992) J Neurophysiol 68:1373-1383.
struct low_voltage_calcium {
  static constexpr auto pbar = parameter<"pbar">(metre / second);
  static constexpr auto usual = defaults(pbar = 1e-5 * cm / second);
  static constexpr auto m = state<"m">(one);
  static constexpr auto h = state<"h">(one);

  static constexpr auto m_end = 1 / (1 + exp(-(voltage + 57 * mV) / (6.2 * mV)));
  static constexpr auto h_end = 1 / (1 + exp((voltage + 81 * mV) / (4 * mV)));
  static constexpr auto m_tau = pow(5.0, (24 - celsius) / 10) * ms *
                                (0.612 + 1 / (exp(-(voltage + 132 * mV) / (16.7 * mV)) +
                                              exp((voltage + 16.8 * mV) / (18.2 * mV))));
  static constexpr auto h_tau = pow(3.0, (24 - celsius) / 10) * ms *
                                where(voltage < -80 * mV, exp((voltage + 467 * mV) / (66.6 * mV)),
                                      28 + exp(-(voltage + 22 * mV) / (10.5 * mV)));
  static constexpr auto p = pbar * m * m * h;

  static constexpr auto model =
      density(d(m) / dt = (m_end - m) / m_tau, d(h) / dt = (h_end - h) / h_tau,
              calcium.current(calcium.ghk() * p), initial(m = m_end, h = h_end), usual);
};

}  // namespace nernst::mechanisms
