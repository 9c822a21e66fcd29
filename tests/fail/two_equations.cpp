// EXPECT: duplicate_equation<.*v \(line 14:
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto I = parameter<"I">(ampere);
#ifdef SHOULD_FAIL
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms), d(v) / dt = -v / (10 * ms));
#else
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
