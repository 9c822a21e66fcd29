// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/text/number.hpp>

#include "catch.hpp"
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

using nernst::text::scan_number;

constexpr double number(std::string_view s) {
  return scan_number(s.data(), s.data() + s.size()).value;
}
constexpr int length(std::string_view s) {
  return static_cast<int>(scan_number(s.data(), s.data() + s.size()).end - s.data());
}

static_assert(number("1") == 1 && number("1.") == 1 && number(".5") == .5 && number("007") == 7);
static_assert(number("0.1") == 0.1 && number("1e-3") == 1e-3 && number("2.5E+2") == 250 &&
              number("6.022140857e23") == 6.022140857e23);
static_assert(number("1e23") == 1e23 && number("1e-24") == 1e-24 &&
              number("9007199254740993") == 9007199254740992.0);
static_assert(number("9007199254740993.0000000000000000000000000000000000001") ==
              9007199254740994.0);
static_assert(number("123456789012345678901234567890") == 123456789012345678901234567890.0);
static_assert(number("2.2250738585072011e-308") == 2.2250738585072011e-308 &&
              number("4.9e-324") == 4.9e-324);
static_assert(number("1.7976931348623157e308") == 1.7976931348623157e308);
// What follows is not part of the number.
static_assert(length("1e") == 1 && length("1.e5x") == 4 && length("3*ms") == 1 &&
              length("1..5") == 2 && length("2e+") == 1);

TEST_CASE("a number is the double that strtod gives", "[text][number]") {
  std::mt19937_64 draw(20240229);
  char text[64];
  for (int k = 0; k < 20000; ++k) {
    auto const mantissa = draw() >> (draw() % 60);
    int const exponent = static_cast<int>(draw() % 680) - 350;
    if (k % 2 == 0)
      std::snprintf(text, sizeof text, "%llue%d", static_cast<unsigned long long>(mantissa),
                    exponent);
    else
      std::snprintf(text, sizeof text, "%llu.%llue%d", static_cast<unsigned long long>(mantissa),
                    static_cast<unsigned long long>(draw()), exponent);
    INFO(text);
    REQUIRE(number(text) == std::strtod(text, nullptr));
  }
}

TEST_CASE("a number half way between two doubles goes to the even one, whatever stands behind",
          "[text][number]") {
  // 2^-1074 * (2k + 1)/2 has 750 digits or so; printf gives all of them.
  for (double const x : {4.9e-324, 2.2250738585072014e-308, 1.0, 3.14159e200}) {
    std::string half(2000, '\0');
    double const above = x * (1 + 2.220446049250313e-16);
    long double const middle = (static_cast<long double>(x) + static_cast<long double>(above)) / 2;
    half.resize(
        static_cast<std::size_t>(std::snprintf(half.data(), half.size(), "%.1100Lf", middle)));
    for (std::string const& tail : {std::string(), std::string("1"), std::string(900, '0') + "1"}) {
      INFO(half << tail);
      CHECK(number(half + tail) == std::strtod((half + tail).c_str(), nullptr));
    }
  }
  CHECK(number("1e400") == std::strtod("1e400", nullptr));
  CHECK(number("1e-400") == 0);
  CHECK(number("1e99999999999999999999") == std::strtod("1e400", nullptr));
  CHECK(number("0.0e99999999999999999999") == 0);
  CHECK(number(std::string(1000, '9')) == std::strtod("1e400", nullptr));
  CHECK(number("0." + std::string(1000, '0') + "1") == 0);
  CHECK(number("0." + std::string(1000, '0') + "1e1001") == 1);
}
