// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/quantity.hpp>

#include "catch.hpp"
#include <cstdint>

using namespace nernst::ir;

namespace {
template <class T>
constexpr std::string_view name_of() {
  return __PRETTY_FUNCTION__;
}
template <unit U>
constexpr bool reads_back = unit_of<dimension_of<U>> == U;

/// The unit of a product of bases with exponents that are fractions.
dimension random_dimension(std::uint64_t& state) {
  auto const next = [&state](std::uint64_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return static_cast<int>((state >> 33) % below);
  };
  dimension d;
  for (int base = 0; base < dimension::bases; ++base)
    if (next(2) == 0) d.set(base, rational(next(63) - 31, 1 + next(8)));
  return d;
}
}  // namespace

TEST_CASE("types have the names of their units", "[unit]") {
  CHECK(name_of<quantity<"V">>().find("\"V\"") != std::string_view::npos);
  STATIC_REQUIRE(std::is_same_v<quantity<unit_of<units::volt>>, quantity<"V">>);
  STATIC_REQUIRE(std::is_same_v<quantity<units::volt>, quantity<"V">>);
  STATIC_REQUIRE(std::is_same_v<decltype(quantity<"V">() / quantity<"s">()), quantity<"V/s">>);
}

TEST_CASE("the text of a unit gives its dimension back", "[unit]") {
  STATIC_REQUIRE(dimension_of<"1"> == units::one);
  STATIC_REQUIRE(dimension_of<"mol/m^3"> == units::molar);
  STATIC_REQUIRE(dimension_of<"V/s^(1/2)"> == units::volt * power(units::second, {-1, 2}));
  STATIC_REQUIRE(reads_back<"V^2">);
  std::uint64_t state = 1;
  for (int k = 0; k < 10000; ++k) {
    dimension const d = random_dimension(state);
    phrase const text = to_text(d);
    REQUIRE(text.size < static_cast<int>(sizeof(unit::text)));
    CAPTURE(std::string(text.view()));
    REQUIRE(detail::unit_text(text.view()).read() == d);
  }
  CHECK_THROWS_AS(unit("mV"), std::invalid_argument);
  CHECK_THROWS_AS(unit("kg m^2/s^2"), std::invalid_argument);
}

TEST_CASE("a number or another unit does not become a quantity", "[unit]") {
  STATIC_REQUIRE(!std::is_convertible_v<double, quantity<"s">>);
  STATIC_REQUIRE(!std::is_convertible_v<quantity<"V">, quantity<"s">>);
  STATIC_REQUIRE(!std::is_constructible_v<quantity<"s">, quantity<"V">>);
  STATIC_REQUIRE(std::is_constructible_v<quantity<"s">, double>);
  STATIC_REQUIRE(std::is_convertible_v<double, quantity<"1">>);
}
