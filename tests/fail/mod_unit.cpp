// EXPECT: unknown_unit<.*pump.mod:2:18: farady.*\(unit\)
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl.hpp>

namespace nmodl = nernst::nmodl;

struct channel {
#ifdef SHOULD_FAIL
  static constexpr nmodl::source file{"pump.mod", R"(
    UNITS { F = (farady) (coulomb) }
  )"};
#else
  static constexpr nmodl::source file{"pump.mod", R"(
    UNITS { F = (faraday) (coulomb) }
  )"};
#endif
};

constexpr bool valid = nmodl::checked<channel>::valid;  // mistake
