// EXPECT: unknown_event<.*"end".*"on_event
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct channel {
  static constexpr auto g = state<"g">(siemens);
#ifdef SHOULD_FAIL
  static constexpr auto model = point(on_spike(g += 1 * nS, send<"end">(2 * ms)));
#else
  static constexpr auto model =
      point(on_spike(g += 1 * nS, send<"end">(2 * ms)), on_event<"end">(g = 0 * nS));
#endif
};

constexpr bool valid = nernst::kernel::compiled<channel>::valid;
