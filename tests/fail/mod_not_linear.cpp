// EXPECT: unsuitable_method<.*gate.mod:5:22: cnexp.*not linear
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/nmodl/mechanism.hpp>

struct gate {
#ifdef SHOULD_FAIL
  static constexpr auto model = nernst::nmodl::mechanism("gate.mod", R"(
    NEURON { SUFFIX gate }
    STATE { m }
    BREAKPOINT { SOLVE s METHOD cnexp }
    DERIVATIVE s {   m' = 1 - m*m }
  )");
#else
  static constexpr auto model = nernst::nmodl::mechanism("gate.mod", R"(
    NEURON { SUFFIX gate }
    STATE { m }
    BREAKPOINT { SOLVE s METHOD derivimplicit }
    DERIVATIVE s {   m' = 1 - m*m }
  )");
#endif
};

constexpr bool valid = nernst::kernel::compiled<gate>::valid;  // mistake
