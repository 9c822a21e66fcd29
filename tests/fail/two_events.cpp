// EXPECT: repeated_clause<.*event burst
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
#ifdef SHOULD_FAIL
  static constexpr auto model =
      neuron(d(v) / dt = -v / (20 * ms), event<"burst">(v > 0 * mV), event<"burst">(v > 1 * mV));
#else
  static constexpr auto model =
      neuron(d(v) / dt = -v / (20 * ms), event<"burst">(v > 0 * mV), event<"other">(v > 1 * mV));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
