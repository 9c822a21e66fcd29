// EXPECT: unknown_variable<.*u.*cells
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto u = subexpression<"u">(v * 2);
#ifdef SHOULD_FAIL
  static constexpr auto model = neuron(d(v) / dt = -u / ms);
#else
  static constexpr auto model = neuron(d(v) / dt = -u / ms, u);
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
