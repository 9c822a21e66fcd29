// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/integrate/linear_equations.hpp>

#include "catch.hpp"
#include "stepper.hpp"

using namespace nernst;
using integrate::detail::linear_equations;
using test::draft;

namespace {

/// v reads g; g stands alone; m is not linear and read by r; s has a parameter as slope.
constexpr void several(draft& d) {
  auto const v = d.state("v"), g = d.state("g"), m = d.state("m"), r = d.state("r"),
             s = d.state("s"), a = d.variable("a", ir::role::parameter);
  d.equation(v, 3 * g - v + 2);
  d.equation(g, -g);
  d.equation(m, m * m);
  d.equation(r, m - r);
  d.equation(s, a * s);
}

constexpr bool finds_coefficients() {
  draft d;
  several(d);
  integrate::system f(d.model);
  linear_equations const all(f);
  ir::graph const& g = d.model.nodes;
  auto const v = all.terms(0);
  return all.size() == 5 && v.size() == 2 && v[0].column == 0 &&
         g.is_literal(v[0].coefficient, -1) && v[1].column == 1 &&
         g.is_literal(v[1].coefficient, 3) && g.is_literal(all.offset(0), 2) &&
         all.terms(1).size() == 1 && all.offset(1) == ir::none;
}
static_assert(finds_coefficients());

constexpr bool names_the_first_in_the_way() {
  draft d;
  several(d);
  integrate::system f(d.model);
  auto const found = linear_equations(f).found();
  return !found.ok && found.reason == "dm/dt is not linear" && found.equation == 2;
}
static_assert(names_the_first_in_the_way());

constexpr bool closed_part_reads_nothing_else() {
  draft d;
  several(d);
  integrate::system f(d.model);
  return linear_equations(f).closed() == ir::list<char>{1, 1, 0, 0, 1};
}
static_assert(closed_part_reads_nothing_else());

constexpr bool says_with_what_slopes_change() {
  draft d;
  several(d);
  integrate::system f(d.model);
  linear_equations const all(f);
  return all.slopes(1) == ir::variation::never && linear_equations::differs(all.slopes(4)) &&
         !linear_equations::differs(all.slopes(1)) && !linear_equations::moves(all.slopes(4)) &&
         !linear_equations::may_change(all.slopes(4));
}
static_assert(says_with_what_slopes_change());

}  // namespace

TEST_CASE("a linear system is found to be one") {
  draft d;
  auto const v = d.state("v"), w = d.state("w");
  d.equation(v, w - v);
  d.equation(w, -2 * w);
  integrate::system f(d.model);
  linear_equations const all(f);
  CHECK(all.found().ok);
  CHECK(all.found().reason == "linear with constant coefficients");
}

TEST_CASE("equations that read each other, directly or through others, are one group") {
  draft d;
  auto const a = d.state("a"), b = d.state("b"), c = d.state("c"), e = d.state("e"),
             p = d.variable("p", ir::role::parameter);
  d.equation(a, -a);
  d.equation(b, p * c - b);
  d.equation(c, e - c);
  d.equation(e, -e);
  integrate::system f(d.model);
  auto const groups = groups_of(linear_equations(f));
  REQUIRE(groups.size() == 2);
  CHECK(groups[0].equations == ir::list<int>{0});
  CHECK(groups[0].slopes == ir::variation::never);
  CHECK(groups[1].equations == ir::list<int>{1, 2, 3});
  CHECK(linear_equations::differs(groups[1].slopes));
}

TEST_CASE("coefficients that change are refused, but one equation alone may have a slope that does "
          "between steps") {
  draft d;
  auto const v = d.state("v"), w = d.state("w"), g = d.state("g");
  d.equation(v, -(g * v));
  d.equation(w, sin(d.t()) - w);
  integrate::system f(d.model);
  linear_equations const all(f);
  CHECK(linear_equations::may_change(all.slopes(0)));
  CHECK(all.found().reason == "dw/dt: coefficients depend on t");
  CHECK(all.closed() == ir::list<char>{1, 0});
}
