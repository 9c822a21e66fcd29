// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language.hpp>

namespace nernst::mechanisms {

using namespace language;

/// The cation current that hyperpolarisation opens, near 35 degrees Celsius.
/// Kole MHP, Hallermann S, Stuart GJ (2006) J Neurosci 26:1677-1687.
struct ih {
  static constexpr auto gbar = parameter<"gbar">(siemens / cm2);
  static constexpr auto e = parameter<"e">(volt);
  static constexpr auto usual = defaults(gbar = 0.00002 * siemens / cm2, e = -45 * mV);
  static constexpr auto m = state<"m">(one);

  static constexpr auto alpha = 0.00643 * 11.9 / exprel((voltage + 154.9 * mV) / (11.9 * mV)) / ms;
  static constexpr auto beta = 0.193 * exp(voltage / (33.1 * mV)) / ms;
  static constexpr auto g = gbar * m;

  static constexpr auto model =
      density(d(m) / dt = alpha * (1 - m) - beta * m, current((voltage - e) * g),
              initial(m = alpha / (alpha + beta)), usual);
};

}  // namespace nernst::mechanisms
