// EXPECT: not_supported<.*"v".*"point.* or density
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cell {
  static constexpr auto g = state<"g">(volt);
#ifdef SHOULD_FAIL
  static constexpr auto model =
      artificial(initial(send<"end">(1 * ms)), on_event<"end">(g = voltage));
#else
  static constexpr auto model =
      artificial(initial(send<"end">(1 * ms)), on_event<"end">(g = 0 * mV));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cell>::valid;
