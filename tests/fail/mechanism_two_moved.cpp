// EXPECT: not_supported<.*"b".*"move of events of one name"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct channel {
  static constexpr auto g = state<"g">(one);
#ifdef SHOULD_FAIL
  static constexpr auto model =
      point(on_spike(move<"a">(t), move<"b">(t)), on_event<"a">(g = 0), on_event<"b">(g = 1));
#else
  static constexpr auto model =
      point(on_spike(move<"a">(t), send<"b">(1 * ms)), on_event<"a">(g = 0), on_event<"b">(g = 1));
#endif
};

constexpr bool valid = nernst::kernel::compiled<channel>::valid;
