// EXPECT: syntax_error<.*leak.mod:3:39: \}.*a number
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl.hpp>

namespace nmodl = nernst::nmodl;

struct channel {
#ifdef SHOULD_FAIL
  static constexpr nmodl::source file{"leak.mod", R"(
    NEURON { SUFFIX leak }
    PARAMETER { g = 0.001 (S/cm2) e = }
  )"};
#else
  static constexpr nmodl::source file{"leak.mod", R"(
    NEURON { SUFFIX leak }
    PARAMETER { g = 0.001 (S/cm2) e = -65 }
  )"};
#endif
};

constexpr bool valid = nmodl::checked<channel>::valid;  // mistake
