// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/elementary/extended.hpp>
#include <nernst/ir/elementary/logarithm.hpp>

namespace nernst::ir::elementary {

template <class Real>
struct power_constants;
template <>
struct power_constants<double> {
  static constexpr double two_thirds = 0x1.5555555555555p-1, rest = 0x1.5555555555555p-55;
  /// (log((1 + s)/(1 - s)) - 2s - 2/3 s^3)/s^5 in powers of s^2; 2^-66 of the logarithm is the
  /// largest error.
  static constexpr double series[] = {
      0x1.9999999999b2fp-2, 0x1.2492492457f19p-2, 0x1.c71c722d4324dp-3, 0x1.745ce9ee4e844p-3,
      0x1.3b1eea40d84ep-3,  0x1.0f800f6751831p-3, 0x1.0e416ebbbeb85p-3};
  /// |y log(x)| above which the result overflows or underflows, and |y| above which it does so too
  /// or x is 1.
  static constexpr double most = 800, most_exponent = 0x1p64;
};
template <>
struct power_constants<float> {
  static constexpr float two_thirds = 0x1.555556p-1F, rest = -0x1.555556p-26F;
  static constexpr float series[] = {0x1.999ap-2F, 0x1.24528p-2F, 0x1.dfa116p-3F};
  static constexpr float most = 120, most_exponent = 0x1p64F;
};

/// log(x) of normal x > 0 to about 2^-64 of it (float: 2^-33).
template <class Value>
NERNST_FUNCTION extended<Value> extended_log(Value x) {
  using real = real_in<Value>;
  using c = power_constants<real>;
  using ln = exponential_constants<real>;
  auto const [e, m] = decompose(x);
  // s = f/(2 + f)
  Value const f = m - real(1);
  auto const [d, d_low] = sum_of(all<Value>(real(2)), f);
  Value const reciprocal = real(1) / d;
  Value const s = f * reciprocal;
  Value const s_low = reciprocal * fma(s, Value(-d_low), less_product(f, s, d));
  // 2 + s^2 (2/3 + ...)
  auto const [z, z_lost] = product_of(s, s);
  Value const z_low = fma(s, Value(s_low + s_low), z_lost);
  auto const [w, w_lost] = sum_with_product(c::two_thirds, z, polynomial(z, c::series));
  auto const [g, g_lost] = product_of(z, w);
  Value const g_low = fma(z, Value(w_lost + c::rest), fma(z_low, w, g_lost));
  auto const [h, h_lost] = sum_of(all<Value>(real(2)), g);
  // log(m) + e log(2)
  auto const [y, y_lost] = product_of(s, h);
  Value const y_low = fma(s, Value(h_lost + g_low), fma(s_low, h, y_lost));
  auto const [sum, sum_lost] = sum_of(Value(e * ln::ln2_high), y);
  return sum_of(sum, Value(sum_lost + fma(e, ln::ln2_low, y_low)));
}

/// x^y as in C: pow(x, 0) and pow(1, y) are 1 for all x and y.
template <class Value>
NERNST_FUNCTION Value pow(Value x, Value y) {
  using real = real_in<Value>;
  using c = exponential_constants<real>;
  using l = logarithm_constants<real>;
  auto const [log_x, log_low] = extended_log(x);
  auto const [p, p_lost] = product_of(y, log_x);
  auto const [n, rounded, rest] = reduce_exponent(p);
  auto const [r, low] = sum_of(rounded, fma(y, log_low, Value(p_lost + rest)));
  Value const square = r * r;
  Value const less_one = r + fma(polynomial(r, square, c::series), square, low);
  Value const result = scale(Value(less_one + real(1)), n);
  using own = power_constants<real>;
  word_of<Value> const far = (bits_of_constant<Value>(own::most) - bits_of(abs(p))) |
                             (bits_of_constant<Value>(own::most_exponent) - bits_of(abs(y)));
  return except(
      outside(x, l::least, l::most) | far, result, [](real a, real b) { return ::pow(a, b); }, x,
      y);
}

}  // namespace nernst::ir::elementary
