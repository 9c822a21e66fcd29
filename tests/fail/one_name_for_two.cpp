// EXPECT: duplicate_variable<.*v
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
#ifdef SHOULD_FAIL
  static constexpr auto model =
      neuron(d(v) / dt = -v / (20 * ms), threshold(parameter<"v">(volt) > 1 * mV));
#else
  static constexpr auto model =
      neuron(d(v) / dt = -v / (20 * ms), threshold(parameter<"v_t">(volt) > 1 * mV));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
