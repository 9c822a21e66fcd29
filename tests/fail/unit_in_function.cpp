// EXPECT: dimension_mismatch<.*exp\(x\).*1.*V
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto I = parameter<"I">(ampere);
#ifdef SHOULD_FAIL
  static constexpr auto model = neuron(d(v) / dt = exp(v) * mV / ms);
#else
  static constexpr auto model = neuron(d(v) / dt = exp(v / mV) * mV / ms);
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
