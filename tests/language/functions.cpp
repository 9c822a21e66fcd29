// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include "written.hpp"

using namespace written;

namespace {
template <class T>
concept HasExp = requires(T y) { nernst::dsl::exp(y); };
template <class C>
concept HasWhere = requires(C c) { where(c, v, v); };
template <class... T>
concept HasClip = requires(T... y) { clip(y...); };
}  // namespace

TEST_CASE("functions of numbers", "[language]") {
  CHECK(text(exp(x) + expm1(x) + exprel(x)) == "exp(x) + expm1(x) + exprel(x)");
  CHECK(text(exprelr(x)) == "exprelr(x)");
  CHECK(text(log(x) + log10(x) + log1p(x)) == "log(x) + log10(x) + log1p(x)");
  CHECK(text(sin(x) + cos(x) + tan(x)) == "sin(x) + cos(x) + tan(x)");
  CHECK(text(asin(x) + acos(x) + atan(x)) == "arcsin(x) + arccos(x) + arctan(x)");
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

// The values are those that Python and Brian 2 give.
TEST_CASE("division, remainder and whole parts as in Python", "[language]") {
  CHECK(value(x % 3, {{"x", -1}}) == 2);
  CHECK(value(x % -3, {{"x", 1}}) == -2);
  CHECK(value(x % 2.5, {{"x", 6}}) == 1);
  CHECK(value(v % (2 * volt), {{"v", -0.5}}) == 1.5);
  CHECK(value(n % 3, {{"n", -7}}) == 2);
  CHECK(value(floor_div(x, 2), {{"x", -7}}) == -4);
  CHECK(value(floor_div(n, 2), {{"n", 7}}) == 3);
  CHECK(value(n / 2, {{"n", 7}}) == 3.5);
  CHECK(value(trunc(x), {{"x", -2.75}}) == -2);
  CHECK(value(trunc(x > 1), {{"x", 2}}) == 1);
  CHECK(value(trunc(on) * 5, {{"on", 0}}) == 0);
}

TEST_CASE("erf and atan2", "[language]") {
  CHECK(value(erf(x), {{"x", 0.5}}) == Approx(0.5204998778130465));
  CHECK(value(atan2(v, -1 * mV), {{"v", 1e-3}}) == Approx(2.356194490192345));
  STATIC_REQUIRE(unit_of<decltype(atan2(v, mV))> == ir::units::one);
}

TEST_CASE("the number of a step", "[language]") {
  CHECK(value(timestep(t, dt), {{"t", 3e-4}, {"dt", 1e-4}}) == 3);
  CHECK(value(timestep(t, dt), {{"t", 0.1 * 3}, {"dt", 0.1}}) == 3);
  CHECK(value(timestep(t, dt), {{"t", 0.29}, {"dt", 0.1}}) == 2);
  CHECK(value(timestep(2 * ms, dt), {{"dt", 1e-4}}) == 20);
}

TEST_CASE("clipping keeps the type of what is clipped", "[language]") {
  CHECK(value(clip(x, 0, 1.5), {{"x", 2}}) == 1.5);
  CHECK(value(clip(n, 0, 1.5), {{"n", 2}}) == 1);
  CHECK(value(clip(v, -1 * mV, 1 * mV), {{"v", -2}}) == -1e-3);
}

TEST_CASE("random numbers of given distributions", "[language]") {
  CHECK(text(poisson(2 * x)) == "poisson(2*x)");
  CHECK(text(binomial(10, 0.5) + binomial(10, 0.5)) == "binomial(10, 0.5) + binomial(10, 0.5)");
  ir::model const m =
      lower(neuron(reset(x = poisson(3) - poisson(3) + randn(), n = binomial(n, 0.25))));
  CHECK(m.draws == 4);
  ir::node const difference = m.nodes[m.nodes[m.reset[0].value].a];
  CHECK(m.nodes[difference.a].which == 0);
  CHECK(m.nodes[difference.b].which == 1);
  CHECK(ir::check(m).ok());
}

TEST_CASE("min, max, clip and where", "[language]") {
  CHECK(text(min(v, 2 * mV)) == "minimum(v, 2*mV)");
  CHECK(text(max(2 * mV, v)) == "maximum(2*mV, v)");
  CHECK(text(clip(x, 0, 1)) == "clip(x, 0, 1)");
  CHECK(text(clip(v, 0 * mV, v + v)) == "clip(v, 0*V, v + v)");
  CHECK(text(where(v > 0 * mV, v, 2 * mV)) == "select(v > 0*V, v, 2*mV)");
  CHECK(text(where(x > 0, 1, 0)) == "select(x > 0, 1, 0)");
  CHECK(text(where(on, v, -v)) == "select(on, v, -v)");
  STATIC_REQUIRE(HasWhere<condition<3>>);
  STATIC_REQUIRE(HasWhere<decltype(on)>);
  STATIC_REQUIRE(!HasWhere<decltype(v)>);
  STATIC_REQUIRE(HasClip<decltype(x), int, double>);
  STATIC_REQUIRE(!HasClip<condition<3>, int, int>);
}
