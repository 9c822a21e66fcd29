// EXPECT: unknown_method<.*gate.mod:3:33: adams.*cnexp, derivimplicit
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl.hpp>

namespace nmodl = nernst::nmodl;

struct channel {
#ifdef SHOULD_FAIL
  static constexpr nmodl::source file{"gate.mod", R"(
    STATE { m }
    BREAKPOINT { SOLVE s METHOD adams }
    DERIVATIVE s { m' = -m }
  )"};
#else
  static constexpr nmodl::source file{"gate.mod", R"(
    STATE { m }
    BREAKPOINT { SOLVE s METHOD cnexp }
    DERIVATIVE s { m' = -m }
  )"};
#endif
};

constexpr bool valid = nmodl::checked<channel>::valid;  // mistake
