// EXPECT: dimension_mismatch<.*dv/dt.*V/s.*A
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto I = parameter<"I">(ampere);
  static constexpr auto R = 10 * mV / nA;
#ifdef SHOULD_FAIL
  static constexpr auto model = neuron(d(v) / dt = I - v / (20 * ms) * (1 * nS) * second);
#else
  static constexpr auto model = neuron(d(v) / dt = (R * I - v) / (20 * ms));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
