// EXPECT: misplaced_word<.*gate.mod:2:18: TABLE.*FUNCTION or PROCEDURE
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl.hpp>

namespace nmodl = nernst::nmodl;

struct channel {
#ifdef SHOULD_FAIL
  static constexpr nmodl::source file{"gate.mod", R"(
    BREAKPOINT { TABLE m FROM 0 TO 1 WITH 100 m = v }
    ASSIGNED { m }
  )"};
#else
  static constexpr nmodl::source file{"gate.mod", R"(
    PROCEDURE f(v) { TABLE m FROM 0 TO 1 WITH 100 m = v }
    ASSIGNED { m }
  )"};
#endif
};

constexpr bool valid = nmodl::checked<channel>::valid;  // mistake
