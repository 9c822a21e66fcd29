// EXPECT: not_a_real<.*n
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto n = state<"n">(integer);
#ifdef SHOULD_FAIL
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms), d(n) / dt = 1 * Hz);
#else
  static constexpr auto model =
      neuron(d(v) / dt = -v / (20 * ms), threshold(v > 20 * mV), reset(n += 1));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
