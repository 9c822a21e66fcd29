// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What Brian 2 has and Nernst does not, and what it says then (docs/features.md).
#include "forms.hpp"

using namespace features;

namespace {
std::string refused(std::string_view equations) {
  return mistake_of(brian::neuron(equations));
}
std::string refused_method(std::string_view name) {
  return mistake_of(brian::neuron("dx/dt = 1*Hz : 1", brian::method(name)));
}
}  // namespace

TEST_CASE("methods that are not there") {
  CHECK(refused_method("gsl_rk8pd") == "'gsl_rk8pd' is not supported: expected rk45");
  CHECK(refused_method("independent") == "'independent' is not supported: expected exact");
  CHECK(refused_method("rk3") ==
        "there is no integration method 'rk3': expected a name such as rk4");
}

TEST_CASE("what neurons cannot do") {
  CHECK(refused("x : amp (point current)") == "the flag 'point current' has no place here (line 1, "
                                              "column 10): expected constant, shared, linked");
}

TEST_CASE("what is no expression in Brian either") {
  CHECK(
      refused("a : 1\nx = 0 < a < 1 : boolean") ==
      "cannot read '< 1 : boolean' (line 2, column 11): expected one comparison (a < b and b < c)");
  CHECK(refused("a : 1\nx = a if a > 0 else 0 : 1").substr(0, 20) == "cannot read 'if a > ");
}
