// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language.hpp>

namespace nernst::mechanisms {

using namespace language;

/// Calcium in a shell of some `depth` beneath the membrane, which decays towards a concentration at
/// rest; buffers leave a share of what flows in `unbound`. It writes `calcium.inside`.
/// Destexhe A, Mainen ZF, Sejnowski TJ (1994) J Comput Neurosci 1:195-230.
struct calcium_pool {
  static constexpr auto depth = parameter<"depth">(metre) | above_0;
  static constexpr auto tau = parameter<"tau">(second) | above_0;
  static constexpr auto rest = parameter<"rest">(molar) | at_least_0;
  static constexpr auto unbound = parameter<"unbound">(one);
  static constexpr auto usual =
      defaults(depth = 0.1 * um, tau = 80 * ms, rest = 0.1 * uM, unbound = 0.05);
  static constexpr auto c = state<"c">(molar);
  static constexpr auto model =
      density(d(c) / dt = -calcium.total_current * unbound / (calcium.molar_charge * depth) -
                          (c - rest) / tau,
              write(calcium.inside = c), initial(c = rest), usual);
};

/// Potassium in the narrow space around a membrane, which exchanges with a bath. It writes
/// `potassium.outside`.
/// Frankenhaeuser B, Hodgkin AL (1956) J Physiol 131:341-376.
struct potassium_space {
  static constexpr auto width = parameter<"width">(metre) | above_0;
  static constexpr auto tau = parameter<"tau">(second) | above_0;
  static constexpr auto bath = parameter<"bath">(molar) | at_least_0;
  static constexpr auto usual = defaults(width = 0.03 * um, tau = 50 * ms, bath = 2.5 * mM);
  static constexpr auto c = state<"c">(molar);
  static constexpr auto model = density(
      d(c) / dt = potassium.total_current / (potassium.molar_charge * width) + (bath - c) / tau,
      write(potassium.outside = c), initial(c = bath), usual);
};

}  // namespace nernst::mechanisms
