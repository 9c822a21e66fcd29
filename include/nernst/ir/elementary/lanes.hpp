// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/function_attribute.hpp>

#include <bit>
#include <concepts>
#include <cstdint>
#include <type_traits>

/// The functions exp, log, sin ... of single numbers and of SIMD vectors: one algorithm for each,
/// without branches that depend on other lanes, so that a number has the same image wherever it
/// stands. Every sum of a product is an explicit `fma`; hence the compiler has nothing to contract,
/// and where the processor has this operation the results are the same bits for all widths.
namespace nernst::ir::elementary {

/// The binary format of a type of numbers.
template <class Real>
struct format;
template <>
struct format<double> {
  using word = std::uint64_t;
  static constexpr int fraction_bits = 52, bias = 1023;
  static constexpr double shift = 0x1.8p52;  ///< numbers around it are whole
};
template <>
struct format<float> {
  using word = std::uint32_t;
  static constexpr int fraction_bits = 23, bias = 127;
  static constexpr float shift = 0x1.8p23F;
};

/// What the functions ask of a value, which is a number or a vector of the compiler's
/// (`vector_size`). There are specialisations for SIMD registers.
template <class Value>
struct lanes;

template <std::floating_point Real>
struct lanes<Real> {
  using real = Real;
  using word = typename format<Real>::word;
  static constexpr bool fuses =
#if defined(__FMA__) || defined(__AVX512F__) || defined(__ARM_FEATURE_FMA)
      true;
#else
      false;
#endif

  static NERNST_FUNCTION Real fma(Real a, Real b, Real c) {
    if constexpr (!fuses)
      return a * b + c;
    else if constexpr (sizeof(Real) == 8)
      return __builtin_fma(a, b, c);
    else
      return __builtin_fmaf(a, b, c);
  }
  static NERNST_FUNCTION Real min(Real a, Real b) { return a < b ? a : b; }
  static NERNST_FUNCTION Real max(Real a, Real b) { return a > b ? a : b; }
  static NERNST_FUNCTION bool any_negative(word w) { return (w >> (8 * sizeof(Real) - 1)) != 0; }
};

template <class Value>
using real_in = typename lanes<Value>::real;
template <class Value>
using word_of = typename lanes<Value>::word;

/// The same number in all lanes.
template <class Value>
NERNST_FUNCTION Value all(Value x) {
  return x;
}
template <class Value>
  requires(!std::same_as<Value, real_in<Value>>)
NERNST_FUNCTION Value all(real_in<Value> x) {
  return x - Value{};
}

/// a b + c, rounded once where the processor can.
template <class Value, class B, class C>
NERNST_FUNCTION Value fma(Value a, B b, C c) {
  return lanes<Value>::fma(a, all<Value>(b), all<Value>(c));
}
/// The smaller and the larger of two; the second where one is not a number.
template <class Value>
NERNST_FUNCTION Value min(real_in<Value> a, Value b) {
  return lanes<Value>::min(all<Value>(a), b);
}
template <class Value>
NERNST_FUNCTION Value max(real_in<Value> a, Value b) {
  return lanes<Value>::max(all<Value>(a), b);
}

template <class Value>
NERNST_FUNCTION word_of<Value> bits_of(Value x) {
  return std::bit_cast<word_of<Value>>(x);
}
template <class Value>
NERNST_FUNCTION Value from_bits(word_of<Value> bits) {
  return std::bit_cast<Value>(bits);
}
template <class Value>
constexpr auto bits_of_constant(real_in<Value> x) {
  return std::bit_cast<typename format<real_in<Value>>::word>(x);
}
template <class Value>
constexpr auto sign_bit = bits_of_constant<Value>(real_in<Value>(-0.0));

template <class Value>
NERNST_FUNCTION Value abs(Value x) {
  return from_bits<Value>(bits_of(x) & ~sign_bit<Value>);
}
/// |x| with the sign of `like`, for x with the sign 0.
template <class Value>
NERNST_FUNCTION Value with_sign(Value x, Value like) {
  return from_bits<Value>(bits_of(x) | (bits_of(like) & sign_bit<Value>));
}

/// A whole number, as a number and in the low bits of a word.
template <class Value>
struct whole {
  Value number;
  word_of<Value> bits;
};
/// a b + c, to the next whole number.
template <class Value, class B, class C>
NERNST_FUNCTION whole<Value> nearest(Value a, B b, C c) {
  constexpr real_in<Value> shift = format<real_in<Value>>::shift;
  Value const shifted = fma(a, b, c) + shift;
  return {shifted - shift, bits_of(shifted)};
}
/// a b, to the next whole number.
template <class Value, class B>
NERNST_FUNCTION whole<Value> nearest(Value a, B b) {
  constexpr real_in<Value> shift = format<real_in<Value>>::shift;
  Value const shifted = fma(a, b, shift);
  return {shifted - shift, bits_of(shifted)};
}

/// 2^n for n between the exponents of the smallest and the largest normal number, in the low bits
/// of a word.
template <class Value>
NERNST_FUNCTION Value power_of_two(word_of<Value> n) {
  using f = format<real_in<Value>>;
  return from_bits<Value>((n + typename f::word(f::bias)) << f::fraction_bits);
}
/// x 2^n, rounded once, for n of at most twice that size.
template <class Value>
NERNST_FUNCTION Value scale(Value x, whole<Value> n) {
  if constexpr (requires { lanes<Value>::scale(x, n.number); }) {
    return lanes<Value>::scale(x, n.number);
  } else {
    word_of<Value> const half = n.bits >> 1;
    return x * power_of_two<Value>(half) * power_of_two<Value>(n.bits - half);
  }
}

/// c[0] + c[1] x + c[2] x^2 + ...
template <int First = 0, class Value, class Real, int N>
NERNST_FUNCTION Value polynomial(Value x, Real const (&c)[N]) {
  if constexpr (First == N - 1)
    return all<Value>(c[First]);
  else
    return fma(polynomial<First + 1>(x, c), x, c[First]);
}
/// The same by way of x^2, with half the latency.
template <int First = 0, class Value, class Real, int N>
NERNST_FUNCTION Value polynomial(Value x, Value square, Real const (&c)[N]) {
  if constexpr (First == N - 1) {
    return all<Value>(c[First]);
  } else {
    Value const pair = fma(x, c[First + 1], c[First]);
    if constexpr (First == N - 2)
      return pair;
    else
      return fma(polynomial<First + 2>(x, square, c), square, pair);
  }
}

}  // namespace nernst::ir::elementary
