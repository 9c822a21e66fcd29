// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language.hpp>

namespace nernst::mechanisms {

using namespace language;

/// The delayed rectifier of hippocampal neurons, by the rates of Traub and Miles around a threshold
/// `vt`, at 36 degrees Celsius; q10 3.
/// Traub RD, Miles R (1991) Neuronal Networks of the Hippocampus, Cambridge University Press.
struct delayed_rectifier {
  static constexpr auto gbar = parameter<"gbar">(siemens / cm2);
  static constexpr auto vt = parameter<"vt">(volt);
  static constexpr auto usual = defaults(gbar = 0.01 * siemens / cm2, vt = -58 * mV);
  static constexpr auto n = state<"n">(one);

  static constexpr auto u = voltage - vt;
  static constexpr auto speed = pow(3.0, (celsius - 36) / 10) / ms;
  static constexpr auto alpha = speed * 0.032 * 5 / exprel((15 * mV - u) / (5 * mV));
  static constexpr auto beta = speed * 0.5 * exp((10 * mV - u) / (40 * mV));
  static constexpr auto g = gbar * n * n * n * n;

  static constexpr auto model = density(d(n) / dt = alpha * (1 - n) - beta * n,
                                        potassium.current((voltage - potassium.reversal) * g),
                                        initial(n = alpha / (alpha + beta)), usual);
};

/// The transient A current, at 18 degrees Celsius; q10 3.
/// Connor JA, Stevens CF (1971) J Physiol 213:31-53, in the form of Dayan P, Abbott LF (2001)
/// Theoretical Neuroscience, MIT Press, section 6.6.
struct a_type_potassium {
  static constexpr auto gbar = parameter<"gbar">(siemens / cm2);
  static constexpr auto usual = defaults(gbar = 0.002 * siemens / cm2);
  static constexpr auto a = state<"a">(one);
  static constexpr auto b = state<"b">(one);

  static constexpr auto speed = pow(3.0, (celsius - 18) / 10) / ms;
  static constexpr auto a_end = pow<1, 3>(0.0761 * exp((voltage + 94.22 * mV) * (0.0314 / mV)) /
                                          (1 + exp((voltage + 1.17 * mV) * (0.0346 / mV))));
  static constexpr auto a_rate =
      speed / (0.3632 + 1.158 / (1 + exp((voltage + 55.96 * mV) * (0.0497 / mV))));
  static constexpr auto b_end = 1 / pow<4>(1 + exp((voltage + 53.3 * mV) * (0.0688 / mV)));
  static constexpr auto b_rate =
      speed / (1.24 + 2.678 / (1 + exp((voltage + 50 * mV) * (0.0624 / mV))));
  static constexpr auto g = gbar * a * a * a * b;

  static constexpr auto model = density(
      d(a) / dt = (a_end - a) * a_rate, d(b) / dt = (b_end - b) * b_rate,
      potassium.current((voltage - potassium.reversal) * g), initial(a = a_end, b = b_end), usual);
};

/// The slow M current, at 36 degrees Celsius; q10 2.3. `taumax` is about twice the longest time
/// constant times 1.8.
/// Yamada WM, Koch C, Adams PR (1989) in: Koch C, Segev I (eds) Methods in Neuronal Modeling, MIT
/// Press.
struct m_type_potassium {
  static constexpr auto gbar = parameter<"gbar">(siemens / cm2);
  static constexpr auto taumax = parameter<"taumax">(second);
  static constexpr auto usual = defaults(gbar = 0.0001 * siemens / cm2, taumax = 1 * second);
  static constexpr auto m = state<"m">(one);

  static constexpr auto x = (voltage + 35 * mV) / (20 * mV);
  static constexpr auto end = 1 / (1 + exp(-2 * x));
  static constexpr auto rate = pow(2.3, (celsius - 36) / 10) * (3.3 * exp(x) + exp(-x)) / taumax;
  static constexpr auto g = gbar * m;

  static constexpr auto model =
      density(d(m) / dt = (end - m) * rate, potassium.current((voltage - potassium.reversal) * g),
              initial(m = end), usual);
};

/// The small-conductance potassium current, which calcium opens.
/// Koehler M et al. (1996) Science 273:1709-1714.
struct sk_potassium {
  static constexpr auto gbar = parameter<"gbar">(siemens / cm2);
  static constexpr auto half = parameter<"half">(molar);
  static constexpr auto tau = parameter<"tau">(second);
  static constexpr auto usual =
      defaults(gbar = 0.0005 * siemens / cm2, half = 0.43 * uM, tau = 1 * ms);
  static constexpr auto z = state<"z">(one);

  static constexpr auto end = 1 / (1 + pow(half / calcium.inside, 4.8));
  static constexpr auto g = gbar * z;

  static constexpr auto model =
      density(d(z) / dt = (end - z) / tau, potassium.current((voltage - potassium.reversal) * g),
              initial(z = end), usual);
};

}  // namespace nernst::mechanisms
