// EXPECT: not_a_number<.*v = \.\.\.
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
#ifdef SHOULD_FAIL
  static constexpr auto model =
      neuron(d(v) / dt = -v / (20 * ms), threshold(v > 20 * mV), reset(v = v > 0 * mV));
#else
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms), threshold(v > 20 * mV),
                                       reset(v = trunc(v > 0 * mV) * volt));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
