// EXPECT: not_supported<.*"w".*"it in on_spike
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct channel {
  static constexpr auto g = state<"g">(one);
#ifdef SHOULD_FAIL
  static constexpr auto model = point(initial(watch_for<"high">(g > connection<"w">(one))),
                                      on_spike(g += connection<"w">(one)), on_event<"high">(g = 0));
#else
  static constexpr auto model = point(initial(watch_for<"high">(g > 1)),
                                      on_spike(g += connection<"w">(one)), on_event<"high">(g = 0));
#endif
};

constexpr bool valid = nernst::kernel::compiled<channel>::valid;
