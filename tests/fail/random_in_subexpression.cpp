// EXPECT: misplaced_random<.*u.*constant over dt
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
#ifdef SHOULD_FAIL
  static constexpr auto u = subexpression<"u">(randn() * mV);
#else
  static constexpr auto u = subexpression<"u">(randn() * mV) | constant_over_dt;
#endif
  static constexpr auto model = neuron(d(v) / dt = (u - v) / ms, u);
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
