// EXPECT: misplaced_statement<.*summed x.*a variable of the synapse
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct gating {
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
#ifdef SHOULD_FAIL
  static constexpr auto model = synapse(summed(x = y));
#else
  static constexpr auto model = synapse(summed(post(x) = y));
#endif
};

constexpr bool valid = nernst::kernel::compiled<gating>::valid;
