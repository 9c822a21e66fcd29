// EXPECT: not_supported<.*gate.mod:9:7: TABLE of inf.*no shift in it
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/nmodl/mechanism.hpp>

struct gate {
  static constexpr auto computed = nernst::nmodl::mechanism("gate.mod", R"(
    NEURON { SUFFIX gate RANGE shift }
    PARAMETER { shift = 0 }
    ASSIGNED { inf v }
    STATE { m }
    BREAKPOINT { SOLVE s METHOD cnexp }
    DERIVATIVE s { rates(v) m' = inf - m }
    PROCEDURE rates(v) {
      TABLE inf FROM -100 TO 100 WITH 200
      inf = 1/(1 + exp(-(v + shift)/5))
    }
  )");
#ifdef SHOULD_FAIL
  static constexpr auto model = nernst::nmodl::with_tables(computed);
#else
  static constexpr auto model = computed;
#endif
};

constexpr bool valid = nernst::kernel::compiled<gate>::valid;  // mistake
