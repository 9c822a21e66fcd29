// EXPECT: wrong_index<.*pump.mod:3:15: c.*x\[
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl.hpp>

namespace nmodl = nernst::nmodl;

struct channel {
#ifdef SHOULD_FAIL
  static constexpr nmodl::source file{"pump.mod", R"(
    ASSIGNED { c[3] }
    INITIAL { c = 1 }
  )"};
#else
  static constexpr nmodl::source file{"pump.mod", R"(
    ASSIGNED { c[3] }
    INITIAL { c[0] = 1 }
  )"};
#endif
};

constexpr bool valid = nmodl::checked<channel>::valid;  // mistake
