// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl/checked.hpp>

#include "catch.hpp"

namespace nmodl = nernst::nmodl;

namespace {

struct leak {
  static constexpr nmodl::source file{"leak.mod", R"(
    NEURON { SUFFIX leak NONSPECIFIC_CURRENT i RANGE g, e }
    PARAMETER { g = 0.001 (S/cm2) e = -65 (mV) }
    ASSIGNED { v (mV) i (mA/cm2) }
    BREAKPOINT { i = g*(v - e) }
  )"};
};
static_assert(nmodl::checked<leak>::valid);

struct pump {
  static constexpr nmodl::source included[] = {{"pi.inc", "UNITS { PI = (pi) (1) }"}};
  static constexpr nmodl::source file{"pump.mod", R"(
    INCLUDE "pi.inc"
    NEURON { SUFFIX pump USEION ca READ ica WRITE cai }
    UNITS { FARADAY = (faraday) (coulomb) }
    ASSIGNED { ica diam }
    STATE { cai }
    BREAKPOINT { SOLVE scheme METHOD sparse }
    KINETIC scheme {
      COMPARTMENT PI*diam*diam/4 {cai}
      ~ cai << (-ica*PI*diam/(2*FARADAY))
    }
  )"};
};
static_assert(nmodl::checked<pump>::valid);

struct unknown_name {
  static constexpr nmodl::source file{"channels/unknown_name.mod", "INITIAL {\n  a = 1 }"};
};
struct with_code {
  static constexpr nmodl::source file{
      "x.mod", "NEURON { SUFFIX x }\nINITIAL {\nVERBATIM\nf();\nENDVERBATIM\n}"};
};

}  // namespace

TEST_CASE("the place is a part of an error", "[nmodl][checked]") {
  constexpr auto unknown = nmodl::detail::first_finding<unknown_name>();
  CHECK(unknown.what == nernst::ir::mistake::unknown_variable);
  // Of a long name, the end is shown.
  CHECK(unknown.where == "own_name.mod:2:3: a");
  constexpr auto refused = nmodl::detail::first_finding<with_code>();
  CHECK(refused.what == nernst::ir::mistake::not_supported);
  CHECK(refused.where == "x.mod:3:1: VERBATIM");
  CHECK(refused.expected == "see docs/mod_files.md");
  CHECK(nmodl::detail::first_finding<leak>().ok());
}
