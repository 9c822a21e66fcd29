// EXPECT: misplaced_clause<.*"artificial".*"current"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cell {
  static constexpr auto g = state<"g">(ampere);
#ifdef SHOULD_FAIL
  static constexpr auto model = artificial(current(g), on_spike(g += 1 * nA));
#else
  static constexpr auto model = artificial(on_spike(g += 1 * nA));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cell>::valid;
