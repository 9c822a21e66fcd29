// EXPECT: misplaced_statement<.*initial: v.*compartment
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct channel {
  static constexpr auto x = state<"x">(volt);
#ifdef SHOULD_FAIL
  static constexpr auto model = density(initial(voltage = -65 * mV));
#else
  static constexpr auto model = density(initial(x = voltage), x);
#endif
};

constexpr bool valid = nernst::kernel::compiled<channel>::valid;
