// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/special_values.hpp>

#include <bit>
#include <cstdint>

namespace nernst::text {

/// A whole number of up to 5120 bits, as decimal conversion needs it.
struct big_number {
  static constexpr int capacity = 160;
  std::uint32_t word[capacity] = {};
  int size = 0;

  constexpr void multiply_add(std::uint32_t factor, std::uint32_t carry) {
    std::uint64_t sum = carry;
    for (int i = 0; i < size; ++i) {
      sum += std::uint64_t{word[i]} * factor;
      word[i] = static_cast<std::uint32_t>(sum);
      sum >>= 32;
    }
    if (sum != 0) word[size++] = static_cast<std::uint32_t>(sum);
  }
  constexpr void multiply_power_of_ten(int n) {
    for (; n >= 9; n -= 9) multiply_add(1000000000U, 0);
    for (; n > 0; --n) multiply_add(10, 0);
  }
  constexpr void shift_left(int n) {
    for (; n >= 31; n -= 31) multiply_add(std::uint32_t{1} << 31, 0);
    if (n > 0) multiply_add(std::uint32_t{1} << n, 0);
  }
  constexpr int bits() const {
    return size == 0 ? 0 : 32 * size - std::countl_zero(word[size - 1]);
  }
  constexpr bool at_least(big_number const& b) const {
    if (size != b.size) return size > b.size;
    int i = size;
    while (i > 0 && word[i - 1] == b.word[i - 1]) --i;
    return i == 0 || word[i - 1] > b.word[i - 1];
  }
  /// `b` must not be greater.
  constexpr void subtract(big_number const& b) {
    std::uint64_t borrow = 0;
    for (int i = 0; i < size; ++i) {
      std::uint64_t const d = std::uint64_t{word[i]} - (i < b.size ? b.word[i] : 0U) - borrow;
      word[i] = static_cast<std::uint32_t>(d);
      borrow = d >> 63;
    }
    while (size > 0 && word[size - 1] == 0) --size;
  }
};

constexpr double power_of_two(int n) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(1023 + n) << 52);
}

/// The double nearest to `digits` times ten to the power `exponent`; ties go to even.
constexpr double nearest(big_number& digits, int exponent) {
  if (digits.size == 0) return 0;
  big_number divisor;
  divisor.multiply_add(0, 1);
  if (exponent >= 0)
    digits.multiply_power_of_ten(exponent);
  else
    divisor.multiply_power_of_ten(-exponent);
  // The quotient gets 55 or 56 bits.
  int const shift = 55 - digits.bits() + divisor.bits();
  if (shift > 0)
    digits.shift_left(shift);
  else
    divisor.shift_left(-shift);
  divisor.shift_left(56);
  std::uint64_t quotient = 0;
  for (int k = 0; k <= 56; ++k) {
    quotient <<= 1;
    if (digits.at_least(divisor)) {
      digits.subtract(divisor);
      quotient |= 1U;
    }
    digits.shift_left(1);
  }
  int drop = 64 - std::countl_zero(quotient) - 53, scale = -shift;
  if (scale + drop < -1074) drop = -1074 - scale;
  if (drop > 60) return 0;
  std::uint64_t const half = std::uint64_t{1} << (drop - 1), rest = quotient & (2 * half - 1);
  std::uint64_t whole = quotient >> drop;
  if (rest > half || (rest == half && (digits.size > 0 || (whole & 1U) != 0))) ++whole;
  scale += drop;
  if (64 - std::countl_zero(whole) + scale > 1024) return ir::positive_infinity;
  double value = static_cast<double>(whole);
  for (; scale < -1022; scale += 52) value *= power_of_two(-52);
  for (; scale > 900; scale -= 52) value *= power_of_two(52);
  return value * power_of_two(scale);
}

inline constexpr double ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                 1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/// The double nearest to `n` times ten to the power `exponent`.
constexpr double scaled(std::uint64_t n, int exponent) {
  // Both numbers are exact, so their product or quotient is rounded once.
  if (n <= std::uint64_t{1} << 53 && exponent >= -22 && exponent <= 22)
    return exponent < 0 ? static_cast<double>(n) / ten[-exponent]
                        : static_cast<double>(n) * ten[exponent];
  if (n == 0 || exponent < -400) return 0;
  if (exponent > 400) return ir::positive_infinity;
  big_number digits;
  digits.multiply_add(0, static_cast<std::uint32_t>(n >> 32));
  if (digits.size > 0) digits.multiply_add(std::uint32_t{1} << 31, 0), digits.multiply_add(2, 0);
  if (digits.size == 0)
    digits.multiply_add(0, static_cast<std::uint32_t>(n));
  else
    digits.word[0] = static_cast<std::uint32_t>(n);
  return nearest(digits, exponent);
}

struct scanned_number {
  double value = 0;
  char const* end = nullptr;
};

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The value of a mantissa of any length, digits and at most one point, times ten to the power
/// `exponent`.
constexpr double scaled_digits(char const* p, char const* end, int exponent) {
  // What comes after 800 digits matters only by being there.
  constexpr int most = 800;
  big_number digits;
  int taken = 0;
  bool after_point = false, more = false;
  for (; p != end; ++p) {
    if (*p == '.') {
      after_point = true;
      continue;
    }
    exponent -= after_point;
    if (taken < most) {
      digits.multiply_add(10, static_cast<std::uint32_t>(*p - '0'));
      taken += digits.size > 0;
    } else {
      more = more || *p != '0';
      ++exponent;
    }
  }
  if (more) {
    digits.multiply_add(10, 1);
    --exponent;
    ++taken;
  }
  if (taken + exponent < -330) return 0;
  if (taken + exponent > 310) return ir::positive_infinity;
  return nearest(digits, exponent);
}

/// Reads a number as Python writes it (`1`, `1.`, `.5`, `1e-3`) from [p, end), which starts with a
/// digit or with a point and a digit. The value is the nearest double.
constexpr scanned_number scan_number(char const* p, char const* end) {
  char const* const begin = p;
  std::uint64_t n = 0;
  // More digits than fit wrap around; the exact way is taken then.
  for (; p != end && *p >= '0' && *p <= '9'; ++p) n = 10 * n + static_cast<std::uint64_t>(*p - '0');
  char const* mantissa_end = p;
  int exponent = 0;
  if (p != end && *p == '.') {
    char const* const point = p;
    for (++p; p != end && *p >= '0' && *p <= '9'; ++p)
      n = 10 * n + static_cast<std::uint64_t>(*p - '0');
    mantissa_end = p;
    exponent = static_cast<int>(point + 1 - p);
  }
  int written = 0;
  if (p != end && (*p == 'e' || *p == 'E')) {
    char const* q = p + 1;
    bool const negative = q != end && *q == '-';
    if (q != end && (*q == '-' || *q == '+')) ++q;
    if (q != end && is_digit(*q)) {
      for (; q != end && is_digit(*q); ++q)
        if (written < 100000) written = 10 * written + (*q - '0');
      if (negative) written = -written;
      p = q;
    }
  }
  if (mantissa_end - begin > 19) return {scaled_digits(begin, mantissa_end, written), p};
  return {scaled(n, exponent + written), p};
}

}  // namespace nernst::text
