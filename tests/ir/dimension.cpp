// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/units.hpp>

#include "catch.hpp"

using namespace nernst::ir;

static_assert(rational(2, -4) == rational(-1, 2) && rational(0, 7) == rational(0) &&
              rational(1, 2) + rational(1, 3) == rational(5, 6));
static_assert(rational(2, 3) * rational(3, 4) == rational(1, 2) &&
              -rational(1, 2) == rational(-1, 2));

static_assert(units::volt * units::ampere == units::watt &&
              units::volt / units::ampere == units::ohm &&
              units::siemens * units::ohm == units::one);
static_assert(units::farad == units::coulomb / units::volt &&
              units::second * units::hertz == units::one);
static_assert(power(units::metre, 2) == units::metre * units::metre &&
              power(power(units::second, {-1, 2}), 2) == units::hertz);
static_assert(power(units::volt, 0).is_one() && power(units::one, {1, 3}).is_one());
static_assert(power(units::metre, {-32}).exponent(0) == rational(-32) &&
              power(units::metre, {31, 8}).exponent(0) == rational(31, 8));
static_assert(dimension(1, 2, 3, 4, 5, 6, 7).exponent(6) == rational(7) &&
              dimension(1, 2, 3, 4, 5, 6, 7).exponent(3) == rational(4));

static_assert(to_text(units::one) == "1" && to_text(units::volt) == "V" &&
              to_text(units::volt / units::second) == "V/s");
static_assert(to_text(units::siemens / power(units::metre, 2)) == "S/m^2" &&
              to_text(units::hertz) == "Hz");
static_assert(to_text(power(units::metre, 2)) == "m^2" && to_text(power(units::volt, -1)) == "1/V");
static_assert(to_text(units::volt * power(units::second, {-1, 2})) == "V/s^(1/2)");
static_assert(to_text(power(units::second, {-1, 2})) == "s^(-1/2)");
static_assert(to_text(units::metre * units::kilogram * units::kelvin) == "m kg K");

static_assert(can_multiply(power(units::metre, 15), power(units::metre, 16)) &&
              !can_multiply(power(units::metre, 16), power(units::metre, 16)));
static_assert(can_raise(units::volt, {1, 2}) && !can_raise(units::volt, {1, 9}) &&
              can_raise(units::one, {1, 9}));
// Units at the edge of the range print, too.
static_assert(to_text(power(units::second, 20)) == "s^20" &&
              to_text(power(units::metre, 31)) == "m^31");

TEST_CASE("units out of range", "[ir][dimension]") {
  CHECK_THROWS_AS(power(units::metre, 32), nernst::ir::exponent_out_of_range);
  CHECK_THROWS_AS(power(units::metre, {1, 9}), nernst::ir::exponent_out_of_range);
  CHECK_THROWS_AS(power(units::metre, -20) * power(units::metre, -20),
                  nernst::ir::exponent_out_of_range);
}

TEST_CASE("every exponent that fits is kept", "[ir][dimension]") {
  for (int denominator = 1; denominator <= 8; ++denominator)
    for (int numerator = -32; numerator <= 31; ++numerator)
      for (int base = 0; base < dimension::bases; ++base) {
        dimension d;
        d.set(base, {numerator, denominator});
        for (int other = 0; other < dimension::bases; ++other)
          REQUIRE(d.exponent(other) ==
                  (other == base ? rational(numerator, denominator) : rational(0)));
      }
}

TEST_CASE("whole exponents are added and negated as fractions are", "[ir][dimension]") {
  for (int a = -32; a <= 31; ++a)
    for (int b = -32; b <= 31; ++b)
      for (int base = 0; base < dimension::bases; ++base) {
        dimension x, y, sum, inverse;
        x.set(base, a);
        y.set(base, b);
        // The neighbours must not notice a carry.
        x.set((base + 1) % dimension::bases, -32);
        y.set((base + 6) % dimension::bases, 31);
        bool const in_range = a + b >= -32 && a + b <= 31;
        REQUIRE(sum.add_whole(x, y) == in_range);
        REQUIRE(!inverse.negate_whole(x));
        x.set((base + 1) % dimension::bases, 7);
        REQUIRE(inverse.negate_whole(x) == (a != -32));
        if (a != -32)
          REQUIRE((inverse.exponent(base) == -a &&
                   inverse.exponent((base + 1) % dimension::bases) == -7));
        if (!in_range) continue;
        REQUIRE(sum.exponent(base) == a + b);
        REQUIRE(sum.exponent((base + 1) % dimension::bases) == -32);
        REQUIRE(sum.exponent((base + 6) % dimension::bases) == 31);
      }
  dimension half, sum;
  half.set(0, {1, 2});
  CHECK(!sum.add_whole(half, half));
  CHECK(!sum.negate_whole(half));
}
