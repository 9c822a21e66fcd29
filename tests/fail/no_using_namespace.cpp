// EXPECT: mV|state
// ERRORS: several
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto v = state<"v">(mV);  // mistake
#else
  static constexpr auto v = nernst::dsl::state<"v">(nernst::dsl::mV);
#endif
};
