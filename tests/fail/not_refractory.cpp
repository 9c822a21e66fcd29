// EXPECT: missing_refractory<.*v \(line 15:
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto I = parameter<"I">(ampere);
#ifdef SHOULD_FAIL
  static constexpr auto model =
      neuron(d(v) / dt = -v / (20 * ms) | unless_refractory, threshold(v > -50 * mV));
#else
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms) | unless_refractory,
                                       threshold(v > -50 * mV), refractory(2 * ms));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
