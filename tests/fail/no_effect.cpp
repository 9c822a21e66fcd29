// EXPECT: no_effect<.*synapse.*an assignment
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct idle {
  static constexpr auto x = state<"x">(one);
#ifdef SHOULD_FAIL
  static constexpr auto model = synapse(x);
#else
  static constexpr auto model = synapse(x, on_pre(post(x) += x));
#endif
};

constexpr bool valid = nernst::kernel::compiled<idle>::valid;
