// EXPECT: repeated_clause<.*pathway up
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct plastic {
  static constexpr auto x = state<"x">(one);
#ifdef SHOULD_FAIL
  static constexpr auto model = synapse(on_pre(x = 1).named("up"), on_post(x = 0).named("up"));
#else
  static constexpr auto model = synapse(on_pre(x = 1).named("up"), on_post(x = 0).named("down"));
#endif
};

constexpr bool valid = nernst::kernel::compiled<plastic>::valid;
