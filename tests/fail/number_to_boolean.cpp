// EXPECT: not_a_condition<.*on = \.\.\..*V
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto on = state<"on">(boolean);
#ifdef SHOULD_FAIL
  static constexpr auto model =
      neuron(d(v) / dt = -v / (20 * ms), threshold(v > 20 * mV), reset(on = v));
#else
  static constexpr auto model =
      neuron(d(v) / dt = -v / (20 * ms), threshold(v > 20 * mV), reset(on = v > 0 * mV));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
