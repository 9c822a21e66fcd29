// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language.hpp>

namespace nernst::mechanisms {

using namespace language;

/// A leak, as NEURON's `pas`.
struct passive {
  static constexpr auto g = parameter<"g">(siemens / cm2);
  static constexpr auto e = parameter<"e">(volt);
  static constexpr auto usual = defaults(g = 1 * mS / cm2, e = -70 * mV);
  static constexpr auto model = density(current(g * (voltage - e)), usual);
};

}  // namespace nernst::mechanisms
