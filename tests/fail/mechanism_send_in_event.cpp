// EXPECT: not_supported<.*"high".*"watch_for in the place of event"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct channel {
  static constexpr auto g = state<"g">(one);
#ifdef SHOULD_FAIL
  static constexpr auto model =
      point(event<"high">(voltage > 0 * mV), on_event<"high">(g = 1, fire()));
#else
  static constexpr auto model =
      point(initial(watch_for<"high">(voltage > 0 * mV)), on_event<"high">(g = 1, fire()));
#endif
};

constexpr bool valid = nernst::kernel::compiled<channel>::valid;
