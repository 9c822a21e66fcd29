// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/quantity.hpp>

#include "catch.hpp"
#include <cmath>
#include <type_traits>

namespace {

namespace units = nernst::ir::units;
using nernst::ir::quantity;

using number = quantity<units::one>;
using voltage = quantity<units::volt>;
using current = quantity<units::ampere>;
using duration = quantity<units::second>;

constexpr voltage mV(1e-3), volt(1);
constexpr current nA(1e-9), ampere(1);
constexpr duration ms(1e-3), second(1);

// Small, structural where the compiler has floating-point template arguments, and cheap to pass.
static_assert(sizeof(voltage) == sizeof(double));
static_assert(std::is_trivially_copyable_v<voltage> && std::is_standard_layout_v<voltage>);
static_assert(voltage::dimension == units::volt);

// Numbers are quantities of dimension one, and nothing else is.
static_assert(std::is_convertible_v<int, number> && std::is_convertible_v<double, number> &&
              std::is_convertible_v<number, double>);
static_assert(!std::is_convertible_v<double, voltage> && !std::is_convertible_v<voltage, double> &&
              !std::is_constructible_v<double, voltage>);
static_assert(std::is_constructible_v<voltage, double> && std::is_constructible_v<voltage, int>);
static_assert(!std::is_constructible_v<voltage, current> &&
              !std::is_constructible_v<voltage, number>);
static_assert(std::is_same_v<decltype(quantity(3)), number>);

// The type of every operation.
static_assert(std::is_same_v<decltype(2 * mV), voltage> &&
              std::is_same_v<decltype(mV * 2.0), voltage> &&
              std::is_same_v<decltype(mV / 2), voltage>);
static_assert(std::is_same_v<decltype(-mV + mV - +mV), voltage>);
static_assert(std::is_same_v<decltype(volt / ampere), quantity<units::ohm>>);
static_assert(std::is_same_v<decltype(1 / second), quantity<units::hertz>>);
static_assert(std::is_same_v<decltype(volt / mV), number> &&
              std::is_same_v<decltype(volt / mV + 1), number>);
static_assert(std::is_same_v<decltype(pow<2>(volt)), decltype(volt * volt)>);
static_assert(std::is_same_v<decltype(pow<-1>(second)), quantity<units::hertz>>);
static_assert(std::is_same_v<decltype(pow<2, 4>(second)), decltype(sqrt(second))>);
static_assert(sqrt(second).dimension == nernst::ir::dimension{0, 0, {1, 2}, 0});
static_assert(std::is_same_v<decltype(sqrt(second) * sqrt(second)), duration>);
static_assert(std::is_same_v<decltype(abs(mV)), voltage> &&
              std::is_same_v<decltype(min(mV, volt)), voltage>);

TEST_CASE("quantities calculate in SI units", "[quantity]") {
  CHECK((2 * mV).si == 2 * 0.001);
  CHECK((mV * 2U).si == 2 * 0.001);
  CHECK((-60 * mV).si == -60 * 0.001);
  CHECK((3 * mV + 4 * mV).si == 3 * 0.001 + 4 * 0.001);
  CHECK((3 * mV - 4 * mV).si == 3 * 0.001 - 4 * 0.001);
  CHECK((-(3 * mV)).si == -3 * 0.001);
  CHECK((volt / (20 * ms)).si == 1 / (20 * 0.001));
  CHECK((1 / ms).si == 1000);
  CHECK((volt / nA).si == 1 / 1e-9);
  CHECK(double(volt / mV) == 1000);
  CHECK(std::exp(mV / volt) == std::exp(0.001));
  CHECK(1 + volt / mV == 1001);
  CHECK(voltage().si == 0);
}

TEST_CASE("quantities are compared", "[quantity]") {
  CHECK(1000 * mV == volt);
  CHECK(mV != volt);
  CHECK(mV < volt);
  CHECK(volt >= mV);
  CHECK(!(volt <= mV));
  CHECK(volt / mV > 999);
  CHECK(1001 > volt / mV);
  CHECK(volt / mV == 1000);
  CHECK(1000 == volt / mV);
}

TEST_CASE("quantities accumulate", "[quantity]") {
  voltage v = 2 * volt;
  v += volt;
  v -= 2000 * mV;
  v *= 6;
  v /= 4;
  CHECK(v == 1.5 * volt);
  CHECK(v.in(mV) == 1500);
  CHECK((20 * mV).in(volt) == 0.02);
}

TEST_CASE("powers, roots and extremes of quantities", "[quantity]") {
  static_assert(sqrt(4 * second).si == 2 && pow<3>(2 * volt).si == 8 &&
                pow<-2>(2 * volt).si == 0.25);
  static_assert(pow<0>(3 * volt) == 1 && pow<1, 3>(27 * second).si == 3 &&
                pow<-3, 2>(4 * second).si == 0.125);
  static_assert(abs(-3 * volt).si == 3 && min(volt, mV).si == 1e-3 && max(volt, mV).si == 1);
  for (double x : {0.0, 1e-300, 1e-24, 1e-3, 0.1, 0.5, 1.0, 2.0, 3.0, 1e-3 * 7, 12345.678, 1e24,
                   1e300, HUGE_VAL}) {
    CHECK(sqrt(duration(x)).si == std::sqrt(x));
    if (std::isfinite(x)) CHECK(pow<1, 3>(duration(x)).si == Approx(std::cbrt(x)).epsilon(1e-15));
    if (x > 0 && x < 1e200)
      CHECK(pow<-5, 4>(duration(x)).si == Approx(std::pow(x, -1.25)).epsilon(1e-14));
  }
  CHECK(std::isnan(sqrt(duration(-1)).si));
  CHECK(std::isnan(sqrt(duration(NAN)).si));
  CHECK(abs(-2 * volt) == 2 * volt);
  CHECK_FALSE(std::signbit(abs(voltage(-0.0)).si));
}

}  // namespace
