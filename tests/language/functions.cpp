// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include "written.hpp"

using namespace written;

namespace {
template <class T>
concept HasExp = requires(T y) {
  nernst::dsl::exp(y);
};
template <class C>
concept HasWhere = requires(C c) {
  where(c, v, v);
};
template <class... T>
concept HasClip = requires(T... y) {
  clip(y...);
};
}  // namespace

TEST_CASE("functions of numbers", "[language]") {
  CHECK(text(exp(x) + expm1(x) + exprel(x)) == "exp(x) + expm1(x) + exprel(x)");
  CHECK(text(log(x) + log10(x) + log1p(x)) == "log(x) + log10(x) + log1p(x)");
  CHECK(text(sin(x) + cos(x) + tan(x)) == "sin(x) + cos(x) + tan(x)");
  CHECK(text(asin(x) + acos(x) + atan(x)) == "asin(x) + acos(x) + atan(x)");
  CHECK(text(sinh(x) + cosh(x) + tanh(x)) == "sinh(x) + cosh(x) + tanh(x)");
  CHECK(text(exp(v / (2 * mV))) == "exp(v/(2*mV))");
  STATIC_REQUIRE(HasExp<decltype(x)>);
  STATIC_REQUIRE(!HasExp<condition<3>>);
}

TEST_CASE("functions that keep, drop or change units", "[language]") {
  STATIC_REQUIRE(unit_of<decltype(abs(v))> == ir::units::volt);
  STATIC_REQUIRE(unit_of<decltype(floor(v))> == ir::units::volt);
  STATIC_REQUIRE(unit_of<decltype(ceil(v))> == ir::units::volt);
  STATIC_REQUIRE(unit_of<decltype(sign(v))> == ir::units::one);
  STATIC_REQUIRE(unit_of<decltype(sqrt(v * v))> == ir::units::volt);
  STATIC_REQUIRE(unit_of<decltype(pow<2>(v))> == ir::units::volt * ir::units::volt);
  STATIC_REQUIRE(unit_of<decltype(pow<-1>(v / w))> == ir::units::siemens);
  STATIC_REQUIRE(unit_of<decltype(pow<3, 2>(v * v))> == power(ir::units::volt, 3));
  STATIC_REQUIRE(unit_of<decltype(pow<1, 3>(v * v * v))> == ir::units::volt);
  CHECK(text(abs(v) + floor(v) + ceil(v)) == "abs(v) + floor(v) + ceil(v)");
  CHECK(text(sign(v)) == "sign(v)");
  CHECK(text(sqrt(x)) == "sqrt(x)");
  CHECK(text(pow<2>(x)) == "x**2");
  CHECK(text(pow<3, 2>(x)) == "x**1.5");
  CHECK(text(pow(x, 2 * x)) == "x**(2*x)");
  CHECK(text(pow(2, x)) == "2**x");
}

TEST_CASE("min, max, clip and where", "[language]") {
  CHECK(text(min(v, 2 * mV)) == "minimum(v, 2*mV)");
  CHECK(text(max(2 * mV, v)) == "maximum(2*mV, v)");
  CHECK(text(clip(x, 0, 1)) == "minimum(maximum(x, 0), 1)");
  CHECK(text(clip(v, 0 * mV, v + v)) == "minimum(maximum(v, 0*V), v + v)");
  CHECK(text(where(v > 0 * mV, v, 2 * mV)) == "select(v > 0*V, v, 2*mV)");
  CHECK(text(where(x > 0, 1, 0)) == "select(x > 0, 1, 0)");
  STATIC_REQUIRE(HasWhere<condition<3>>);
  STATIC_REQUIRE(!HasWhere<decltype(v)>);
  STATIC_REQUIRE(HasClip<decltype(x), int, double>);
  STATIC_REQUIRE(!HasClip<condition<3>, int, int>);
}
