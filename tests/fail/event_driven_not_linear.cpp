// EXPECT: unsuitable_method<.*event_driven \(line 1[0-9]:.*dx/dt is not linear
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct plastic {
  static constexpr auto x = state<"x">(one);
#ifdef SHOULD_FAIL
  static constexpr auto model =
      synapse(d(x) / dt = -x * x / (20 * ms) | event_driven, on_pre(x += 1));
#else
  static constexpr auto model =
      synapse(d(x) / dt = (3 - x) / (20 * ms) | event_driven, on_pre(x += 1));
#endif
};

constexpr bool valid = nernst::kernel::compiled<plastic>::valid;
