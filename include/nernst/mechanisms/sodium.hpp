// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language.hpp>

namespace nernst::mechanisms {

using namespace language;

/// The fast sodium current of hippocampal neurons, by the rates of Traub and Miles around a
/// threshold `vt`, at 36 degrees Celsius; q10 3.
/// Traub RD, Miles R (1991) Neuronal Networks of the Hippocampus, Cambridge University Press.
struct transient_sodium {
  static constexpr auto gbar = parameter<"gbar">(siemens / cm2);
  static constexpr auto vt = parameter<"vt">(volt);
  static constexpr auto usual = defaults(gbar = 0.05 * siemens / cm2, vt = -58 * mV);
  static constexpr auto m = state<"m">(one);
  static constexpr auto h = state<"h">(one);

  static constexpr auto u = voltage - vt;
  static constexpr auto speed = pow(3.0, (celsius - 36) / 10) / ms;
  static constexpr auto alpha_m = speed * 0.32 * 4 / exprel((13 * mV - u) / (4 * mV));
  static constexpr auto beta_m = speed * 0.28 * 5 / exprel((u - 40 * mV) / (5 * mV));
  static constexpr auto alpha_h = speed * 0.128 * exp((17 * mV - u) / (18 * mV));
  static constexpr auto beta_h = speed * 4 / (1 + exp((40 * mV - u) / (5 * mV)));
  static constexpr auto g = gbar * m * m * m * h;

  static constexpr auto model = density(
      d(m) / dt = alpha_m * (1 - m) - beta_m * m, d(h) / dt = alpha_h * (1 - h) - beta_h * h,
      sodium.current((voltage - sodium.reversal) * g),
      initial(m = alpha_m / (alpha_m + beta_m), h = alpha_h / (alpha_h + beta_h)), usual);
};

/// A sodium current that inactivates in seconds, at 21 degrees Celsius; q10 2.3. Its activation,
/// which was too fast to be measured, has a sixth of the rate of a transient one.
/// Magistretti J, Alonso A (1999) J Gen Physiol 114:491-509, in the form of Hay E et al. (2011)
/// PLoS Comput Biol 7:e1002107.
struct persistent_sodium {
  static constexpr auto gbar = parameter<"gbar">(siemens / cm2);
  static constexpr auto usual = defaults(gbar = 1e-5 * siemens / cm2);
  static constexpr auto m = state<"m">(one);
  static constexpr auto h = state<"h">(one);

  static constexpr auto speed = pow(2.3, (celsius - 21) / 10) / ms;
  static constexpr auto m_end = 1 / (1 + exp(-(voltage + 52.6 * mV) / (4.6 * mV)));
  static constexpr auto h_end = 1 / (1 + exp((voltage + 48.8 * mV) / (10 * mV)));
  static constexpr auto rate_m = speed * (0.182 / exprel(-(voltage + 38 * mV) / (6 * mV)) +
                                          0.124 / exprel((voltage + 38 * mV) / (6 * mV)));
  static constexpr auto rate_h =
      speed * (2.88e-6 * 4.63 / exprel((voltage + 17 * mV) / (4.63 * mV)) +
               6.94e-6 * 2.63 / exprel(-(voltage + 64.4 * mV) / (2.63 * mV)));
  static constexpr auto g = gbar * m * m * m * h;

  static constexpr auto model = density(
      d(m) / dt = (m_end - m) * rate_m, d(h) / dt = (h_end - h) * rate_h,
      sodium.current((voltage - sodium.reversal) * g), initial(m = m_end, h = h_end), usual);
};

}  // namespace nernst::mechanisms
