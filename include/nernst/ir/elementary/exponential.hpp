// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/elementary/lanes.hpp>

namespace nernst::ir::elementary {

template <class Real>
struct exponential_constants;
template <>
struct exponential_constants<double> {
  static constexpr double per_ln2 = 0x1.71547652b82fep0;
  /// ln 2, of which the first part times 2000 is exact.
  static constexpr double ln2_high = 0x1.62e42fefa38p-1, ln2_low = 0x1.ef35793c7673p-45;
  /// Arguments where exp is 0 and infinite; where expm1 is -1; and from which on it is taken for
  /// infinite as a part of a quotient.
  static constexpr double zero = -750, infinite = 718, flat = -60, most = 710.8;
  /// (exp(r) - 1 - r)/r^2 for |r| <= ln(2)/2; 2^-55.5 of exp(r) - 1 is the largest error.
  static constexpr double series[] = {
      0x1.0000000000005p-1,  0x1.555555555553bp-3,  0x1.555555555210cp-5,  0x1.1111111118831p-7,
      0x1.6c16c17f2f16fp-10, 0x1.a01a0177f2193p-13, 0x1.a019a6a16c798p-16, 0x1.71de810a04547p-19,
      0x1.28a28f510994ap-22, 0x1.ae77776e17861p-26};
  /// (r coth(r/2) - 2)/r^2 in powers of r^2; 2^-59 is the largest error.
  static constexpr double cotangent[] = {0x1.555555555553ep-3, -0x1.6c16c16bebc69p-9,
                                         0x1.1566aaf237f8ap-14, -0x1.bbd41c1e1e86p-20,
                                         0x1.63768558b5d24p-25};
  /// (x/(exp(x) - 1) + x/2 - 1)/x^2 in powers of x^2, B(2k)/(2k)!, for |x| < near_zero = 0.4: what
  /// is left out is below 2^-54.
  static constexpr double bernoulli[] = {1 / 12.,       -1 / 720.,     1 / 30240.,
                                         -1 / 1209600., 1 / 47900160., -691 / 1307674368000.};
  static constexpr double near_zero = 0.4;
};
template <>
struct exponential_constants<float> {
  static constexpr float per_ln2 = 0x1.715476p0F;
  static constexpr float ln2_high = 0x1.62e4p-1F, ln2_low = 0x1.7f7d1cp-20F;
  static constexpr float zero = -105, infinite = 95, flat = -40, most = 89.74F;
  static constexpr float series[] = {0x1.fffffep-2F, 0x1.5554bp-3F, 0x1.555716p-5F, 0x1.12278ep-7F,
                                     0x1.6b7336p-10F};
  static constexpr float cotangent[] = {0x1.55551ep-3F, -0x1.6aa3e6p-9F};
  static constexpr float bernoulli[] = {1 / 12.F, -1 / 720.F, 1 / 30240.F, -1 / 1209600.F};
  static constexpr float near_zero = 0.8F;
};

/// x = n ln(2) + r with whole n and |r| <= ln(2)/2.
template <class Value>
struct reduced_exponent {
  whole<Value> n;
  Value r;
  Value low;  ///< what rounding took from r
};
template <class Value>
NERNST_FUNCTION reduced_exponent<Value> reduce_exponent(Value x) {
  using c = exponential_constants<real_in<Value>>;
  whole<Value> const n = nearest(x, c::per_ln2);
  Value const before = fma(n.number, -c::ln2_high, x);
  Value const r = fma(n.number, -c::ln2_low, before);
  return {n, r, fma(n.number, -c::ln2_low, Value(before - r))};
}
/// 2^-n, or something of no account beside 1.
template <class Value>
NERNST_FUNCTION Value inverse_power(Value n) {
  using real = real_in<Value>;
  using f = format<real>;
  return power_of_two<Value>(bits_of(f::shift - min(real(f::bias - 1), n)));
}

/// e^x.
template <class Value>
NERNST_FUNCTION Value exp(Value x) {
  using real = real_in<Value>;
  using c = exponential_constants<real>;
  auto const [n, r, _] = reduce_exponent(max(c::zero, min(c::infinite, x)));
  Value const square = r * r;
  Value const less_one = fma(polynomial(r, square, c::series), square, r);
  return scale(Value(less_one + real(1)), n);
}

/// e^x - 1 = 2^n (exp(r) - 1 + (1 - 2^-n)); the sum is kept in two parts.
template <class Value>
NERNST_FUNCTION Value expm1(Value x) {
  using real = real_in<Value>;
  using c = exponential_constants<real>;
  auto const [n, r, rest] = reduce_exponent(max(c::flat, min(c::infinite, x)));
  Value const one = real(1) - inverse_power(n.number);
  Value const sum = one + r;
  Value const low = ((one - sum) + r) + rest;
  Value const square = r * r;
  Value const y = sum + fma(polynomial(r, square, c::series), square, low);
  return with_sign(scale(y, n), x);
}

/// exprel(x) as the quotient of two numbers, of which the first is infinite where x >= most.
///
/// e^r = 1 + 2r/d with d = r coth(r/2) - r, hence e^x - 1 is ((2^n - 1) d + 2^n 2r)/d. Quarters of
/// both numbers do not overflow.
template <class Value>
struct relative_growth {
  Value numerator, denominator;
};
template <class Value>
NERNST_FUNCTION relative_growth<Value> relative_growth_of(Value x) {
  using real = real_in<Value>;
  using c = exponential_constants<real>;
  Value const bounded = min(c::most, x);
  auto const [n, r, _] = reduce_exponent(max(c::flat, bounded));
  Value const square = r * r;
  Value const d = fma(polynomial(square, c::cotangent), square, Value(-r)) + real(2);
  Value const quarter = power_of_two<Value>(n.bits - 2);
  Value const numerator = fma(Value(quarter - real(0.25)), d, Value(quarter * (r + r)));
  return {numerator, bounded * real(0.25) * d};
}
/// y, but 1 where |x| is so small that 1 + x is.
template <class Value>
NERNST_FUNCTION Value one_near_zero(Value x, Value y) {
  using real = real_in<Value>;
  constexpr real tiny = real(0.25) / format<real>::shift;
  return abs(x) < tiny ? all<Value>(real(1)) : y;
}

/// (e^x - 1)/x, 1 at 0; infinite where x > 710.8 (float: 89.74).
template <class Value>
NERNST_FUNCTION Value exprel(Value x) {
  auto const [numerator, denominator] = relative_growth_of(x);
  return one_near_zero(x, Value(numerator / denominator));
}

/// x/(e^x - 1), 1 at 0; 0 where x > 710.8 (float: 89.74).
template <class Value>
NERNST_FUNCTION Value exprelr(Value x) {
  auto const [numerator, denominator] = relative_growth_of(x);
  return one_near_zero(x, Value(denominator / numerator));
}

/// The same where `e` is e^x but for some roundings, as a power of another number is: near 0, where
/// these would count, by a series.
template <class Value>
NERNST_FUNCTION Value exprelr(Value x, Value e) {
  using real = real_in<Value>;
  using c = exponential_constants<real>;
  Value const square = x * x;
  Value const series = fma(polynomial(square, c::bernoulli), square, fma(x, real(-0.5), real(1)));
  Value const quotient = x / (e - real(1));
  return abs(x) < c::near_zero ? series : quotient;
}

}  // namespace nernst::ir::elementary
