// EXPECT: misplaced_clause<.*"point".*"diffuses"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct pool {
  static constexpr auto c = state<"c">(mmolar);
  static constexpr auto moves = diffuses(c, 0.6 * um * um / ms, diameter* diameter);
#ifdef SHOULD_FAIL
  static constexpr auto model = point(d(c) / dt = -c / (5 * ms), moves);
#else
  static constexpr auto model = density(d(c) / dt = -c / (5 * ms), moves);
#endif
};

constexpr bool valid = nernst::kernel::compiled<pool>::valid;
