// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language.hpp>

namespace nernst::mechanisms {

using namespace language;

/// A current into the compartment for some time, as NEURON's `IClamp`.
struct current_clamp {
  static constexpr auto delay = parameter<"delay">(second);
  static constexpr auto duration = parameter<"duration">(second);
  static constexpr auto amplitude = parameter<"amplitude">(ampere);
  static constexpr auto usual = defaults(delay = 0 * ms, duration = 0 * ms, amplitude = 0 * nA);
  static constexpr auto model =
      point(electrode_current(where(t >= delay && t < delay + duration, amplitude, 0 * nA)), usual);
};

/// Holds the compartment at three voltages, one after the other, through the resistance `rs` of an
/// electrode, and then lets it go. As NEURON's `SEClamp`.
struct voltage_clamp {
  static constexpr auto rs = parameter<"rs">(ohm) | above_0;
  static constexpr auto duration1 = parameter<"duration1">(second);
  static constexpr auto duration2 = parameter<"duration2">(second);
  static constexpr auto duration3 = parameter<"duration3">(second);
  static constexpr auto level1 = parameter<"level1">(volt);
  static constexpr auto level2 = parameter<"level2">(volt);
  static constexpr auto level3 = parameter<"level3">(volt);
  static constexpr auto usual =
      defaults(rs = 1 * Mohm, duration1 = 0 * ms, duration2 = 0 * ms, duration3 = 0 * ms,
               level1 = 0 * mV, level2 = 0 * mV, level3 = 0 * mV);

  static constexpr auto end1 = duration1;
  static constexpr auto end2 = duration1 + duration2;
  static constexpr auto end3 = end2 + duration3;
  static constexpr auto level = where(t < duration1, level1, where(t < end2, level2, level3));
  static constexpr auto model =
      point(electrode_current(where(t < end3, level - voltage, 0 * mV) / rs), usual);
};

}  // namespace nernst::mechanisms
