// EXPECT: not_supported<.*gate.mod:8:7: LONGITUDINAL_DIFF
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/nmodl/mechanism.hpp>

struct gate {
#ifdef SHOULD_FAIL
  static constexpr auto model = nernst::nmodl::mechanism("gate.mod", R"(
    NEURON { SUFFIX gate RANGE D }
    PARAMETER { D = 0.6 (um2/ms) }
    STATE { a b }
    BREAKPOINT { SOLVE s METHOD sparse }
    KINETIC s {
      COMPARTMENT 2 {b}
      LONGITUDINAL_DIFFUSION D*2 {a}
      ~ a <-> b (1, 1)
    }
  )");
#else
  static constexpr auto model = nernst::nmodl::mechanism("gate.mod", R"(
    NEURON { SUFFIX gate RANGE D }
    PARAMETER { D = 0.6 (um2/ms) }
    STATE { a b }
    BREAKPOINT { SOLVE s METHOD sparse }
    KINETIC s {
      COMPARTMENT 2 {a b}
      LONGITUDINAL_DIFFUSION D*2 {a}
      ~ a <-> b (1, 1)
    }
  )");
#endif
};

constexpr bool valid = nernst::kernel::compiled<gate>::valid;  // mistake
