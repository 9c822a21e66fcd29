// EXPECT: dimension_mismatch<.*stimulus\(t\).*s.*V
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto stimulus = timed_array<"stimulus">(volt);
#ifdef SHOULD_FAIL
  static constexpr auto model = neuron(d(v) / dt = (stimulus(v) - v) / ms);
#else
  static constexpr auto model = neuron(d(v) / dt = (stimulus(t) - v) / ms);
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
