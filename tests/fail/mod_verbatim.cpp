// EXPECT: not_supported<.*noise.mod:4:5: VERBATIM.*docs/mod_files
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl.hpp>

namespace nmodl = nernst::nmodl;

struct channel {
#ifdef SHOULD_FAIL
  static constexpr nmodl::source file{"noise.mod", R"(
    NEURON { SUFFIX noise }
    INITIAL {
    VERBATIM
      seed = random();
    ENDVERBATIM
    }
  )"};
#else
  static constexpr nmodl::source file{"noise.mod", R"(
    NEURON { SUFFIX noise }
    INITIAL {
    VERBATIM
      // seed = random();
    ENDVERBATIM
    }
  )"};
#endif
};

constexpr bool valid = nmodl::checked<channel>::valid;  // mistake
