// EXPECT: dimension_mismatch<.*"send end".*"s".*"V"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct channel {
  static constexpr auto g = state<"g">(siemens);
#ifdef SHOULD_FAIL
  static constexpr auto model = point(on_spike(send<"end">(2 * mV)), on_event<"end">(g = 0 * nS));
#else
  static constexpr auto model = point(on_spike(send<"end">(2 * ms)), on_event<"end">(g = 0 * nS));
#endif
};

constexpr bool valid = nernst::kernel::compiled<channel>::valid;
