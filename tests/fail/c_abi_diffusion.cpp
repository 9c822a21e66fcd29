// EXPECT: not_supported<.*"diffusion in the C interface".*"states that stay where they are"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/c_abi/export.hpp>
#include <nernst/nmodl/mechanism.hpp>

#ifdef SHOULD_FAIL
#define DIFFUSION "LONGITUDINAL_DIFFUSION 0.6 {a}"
#else
#define DIFFUSION ""
#endif

struct pool {
  static constexpr auto model = nernst::nmodl::mechanism(
      "NEURON { SUFFIX pool }\n"
      "STATE { a b }\n"
      "BREAKPOINT { SOLVE k METHOD sparse }\n"
      "KINETIC k { COMPARTMENT 2 {a b} " DIFFUSION " ~ a <-> b (1, 1) }\n");
};

constexpr bool valid = nernst::c_abi::detail::exported_mechanism<pool>::valid;
