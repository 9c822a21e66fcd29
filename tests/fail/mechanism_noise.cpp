// EXPECT: misplaced_noise<.*current
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct channel {
  static constexpr auto g = parameter<"g">(siemens / metre2);
#ifdef SHOULD_FAIL
  static constexpr auto model = density(current(g * voltage * xi * pow<1, 2>(ms)));
#else
  static constexpr auto model = density(current(g * voltage));
#endif
};

constexpr bool valid = nernst::kernel::compiled<channel>::valid;
