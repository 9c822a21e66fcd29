// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/elementary/exceptional.hpp>
#include <nernst/ir/elementary/extended.hpp>

namespace nernst::ir::elementary {

template <class Real>
struct sine_constants;
template <>
struct sine_constants<double> {
  static constexpr double per_quarter = 0x1.45f306dc9c883p-1, far = 0x1p20;
  /// pi/2 as a sum.
  static constexpr double quarter[] = {0x1.921fb54442d18p0, 0x1.1a62633145c07p-54,
                                       -0x1.f1976b7ed8fbcp-110};
  /// (sin(r) - r)/r^3 and (cos(r) - 1)/r^2 in powers of r^2, for |r| <= pi/4; 2^-57.9 of sin(r)
  /// and 2^-64 of cos(r) are the largest errors.
  static constexpr double sine[] = {-0x1.5555555555548p-3,
                                    0x1.111111110f75ep-7,
                                    -0x1.a01a019bf2523p-13,
                                    0x1.71de355f3628cp-19,
                                    -0x1.ae5e549c421c4p-26,
                                    0x1.5d8e4234a0139p-33,
                                    0};
  static constexpr double cosine[] = {-0.5,
                                      0x1.555555555554bp-5,
                                      -0x1.6c16c16c15017p-10,
                                      0x1.a01a019c8f66bp-16,
                                      -0x1.27e4f7f1c1054p-22,
                                      0x1.1ee9dbec7010ap-29,
                                      -0x1.8fa6917123386p-37};
};
template <>
struct sine_constants<float> {
  static constexpr float per_quarter = 0x1.45f306p-1F, far = 0x1p16F;
  static constexpr float quarter[] = {0x1.921fb6p0F, -0x1.777a5cp-25F, -0x1.ee59dap-50F};
  static constexpr float sine[] = {-0x1.555546p-3F, 0x1.110778p-7F, -0x1.9954p-13F, 0};
  static constexpr float cosine[] = {-0.5F, 0x1.55554ap-5F, -0x1.6c0c2ap-10F, 0x1.99e91p-16F};
};

/// The polynomial with coefficients a where `first` holds, else b.
template <int First = 0, class Value, class Truth, class Real, int N>
NERNST_FUNCTION Value either_polynomial(Truth const& first, Value x, Real const (&a)[N],
                                        Real const (&b)[N]) {
  Value const c = first ? all<Value>(a[First]) : all<Value>(b[First]);
  if constexpr (First == N - 1)
    return c;
  else
    return fma(either_polynomial<First + 1>(first, x, a, b), x, c);
}

/// sin(x + turn pi/2). x = k pi/2 + r with |r| <= pi/4.
template <int Turn, class Value>
NERNST_FUNCTION Value sine_of_sum(Value x) {
  using real = real_in<Value>;
  using c = sine_constants<real>;
  auto const [k, k_bits] = nearest(x, c::per_quarter);
  Value const near = less_product(x, k, c::quarter[0]);
  auto const [second, second_lost] = product_of(k, all<Value>(c::quarter[1]));
  // Exact for |near| < |second|, too: both are multiples of the last place of `second`.
  auto const [r, r_lost] = sum_of(near, Value(-second));
  Value const lost = fma(k, -c::quarter[2], Value(r_lost - second_lost));
  word_of<Value> const quadrant = k_bits + Turn;
  auto const is_sine = (quadrant & 1) == 0;
  Value const first = is_sine ? r : all<Value>(real(1));
  Value const square = r * r;
  Value const rest = either_polynomial(is_sine, square, c::sine, c::cosine);
  Value const slope = is_sine ? all<Value>(real(1)) : -r;
  Value const y = first + fma(rest, Value(first * square), Value(slope * lost));
  return from_bits<Value>(bits_of(y) ^ ((quadrant >> 1) << (8 * sizeof(real) - 1)));
}

template <class Value>
NERNST_FUNCTION word_of<Value> is_far(Value x) {
  return bits_of_constant<Value>(sine_constants<real_in<Value>>::far) - bits_of(abs(x));
}

template <class Value>
NERNST_FUNCTION Value sin(Value x) {
  Value const y = except(is_far(x), sine_of_sum<0>(x), [](auto a) { return ::sin(a); }, x);
  return x == real_in<Value>(0) ? x : y;  // 0 with its sign
}
template <class Value>
NERNST_FUNCTION Value cos(Value x) {
  return except(is_far(x), sine_of_sum<1>(x), [](auto a) { return ::cos(a); }, x);
}

/// Where an angle meets the unit circle.
template <class Value>
struct circle_point {
  Value cosine, sine;
};
/// Of the angle 2 pi turn, for 0 <= turn <= 1: within 2 units in the last place.
template <class Value>
NERNST_FUNCTION circle_point<Value> point_of_turn(Value turn) {
  using real = real_in<Value>;
  using c = sine_constants<real>;
  auto const [k, quadrant] = nearest(turn, real(4));
  Value const x = fma(k, real(-0.25), turn) * real(6.283185307179586477);
  Value const square = x * x;
  Value const cosine = fma(polynomial(square, c::cosine), square, real(1));
  Value const sine = fma(polynomial(square, c::sine), Value(x * square), x);
  constexpr int to_sign = 8 * sizeof(real) - 1;
  auto const is_upright = (quadrant & 1) != 0;
  Value const along = is_upright ? sine : cosine, across = is_upright ? cosine : sine;
  return {from_bits<Value>(bits_of(along) ^ (((quadrant + 1) >> 1) << to_sign)),
          from_bits<Value>(bits_of(across) ^ ((quadrant >> 1) << to_sign))};
}

}  // namespace nernst::ir::elementary
