// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/config.hpp>
#include <nernst/kernel/simd.hpp>

#include <concepts>
#include <math.h>
#include <type_traits>

/// The functions of a kernel, one spelling for `double`, `float` and SIMD batches of them. Call
/// them qualified, as `math::exp(x)`: an unqualified call may find a function of the batch's own
/// library instead. Where two arguments differ, a scalar is spread over the lanes of the other.
/// Scalars use the platform's library; batches are within 3 units in the last place of the exact
/// result, except `pow`, whose error is about 2 (1 + |log(x^y)|) units in the last place: write
/// whole powers as `power<N>`.
namespace nernst::kernel::math {

namespace detail {
template <class A, class B>
using wider = std::conditional_t<(width_of<B> > width_of<A>), B, A>;
}  // namespace detail

#if NERNST_HAS_PACKS
#define NERNST_MATH_PACKED(name, library)                                                          \
  template <class Real, class Arch>                                                                \
    requires std::is_floating_point_v<Real>                                                        \
  NERNST_FUNCTION xsimd::batch<Real, Arch> name(xsimd::batch<Real, Arch> const& x) {               \
    return xsimd::library(x);                                                                      \
  }
#else
#define NERNST_MATH_PACKED(name, library)
#endif
#define NERNST_MATH(name, library)                                                                 \
  template <std::floating_point Real>                                                              \
  NERNST_FUNCTION Real name(Real x) {                                                              \
    return ::library(x);                                                                           \
  }                                                                                                \
  NERNST_MATH_PACKED(name, library)

NERNST_MATH(exp, exp)
NERNST_MATH(expm1, expm1)
NERNST_MATH(log, log)
NERNST_MATH(log1p, log1p)
NERNST_MATH(log10, log10)
NERNST_MATH(sqrt, sqrt)
NERNST_MATH(abs, fabs)
NERNST_MATH(sin, sin)
NERNST_MATH(cos, cos)
NERNST_MATH(tan, tan)
NERNST_MATH(asin, asin)
NERNST_MATH(acos, acos)
NERNST_MATH(atan, atan)
NERNST_MATH(sinh, sinh)
NERNST_MATH(cosh, cosh)
NERNST_MATH(tanh, tanh)
NERNST_MATH(floor, floor)
NERNST_MATH(ceil, ceil)
NERNST_MATH(trunc, trunc)

#undef NERNST_MATH
#undef NERNST_MATH_PACKED

/// The error function, from the platform's library for each lane: the batches' own is some 35 units
/// in the last place off.
template <class Value>
NERNST_FUNCTION Value erf(Value x) {
  using real = real_of<Value>;
  alignas(Value) real lanes[width_of<Value>] = {};
  kernel::store<Value>(lanes, x);
  for (real& lane : lanes) lane = ::erf(lane);
  return kernel::load<Value>(lanes);
}

/// (e^x - 1)/x, 1 where |x| < 1e-16, infinity where x > 717.
template <class Value>
NERNST_FUNCTION Value exprel(Value x) {
  using real = real_of<Value>;
  Value const ratio = math::expm1(x) / x;
  Value const bounded = kernel::select(x > Value(real(717)), Value(real(INFINITY)), ratio);
  return kernel::select(math::abs(x) < Value(real(1e-16)), Value(real(1)), bounded);
}

/// x to the power y. A negative x needs a whole y.
template <class A, class B>
NERNST_FUNCTION detail::wider<A, B> pow(A x, B y) {
  using value = detail::wider<A, B>;
#if NERNST_HAS_PACKS
  if constexpr (Pack<value>) return xsimd::pow(value(x), value(y));
#endif
  if constexpr (!Pack<value>) return ::pow(value(x), value(y));
}

/// The angle of the point (x, y), in (-pi, pi].
template <class A, class B>
NERNST_FUNCTION detail::wider<A, B> atan2(A y, B x) {
  using value = detail::wider<A, B>;
#if NERNST_HAS_PACKS
  if constexpr (Pack<value>) return xsimd::atan2(value(y), value(x));
#endif
  if constexpr (!Pack<value>) return ::atan2(value(y), value(x));
}

/// x to the whole power N by repeated squaring; the reciprocal where N is negative.
template <int N, class Value>
NERNST_FUNCTION Value power(Value x) {
  if constexpr (N < 0)
    return Value(real_of<Value>(1)) / math::power<-N>(x);
  else if constexpr (N == 0)
    return Value(real_of<Value>(1));
  else if constexpr (N == 1)
    return x;
  else if constexpr (N % 2 == 1)
    return math::power<N - 1>(x) * x;
  else {
    Value const half = math::power<N / 2>(x);
    return half * half;
  }
}

/// -1, 0 or 1; not-a-number stays.
template <class Value>
NERNST_FUNCTION Value sign(Value x) {
  using real = real_of<Value>;
  Value const zero(real(0));
  return kernel::select(x > zero, Value(real(1)), kernel::select(x < zero, Value(real(-1)), x));
}

/// The smaller and the larger of two; where one is not a number, the first.
template <class A, class B>
NERNST_FUNCTION detail::wider<A, B> minimum(A a, B b) {
  using value = detail::wider<A, B>;
  return kernel::select(value(b) < value(a), value(b), value(a));
}
template <class A, class B>
NERNST_FUNCTION detail::wider<A, B> maximum(A a, B b) {
  using value = detail::wider<A, B>;
  return kernel::select(value(b) > value(a), value(b), value(a));
}

/// `x` moved into [lo, hi]; not-a-number stays.
template <class Value, class Low, class High>
NERNST_FUNCTION detail::wider<detail::wider<Value, Low>, High> clip(Value x, Low lo, High hi) {
  return math::minimum(math::maximum(x, lo), hi);
}

/// The remainder of x / y with the sign of y: x - y*floor(x/y).
template <class A, class B>
NERNST_FUNCTION detail::wider<A, B> floor_mod(A x, B y) {
  using value = detail::wider<A, B>;
  return value(x) - value(y) * math::floor(value(x) / value(y));
}

}  // namespace nernst::kernel::math
