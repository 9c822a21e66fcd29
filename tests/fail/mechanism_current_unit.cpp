// EXPECT: dimension_mismatch<.*current.*"A/m\^2".*"A"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct channel {
  static constexpr auto g = parameter<"g">(siemens / metre2);
#ifdef SHOULD_FAIL
  static constexpr auto model = density(current(g * membrane_area * (voltage + 65 * mV)));
#else
  static constexpr auto model = density(current(g * (voltage + 65 * mV)));
#endif
};

constexpr bool valid = nernst::kernel::compiled<channel>::valid;
