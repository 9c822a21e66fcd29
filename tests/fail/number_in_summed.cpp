// EXPECT: not_a_statement<.*summed.*a value
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct gating {
  static constexpr auto x = state<"x">(one);
#ifdef SHOULD_FAIL
  static constexpr auto model = synapse(summed(post(x)));
#else
  static constexpr auto model = synapse(summed(post(x) = x));
#endif
};

constexpr bool valid = nernst::kernel::compiled<gating>::valid;
