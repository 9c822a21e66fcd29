// EXPECT: unknown_variable<.*leak.mod:5:29: e"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl.hpp>

namespace nmodl = nernst::nmodl;

struct channel {
#ifdef SHOULD_FAIL
  static constexpr nmodl::source file{"leak.mod", R"(
    NEURON { SUFFIX leak NONSPECIFIC_CURRENT i RANGE g }
    PARAMETER { g = 0.001 (S/cm2) }
    ASSIGNED { v (mV) i (mA/cm2) }
    BREAKPOINT { i = g*(v - e) }
  )"};
#else
  static constexpr nmodl::source file{"leak.mod", R"(
    NEURON { SUFFIX leak NONSPECIFIC_CURRENT i RANGE g }
    PARAMETER { g = 0.001 (S/cm2) }
    ASSIGNED { v (mV) i (mA/cm2) }
    BREAKPOINT { i = g*v }
  )"};
#endif
};

constexpr bool valid = nmodl::checked<channel>::valid;  // mistake
