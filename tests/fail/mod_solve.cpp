// EXPECT: not_a_block<.*gate.mod:3:18: states.*DERIVATIVE
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl.hpp>

namespace nmodl = nernst::nmodl;

struct channel {
#ifdef SHOULD_FAIL
  static constexpr nmodl::source file{"gate.mod", R"(
    STATE { m }
    BREAKPOINT { SOLVE states METHOD cnexp }
    DERIVATIVE state { m' = -m }
  )"};
#else
  static constexpr nmodl::source file{"gate.mod", R"(
    STATE { m }
    BREAKPOINT { SOLVE state METHOD cnexp }
    DERIVATIVE state { m' = -m }
  )"};
#endif
};

constexpr bool valid = nmodl::checked<channel>::valid;  // mistake
