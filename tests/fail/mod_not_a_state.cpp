// EXPECT: not_a_state<.*gate.mod:4:20: m"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl.hpp>

namespace nmodl = nernst::nmodl;

struct channel {
#ifdef SHOULD_FAIL
  static constexpr nmodl::source file{"gate.mod", R"(
    ASSIGNED { m n }
    STATE { h }
    DERIVATIVE s { m' = -m }
  )"};
#else
  static constexpr nmodl::source file{"gate.mod", R"(
    ASSIGNED { n }
    STATE { h m }
    DERIVATIVE s { m' = -m }
  )"};
#endif
};

constexpr bool valid = nmodl::checked<channel>::valid;  // mistake
