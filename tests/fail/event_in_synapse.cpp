// EXPECT: misplaced_clause<.*synapse.*event
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto w = state<"w">(volt);
  static constexpr auto g = state<"g">(volt);
#ifdef SHOULD_FAIL
  static constexpr auto model = synapse(on_pre(post(g) += w), event<"e">(w > 1 * mV));
#else
  static constexpr auto model = synapse(on_pre(post(g) += w));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
