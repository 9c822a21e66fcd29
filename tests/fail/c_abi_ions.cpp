// EXPECT: not_supported<.*"more than 16 ions".*"fewer of them"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/c_abi/export.hpp>
#include <nernst/nmodl/mechanism.hpp>

#define FOUR(as, x) as(x "1") as(x "2") as(x "3") as(x "4")
#ifdef SHOULD_FAIL
#define ALL(as) FOUR(as, "a") FOUR(as, "b") FOUR(as, "c") FOUR(as, "d") as("x")
#else
#define ALL(as) FOUR(as, "a") FOUR(as, "b") FOUR(as, "c") FOUR(as, "d")
#endif
#define USED(ion) "USEION " ion " READ e" ion " VALENCE 1 "
#define GIVEN(ion) "e" ion " (mV) "
#define ADDED(ion) " - e" ion

struct many {
  static constexpr auto model =
      nernst::nmodl::mechanism("NEURON { SUFFIX many NONSPECIFIC_CURRENT i " ALL(
          USED) "}\n"
                "ASSIGNED { v (mV) i (mA/cm2) " ALL(GIVEN) "}\n"
                                                           "BREAKPOINT { i = v" ALL(ADDED) " }\n");
};

constexpr bool valid = nernst::c_abi::detail::exported_mechanism<many>::valid;
