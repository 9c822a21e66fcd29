// EXPECT: misplaced_statement<.*write: v.*no ion
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct channel {
  static constexpr auto v_new = parameter<"v_new">(volt);
  static constexpr auto c = parameter<"c">(mmolar);
#ifdef SHOULD_FAIL
  static constexpr auto model = density(write(voltage = v_new));
#else
  static constexpr auto model = density(v_new, write(calcium.inside = c), c);
#endif
};

constexpr bool valid = nernst::kernel::compiled<channel>::valid;
