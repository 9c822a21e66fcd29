// EXPECT: dimension_mismatch<.*where\(c, a, b\).*V.*A
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto I = parameter<"I">(ampere);
#ifdef SHOULD_FAIL
  static constexpr auto model = neuron(d(v) / dt = where(v > 0 * mV, v, I) / ms);
#else
  static constexpr auto model = neuron(d(v) / dt = where(v > 0 * mV, v, 0 * mV) / ms);
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
