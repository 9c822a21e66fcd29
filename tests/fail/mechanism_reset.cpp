// EXPECT: misplaced_clause<.*"point".*"reset"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct channel {
  static constexpr auto g = state<"g">(siemens);
#ifdef SHOULD_FAIL
  static constexpr auto model = point(threshold(voltage > 0 * mV), reset(g = 0 * nS));
#else
  static constexpr auto model = point(threshold(voltage > 0 * mV), g);
#endif
};

constexpr bool valid = nernst::kernel::compiled<channel>::valid;
