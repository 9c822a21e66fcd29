// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace nernst::ir {

/// With what a value changes. A set: what is computed from several values changes with whatever one
/// of them changes with.
enum class variation : std::uint8_t {
  never = 0,        ///< one value per population and run
  by_element = 1,   ///< differs between the elements of a population
  by_step = 2,      ///< may differ from step to step
  within_step = 4,  ///< may differ within a step
  by_state = 8,     ///< depends on states
  by_draw = 16,     ///< drawn anew
};

constexpr variation operator|(variation a, variation b) {
  return static_cast<variation>(static_cast<int>(a) | static_cast<int>(b));
}
/// Whether a value changes with any of these.
constexpr bool changes(variation value, variation with) {
  return (static_cast<int>(value) & static_cast<int>(with)) != 0;
}

/// How often a value has to be computed, which follows from what it changes with.
enum class frequency : std::uint8_t { per_run, per_step, per_element };

constexpr frequency frequency_of(variation v) {
  if (changes(v, variation::by_element | variation::by_draw)) return frequency::per_element;
  if (v == variation::never) return frequency::per_run;
  return frequency::per_step;
}

}  // namespace nernst::ir
