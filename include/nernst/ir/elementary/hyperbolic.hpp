// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/elementary/exponential.hpp>

namespace nernst::ir::elementary {

template <class Real>
struct tanh_constants;
template <>
struct tanh_constants<double> {
  static constexpr double one = 40;  ///< 2|x| where tanh is 1
  /// (r coth(r/2) - 2)/r^2 in powers of r^2, for |r| <= 1.1; 2^-60 is the largest error.
  static constexpr double cotangent[] = {
      0x1.5555555555553p-3,  -0x1.6c16c16c15d1ep-9,  0x1.1566abbf05211p-14, -0x1.bbd7780de52e9p-20,
      0x1.66a899629ab6fp-25, -0x1.22706a720ba3bp-30, 0x1.d387a0eb9e505p-36, -0x1.4d325864c5807p-41};
};
template <>
struct tanh_constants<float> {
  static constexpr float one = 20;
  static constexpr float cotangent[] = {0x1.555554p-3F, -0x1.6c149ap-9F, 0x1.14d08ap-14F,
                                        -0x1.99f132p-20F};
};

/// With y = 2|x| = n ln(2) + r, w = r coth(r/2) - 2 and d = 2 + w - r, so that e^r = 1 + 2r/d, it
/// is 1 - 2 2^-n d/((1 + 2^-n) d + 2r); where tanh < 1/2, r = y and it is |x| - |x| 2w/(2d + 2r).
template <class Value>
NERNST_FUNCTION Value tanh(Value x) {
  using real = real_in<Value>;
  using c = tanh_constants<real>;
  Value const size = abs(x);
  Value const y = min(c::one, Value(size + size));
  auto const reduced = reduce_exponent(y);
  auto const small = y < real(1.0986);
  Value const n = small ? all<Value>(real(0)) : reduced.n.number;
  Value const r = small ? y : reduced.r;
  Value const square = r * r;
  Value const series = polynomial(square, c::cotangent);
  Value const d = fma(series, square, Value(-r)) + real(2);
  Value const t = inverse_power(n);
  Value const from = small ? size : all<Value>(real(1));
  Value const a = small ? series : t;
  Value const b = small ? size * square : d;
  Value const product = a * b;
  Value const ratio = (product + product) / fma(Value(t + real(1)), d, Value(r + r));
  return with_sign(Value(from - ratio), x);
}

}  // namespace nernst::ir::elementary
