// EXPECT: misplaced_clause<.*neuron.*event_driven
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto x = state<"x">(one);
#ifdef SHOULD_FAIL
  static constexpr auto model = neuron(d(x) / dt = -x / (20 * ms) | event_driven);
#else
  static constexpr auto model = neuron(d(x) / dt = -x / (20 * ms));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
