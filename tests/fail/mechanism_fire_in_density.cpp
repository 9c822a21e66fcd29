// EXPECT: misplaced_clause<.*"density".*"fire"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct channel {
  static constexpr auto g = state<"g">(one);
#ifdef SHOULD_FAIL
  static constexpr auto model = density(initial(send<"end">(2 * ms)), on_event<"end">(fire()), g);
#else
  static constexpr auto model = density(initial(send<"end">(2 * ms)), on_event<"end">(g = 0));
#endif
};

constexpr bool valid = nernst::kernel::compiled<channel>::valid;
