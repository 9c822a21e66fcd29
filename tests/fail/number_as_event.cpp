// EXPECT: not_a_condition<.*event burst.*V
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
#ifdef SHOULD_FAIL
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms), event<"burst">(v));
#else
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms), event<"burst">(v > 0 * mV));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
