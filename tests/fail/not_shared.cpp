// EXPECT: not_shared<.*u
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
#ifdef SHOULD_FAIL
  static constexpr auto u = shared_subexpression<"u">(v * 2);
#else
  static constexpr auto u = shared_subexpression<"u">(sin(t / ms) * volt);
#endif
  static constexpr auto model = neuron(d(v) / dt = (u - v) / ms, u);
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
