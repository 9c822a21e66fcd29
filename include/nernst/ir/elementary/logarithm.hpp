// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/elementary/exceptional.hpp>
#include <nernst/ir/elementary/exponential.hpp>

namespace nernst::ir::elementary {

template <class Real>
struct logarithm_constants;
template <>
struct logarithm_constants<double> {
  static constexpr double least = 0x1p-1022, most = 0x1.fffffffffffffp1023;
  static constexpr double sqrt_half = 0x1.6a09e667f3bcdp-1;
  /// (log((1 + s)/(1 - s)) - 2s)/s^3 in powers of s^2, for |s| <= (sqrt(2) - 1)/(sqrt(2) + 1);
  /// 2^-59.5 of the logarithm is the largest error.
  static constexpr double series[] = {
      0x1.5555555555592p-1, 0x1.999999997ff41p-2, 0x1.24924941de7bap-2, 0x1.c71c5216a7e96p-3,
      0x1.74663c7d6ef07p-3, 0x1.39a1f25dee41dp-3, 0x1.2f036e03f92d5p-3};
};
template <>
struct logarithm_constants<float> {
  static constexpr float least = 0x1p-126F, most = 0x1.fffffep127F;
  static constexpr float sqrt_half = 0x1.6a09e6p-1F;
  static constexpr float series[] = {0x1.555554p-1F, 0x1.999bd4p-2F, 0x1.23f1ap-2F, 0x1.ec1e4p-3F};
};

/// x = 2^e m with m in [sqrt(1/2), sqrt(2)), of normal x > 0.
template <class Value>
struct decomposed {
  Value e, m;
};
template <class Value>
NERNST_FUNCTION decomposed<Value> decompose(Value x) {
  using real = real_in<Value>;
  using f = format<real>;
  constexpr auto half = bits_of_constant<Value>(logarithm_constants<real>::sqrt_half);
  constexpr auto one = bits_of_constant<Value>(real(1));
  constexpr real offset = f::shift / 3 * 2;  // 2^fraction_bits
  word_of<Value> const moved = bits_of(x) + (one - half);
  word_of<Value> const exponent = (moved >> f::fraction_bits) | bits_of_constant<Value>(offset);
  constexpr auto fraction = (typename f::word{1} << f::fraction_bits) - 1;
  return {from_bits<Value>(exponent) - (offset + f::bias),
          from_bits<Value>((moved & fraction) + half)};
}

/// log(1 + f) = f - (f^2/2 - s (f^2/2 + s^2 P(s^2))) with s = f/(2 + f).
template <class Value>
struct logarithm_parts {
  Value s, half, sum;  ///< s, f/2 and f^2/2 + s^2 P(s^2)
};
template <class Value>
NERNST_FUNCTION logarithm_parts<Value> logarithm_of_one_and(Value f) {
  using real = real_in<Value>;
  Value const s = f / (f + real(2));
  Value const z = s * s;
  Value const half = f * real(0.5);
  Value const rest = z * polynomial(z, logarithm_constants<real>::series);
  return {s, half, fma(half, f, rest)};
}

/// The natural logarithm.
template <class Value>
NERNST_FUNCTION Value log(Value x) {
  using real = real_in<Value>;
  using c = logarithm_constants<real>;
  using ln = exponential_constants<real>;
  auto const [e, m] = decompose(x);
  Value const f = m - real(1);
  auto const [s, half, sum] = logarithm_of_one_and(f);
  Value const low = fma(s, sum, Value(e * ln::ln2_low));
  Value const y = fma(e, ln::ln2_high, Value(f - fma(half, f, Value(-low))));
  return except(outside(x, c::least, c::most), y, [](real a) { return ::log(a); }, x);
}

/// log(1 + x): of u = 1 + x rounded, with what was lost.
template <class Value>
NERNST_FUNCTION Value log1p(Value x) {
  using real = real_in<Value>;
  using c = logarithm_constants<real>;
  using ln = exponential_constants<real>;
  Value const u = x + real(1);
  Value const less_one = u - real(1);
  Value const lost = (real(1) - (u - less_one)) + (x - less_one);
  auto const [e, m] = decompose(u);
  Value const f = m - real(1);
  auto const [s, half, sum] = logarithm_of_one_and(f);
  // lost/u, where 1/m = (1 - s)/(1 + s).
  Value const reciprocal = fma(s, fma(s, real(2), real(-2)), real(1));
  Value const correction = lost * inverse_power(e);
  Value const low = fma(s, sum, fma(e, ln::ln2_low, Value(correction * reciprocal)));
  Value const y = fma(e, ln::ln2_high, Value(f - fma(half, f, Value(-low))));
  return except(
      outside(u, c::least, c::most), with_sign(y, x), [](real a) { return ::log1p(a); }, x);
}

}  // namespace nernst::ir::elementary
