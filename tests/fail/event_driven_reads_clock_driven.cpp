// EXPECT: unsuitable_method<.*event_driven.*dx/dt reads y
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct plastic {
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
#ifdef SHOULD_FAIL
  static constexpr auto model = synapse(d(x) / dt = (y - x) / (20 * ms) | event_driven,
                                        d(y) / dt = -y / (5 * ms), on_pre(x += 1));
#else
  static constexpr auto model =
      synapse(d(x) / dt = (y - x) / (20 * ms), d(y) / dt = -y / (5 * ms), on_pre(x += 1));
#endif
};

constexpr bool valid = nernst::kernel::compiled<plastic>::valid;
