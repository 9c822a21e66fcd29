// EXPECT: repeated_clause<.*method of v
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
#ifdef SHOULD_FAIL
  static constexpr auto model =
      neuron(d(v) / dt = -v / (20 * ms), method(rk2, v), method(euler, v));
#else
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms), method(rk2, v), method(euler));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
