// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/integrate/verdict.hpp>

#include "catch.hpp"
#include "stepper.hpp"

using namespace nernst;

namespace {

constexpr void two_equations(test::draft& d) {
  auto const unused = d.state("unused"), v = d.state("v"), w = d.state("w");
  d.equation(w, -w + 0.0 * unused);
  d.equation(v, -v);
}

constexpr bool names_equations() {
  test::draft d;
  two_equations(d);
  return integrate::state_of(d.model, 0).id == "w" && integrate::state_of(d.model, 1).id == "v" &&
         integrate::about(d.model, 1, " has noise") == "dv/dt has noise";
}
static_assert(names_equations());

constexpr bool refuses() {
  test::draft d;
  two_equations(d);
  auto const v = integrate::refusal(d.model, 0, " is not linear");
  return !v.ok && v.reason == "dw/dt is not linear" && v.equation == 0;
}
static_assert(refuses());
static_assert(integrate::verdict{}.ok && integrate::verdict{}.equation == ir::none &&
              integrate::verdict{}.reason.size == 0);

}  // namespace
