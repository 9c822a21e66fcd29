// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include "written.hpp"
#include <string_view>

using namespace written;

namespace {
template <class T>
constexpr std::string_view type_name() {
  return __PRETTY_FUNCTION__;
}
template <class T>
constexpr bool has_short_name =
    type_name<T>().size() <
        120 + std::string_view("std::string_view type_name() [with T = ; std::string_view = "
                               "std::basic_string_view<char>]")
                  .size() &&
    type_name<T>().find("boost::") == std::string_view::npos;

constexpr auto conductances =
    (w * x + I - b) / (30 * nS) + v * exp(v / mV) - where(v > 0 * mV, v, 2 * v);
static_assert(has_short_name<decltype(conductances)>);
static_assert(has_short_name<decltype(v > 1 * mV and not(w < b))>);
static_assert(std::same_as<decltype(conductances), expression<ir::units::volt, 25> const>);
}  // namespace

TEST_CASE("the type of an expression tells its dimension and length only", "[language]") {
  STATIC_REQUIRE(std::same_as<decltype(v * w), expression<ir::units::watt, 3>>);
  STATIC_REQUIRE(std::same_as<decltype(w * v), decltype(v * w)>);
  STATIC_REQUIRE(std::same_as<decltype(w / v), expression<ir::units::siemens, 3>>);
  STATIC_REQUIRE(std::same_as<decltype(v / v), expression<ir::units::one, 3>>);
  STATIC_REQUIRE(std::same_as<decltype(v + 2 * mV), expression<ir::units::volt, 3>>);
  STATIC_REQUIRE(std::same_as<decltype(-v), expression<ir::units::volt, 2>>);
  STATIC_REQUIRE(std::same_as<decltype(v > 2 * mV), condition<3>>);
}

TEST_CASE("numbers, quantities, variables and expressions are operands", "[language]") {
  STATIC_REQUIRE(Operand<int>);
  STATIC_REQUIRE(Operand<double>);
  STATIC_REQUIRE(Operand<quantity<ir::units::volt>>);
  STATIC_REQUIRE(Operand<decltype(v + v)>);
  STATIC_REQUIRE(Variable<std::remove_const_t<decltype(v)>>);
  STATIC_REQUIRE(!Variable<int>);
  STATIC_REQUIRE(!Operand<bool>);
  STATIC_REQUIRE(!Operand<condition<3>>);
  STATIC_REQUIRE(!Operand<char const*>);
  STATIC_REQUIRE(!Written<int>);
  STATIC_REQUIRE(!Written<quantity<ir::units::volt>>);
  STATIC_REQUIRE(Written<decltype(-x)>);
}

TEST_CASE("what is known to the compiler is computed before the expression", "[language]") {
  STATIC_REQUIRE(std::same_as<decltype(2 * mV * 3), quantity<ir::units::volt>>);
  CHECK(text(2 * 3 * x) == "6*x");
  CHECK(text(v + 2 * (3 * mV)) == "v + 6*mV");
}
