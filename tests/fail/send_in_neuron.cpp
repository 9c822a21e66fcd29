// EXPECT: misplaced_clause<.*"neuron".*"send, move, watch_for, fire"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cell {
  static constexpr auto g = state<"g">(one);
#ifdef SHOULD_FAIL
  static constexpr auto model = neuron(event<"high">(g > 1), on_event<"high">(g = 0, fire()));
#else
  static constexpr auto model = neuron(event<"high">(g > 1), on_event<"high">(g = 0));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cell>::valid;
