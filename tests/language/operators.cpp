// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include "written.hpp"

using namespace written;

namespace {
template <class L, class R>
concept Adds = requires(L l, R r) { l + r; };
template <class L, class R>
concept Compares = requires(L l, R r) { l < r; };
template <class L, class R>
concept Conjoins = requires(L l, R r) { l&& r; };
}  // namespace

TEST_CASE("arithmetic keeps the order of what was written", "[language]") {
  CHECK(text(x + x * x - x / x) == "x + x*x - x/x");
  CHECK(text((x + x) * (x - x)) == "(x + x)*(x - x)");
  CHECK(text(x - (x - x)) == "x - (x - x)");
  CHECK(text(x / (x / x)) == "x/(x/x)");
  CHECK(text(-x * x) == "-x*x");
  CHECK(text(-(x * x)) == "-(x*x)");
  CHECK(text(+x) == "x");
  CHECK(text(1 - x) == "1 - x");
  CHECK(text(1 / x + 3) == "1/x + 3");
}

TEST_CASE("whole numbers are numbers", "[language]") {
  CHECK(text(1 / (2 * x)) == "1/(2*x)");
  CHECK(text(x / 2) == "x/2");
  CHECK(text(x * 3u) == "x*3");
  CHECK(text(2.5f * x) == "2.5*x");
  CHECK(text(x + 1LL) == "x + 1");
}

TEST_CASE("units follow the formula", "[language]") {
  STATIC_REQUIRE(unit_of<decltype(I * v / w)> == ir::units::volt);
  STATIC_REQUIRE(unit_of<decltype(v / ms)> == ir::units::volt / ir::units::second);
  STATIC_REQUIRE(unit_of<decltype(1 / v)> == power(ir::units::volt, -1));
  STATIC_REQUIRE(unit_of<decltype(x / x)> == ir::units::one);
  STATIC_REQUIRE(unit_of<decltype(v * nS)> == ir::units::ampere);
}

TEST_CASE("conditions", "[language]") {
  CHECK(text(v > 2 * mV) == "v > 2*mV");
  CHECK(text(v >= 2 * mV) == "v >= 2*mV");
  CHECK(text(v < 2 * mV) == "v < 2*mV");
  CHECK(text(2 * mV <= v) == "2*mV <= v");
  CHECK(text(x == 1) == "x == 1");
  CHECK(text(x != 1) == "x != 1");
  CHECK(text(x < 1 and x > 0 or not(v > 0 * mV)) == "x < 1 and x > 0 or not v > 0*V");
  CHECK(text(x < 1 && (x > 0 || x == -1)) == "x < 1 and (x > 0 or x == -1)");
}

TEST_CASE("truth values are conditions", "[language]") {
  CHECK(text(on and v > 2 * mV) == "on and v > 2*mV");
  CHECK(text(x > 1 or not on) == "x > 1 or not on");
  CHECK(text(on && !not_refractory) == "on and not not_refractory");
  CHECK(text(v % (2 * mV)) == "v % (2*mV)");
  CHECK(ir::to_string(lower(neuron(threshold(on), refractory(on)))) ==
        "threshold: on\nrefractory while: on\n");
}

TEST_CASE("conditions are no operands and operands no conditions", "[language]") {
  STATIC_REQUIRE(Adds<decltype(x), int>);
  STATIC_REQUIRE(Compares<decltype(x), double>);
  STATIC_REQUIRE(Conjoins<condition<3>, condition<5>>);
}
