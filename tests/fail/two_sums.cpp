// EXPECT: repeated_clause<.*summed x_post
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct gating {
  static constexpr auto x = state<"x">(one);
#ifdef SHOULD_FAIL
  static constexpr auto model = synapse(summed(post(x) = x), summed(post(x) = 2 * x));
#else
  static constexpr auto model = synapse(summed(post(x) = x), summed(pre(x) = 2 * x));
#endif
};

constexpr bool valid = nernst::kernel::compiled<gating>::valid;
