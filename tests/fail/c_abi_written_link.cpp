// EXPECT: not_supported<.*"a written link in the C interface".*"let the other one read this"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/c_abi/export.hpp>
#include <nernst/nmodl/mechanism.hpp>

#ifdef SHOULD_FAIL
#define ACTION "p = 1"
#else
#define ACTION "x = p"
#endif

struct driver {
  static constexpr auto model =
      nernst::nmodl::mechanism("NEURON { SUFFIX driver POINTER p RANGE x }\n"
                               "ASSIGNED { p x }\n"
                               "BREAKPOINT { " ACTION " }\n");
};

constexpr bool valid = nernst::c_abi::detail::exported_mechanism<driver>::valid;
