// EXPECT: dimension_mismatch<.*"diffuses".*"m.2".*"m"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct pool {
  static constexpr auto c = state<"c">(mmolar);
  static constexpr auto D = 0.6 * um * um / ms;
#ifdef SHOULD_FAIL
  static constexpr auto model =
      density(d(c) / dt = -c / (5 * ms), diffuses(c, D, diameter));  // mistake
#else
  static constexpr auto model =
      density(d(c) / dt = -c / (5 * ms), diffuses(c, D, diameter* diameter));
#endif
};

constexpr bool valid = nernst::kernel::compiled<pool>::valid;
