// EXPECT: unsuitable_method<.*exact \(line 14:
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto I = parameter<"I">(ampere);
#ifdef SHOULD_FAIL
  static constexpr auto model = neuron(d(v) / dt = -v * v / mV / (20 * ms), method(exact));
#else
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms), method(exact));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
