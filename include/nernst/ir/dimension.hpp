// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/rational.hpp>

#include <cstdint>
#include <new>  // std::exception, without what else its header has

namespace nernst::ir {

/// What is thrown for an exponent that a dimension cannot have.
struct exponent_out_of_range : std::exception {
  char const* what() const noexcept override { return "the exponent of a unit is out of range"; }
};

/// A physical dimension: rational exponents of metre, kilogram, second, ampere, kelvin, mole and
/// candela. One word holds them (9 bits each), so that the type of an expression stays short where
/// it is a template argument. Exponents reach from -32 to 31 with denominators from 1 to 8; others
/// throw `exponent_out_of_range`.
struct dimension {
  static constexpr int bases = 7;
  std::uint64_t code = 0;

  constexpr dimension() = default;
  /// How nvcc writes a template argument of this type.
  constexpr explicit dimension(std::uint64_t bits) : code(bits) {}
  constexpr dimension(rational metre, rational kilogram, rational second, rational ampere,
                      rational kelvin = {}, rational mole = {}, rational candela = {}) {
    rational const all[bases] = {metre, kilogram, second, ampere, kelvin, mole, candela};
    for (int i = 0; i < bases; ++i) set(i, all[i]);
  }
  /// The same of whole exponents, which takes the compiler a fraction of the time.
  constexpr dimension(int metre, int kilogram, int second, int ampere, int kelvin = 0, int mole = 0,
                      int candela = 0)
      : code(field(metre, 0) | field(kilogram, 1) | field(second, 2) | field(ampere, 3) |
             field(kelvin, 4) | field(mole, 5) | field(candela, 6)) {}

  constexpr rational exponent(int base) const {
    auto const bits = static_cast<int>((code >> (9 * base)) & 511U);
    rational r;
    r.numerator = bits >> 3;
    if (r.numerator > 31) r.numerator -= 64;
    r.denominator = (bits & 7) + 1;
    return r;
  }
  constexpr void set(int base, rational e) {
    if (!in_range(e)) throw exponent_out_of_range();
    std::uint64_t const bits =
        field(e.numerator, base) | static_cast<std::uint64_t>(e.denominator - 1) << (9 * base);
    code = (code & ~(std::uint64_t{511} << (9 * base))) | bits;
  }
  constexpr bool is_one() const { return code == 0; }
  static constexpr bool in_range(rational e) {
    return e.numerator >= -32 && e.numerator <= 31 && e.denominator <= 8;
  }

  friend constexpr bool operator==(dimension, dimension) = default;
  friend constexpr dimension operator*(dimension a, dimension b) {
    if (a.code == 0 || b.code == 0) return a.code == 0 ? b : a;
    dimension whole;
    if (whole.add_whole(a, b)) return whole;
    for (int i = 0; i < bases; ++i) a.set(i, a.exponent(i) + b.exponent(i));
    return a;
  }
  friend constexpr dimension operator/(dimension a, dimension b) {
    return b.is_one() ? a : a * power(b, -1);
  }
  /// `d` to the power `e`, for instance `power(d, {1, 2})` for the square root.
  friend constexpr dimension power(dimension d, rational e) {
    if (d.is_one()) return d;
    dimension inverse;
    if (e.numerator == -1 && e.denominator == 1 && inverse.negate_whole(d)) return inverse;
    for (int i = 0; i < bases; ++i) d.set(i, d.exponent(i) * e);
    return d;
  }

  /// Sets the exponents to the sums of those of `a` and `b`, or to their negatives, if all are
  /// whole and the results are in range; else returns false. In constant evaluation this takes far
  /// fewer steps than the way by fractions.
  constexpr bool add_whole(dimension a, dimension b) {
    if (((a.code | b.code) & denominators) != 0) return false;
    std::uint64_t const x = a.code ^ offset, y = b.code ^ offset;
    std::uint64_t const p = (x & even) + (y & even) + sum_guard * low_even,
                        q = (x & odd) + (y & odd) + sum_guard * low_odd;
    code = ((p & even) | (q & odd)) ^ offset;
    return (p & 1536 * low_even) == 1024 * low_even && (q & 1536 * low_odd) == 1024 * low_odd;
  }
  constexpr bool negate_whole(dimension d) {
    if ((d.code & denominators) != 0) return false;
    std::uint64_t const x = d.code ^ offset, p = 512 * low_even - (x & even),
                        q = 512 * low_odd - (x & odd);
    code = ((p & even) | (q & odd)) ^ offset;
    return (p & 512 * low_even) == 0 && (q & 512 * low_odd) == 0;
  }

 private:
  static constexpr std::uint64_t field(int numerator, int base) {
    if (numerator < -32 || numerator > 31) throw exponent_out_of_range();
    return (static_cast<std::uint64_t>(numerator) & 63U) << (9 * base + 3);
  }

  // The fields of even and odd bases are added apart, so that each has room for a carry. XOR with
  // `offset` adds 32 to a numerator.
  static constexpr std::uint64_t low_even =
      1U | std::uint64_t{1} << 18 | std::uint64_t{1} << 36 | std::uint64_t{1} << 54;
  static constexpr std::uint64_t low_odd =
      std::uint64_t{1} << 9 | std::uint64_t{1} << 27 | std::uint64_t{1} << 45;
  static constexpr std::uint64_t even = 511 * low_even, odd = 511 * low_odd;
  static constexpr std::uint64_t denominators = 7 * (low_even | low_odd),
                                 offset = 256 * (low_even | low_odd);
  static constexpr std::uint64_t sum_guard = 8 * (128 - 32);
};

/// Whether `a * b` has exponents in range.
constexpr bool can_multiply(dimension a, dimension b) {
  dimension whole;
  if (a.is_one() || b.is_one() || whole.add_whole(a, b)) return true;
  for (int i = 0; i < dimension::bases; ++i)
    if (!dimension::in_range(a.exponent(i) + b.exponent(i))) return false;
  return true;
}
/// Whether `power(d, e)` has exponents in range.
constexpr bool can_raise(dimension d, rational e) {
  dimension inverse;
  if (d.is_one() || (e.numerator == -1 && e.denominator == 1 && inverse.negate_whole(d)))
    return true;
  for (int i = 0; i < dimension::bases; ++i)
    if (!dimension::in_range(d.exponent(i) * e)) return false;
  return true;
}

namespace units {
inline constexpr dimension one{};
inline constexpr dimension metre{1, 0, 0, 0};
inline constexpr dimension kilogram{0, 1, 0, 0};
inline constexpr dimension second{0, 0, 1, 0};
inline constexpr dimension ampere{0, 0, 0, 1};
inline constexpr dimension kelvin{0, 0, 0, 0, 1};
inline constexpr dimension mole{0, 0, 0, 0, 0, 1};
inline constexpr dimension candela{0, 0, 0, 0, 0, 0, 1};
inline constexpr dimension hertz{0, 0, -1, 0};
inline constexpr dimension newton{1, 1, -2, 0};
inline constexpr dimension pascal{-1, 1, -2, 0};
inline constexpr dimension joule{2, 1, -2, 0};
inline constexpr dimension watt{2, 1, -3, 0};
inline constexpr dimension coulomb{0, 0, 1, 1};
inline constexpr dimension volt{2, 1, -3, -1};
inline constexpr dimension farad{-2, -1, 4, 2};
inline constexpr dimension ohm{2, 1, -3, -2};
inline constexpr dimension siemens{-2, -1, 3, 2};
inline constexpr dimension weber{2, 1, -2, -1};
inline constexpr dimension tesla{0, 1, -2, -1};
inline constexpr dimension henry{2, 1, -2, -2};
inline constexpr dimension lux{-2, 0, 0, 0, 0, 0, 1};
inline constexpr dimension gray{2, 0, -2, 0};
inline constexpr dimension litre{3, 0, 0, 0};
inline constexpr dimension katal{0, 0, -1, 0, 0, 1};
inline constexpr dimension molar{-3, 0, 0, 0, 0, 1};
}  // namespace units

}  // namespace nernst::ir
