// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/elementary/lanes.hpp>

#include <cstddef>

// GCC 12 reports the deliberately undefined registers of its own AVX-512 header (its bug 105593).
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#if defined(__SSE2__)
#include <immintrin.h>
#endif
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

// What the elementary functions ask of SIMD registers, as vectors of the compiler's.
namespace nernst::ir::elementary {

namespace detail {
// Of each type of registers: a b + c; the smaller and the larger, the second where one is not a
// number; the sign bits; and x 2^n, where there is an instruction for that.
// Where no registers have an operation, its name stands for this.
struct nothing;
void smaller(nothing, nothing);
void larger(nothing, nothing);
void has_sign(nothing);
void fused(nothing, nothing, nothing);
void scaled(nothing, nothing);
#define NERNST_ORDER(type, prefix, suffix)                                                         \
  inline type smaller(type a, type b) {                                                            \
    return prefix##_min_##suffix(a, b);                                                            \
  }                                                                                                \
  inline type larger(type a, type b) {                                                             \
    return prefix##_max_##suffix(a, b);                                                            \
  }
#define NERNST_SIGNS(type, prefix, suffix)                                                         \
  inline bool has_sign(type a) {                                                                   \
    return prefix##_movemask_##suffix(a) != 0;                                                     \
  }
#define NERNST_FUSED(type, prefix, suffix)                                                         \
  inline type fused(type a, type b, type c) {                                                      \
    return prefix##_fmadd_##suffix(a, b, c);                                                       \
  }
#define NERNST_SCALED(type, prefix, suffix)                                                        \
  inline type scaled(type a, type n) {                                                             \
    return prefix##_scalef_##suffix(a, n);                                                         \
  }
#if defined(__SSE2__)
NERNST_ORDER(__m128d, _mm, pd)
NERNST_ORDER(__m128, _mm, ps)
NERNST_SIGNS(__m128d, _mm, pd)
NERNST_SIGNS(__m128, _mm, ps)
#endif
#if defined(__AVX__)
NERNST_ORDER(__m256d, _mm256, pd)
NERNST_ORDER(__m256, _mm256, ps)
NERNST_SIGNS(__m256d, _mm256, pd)
NERNST_SIGNS(__m256, _mm256, ps)
#endif
#if defined(__FMA__)
NERNST_FUSED(__m128d, _mm, pd)
NERNST_FUSED(__m128, _mm, ps)
NERNST_FUSED(__m256d, _mm256, pd)
NERNST_FUSED(__m256, _mm256, ps)
#endif
#if defined(__AVX512F__)
NERNST_ORDER(__m512d, _mm512, pd)
NERNST_ORDER(__m512, _mm512, ps)
NERNST_FUSED(__m512d, _mm512, pd)
NERNST_FUSED(__m512, _mm512, ps)
NERNST_SCALED(__m512d, _mm512, pd)
NERNST_SCALED(__m512, _mm512, ps)
inline bool has_sign(__m512d a) {
  return _mm512_cmplt_epi64_mask(_mm512_castpd_si512(a), _mm512_setzero_si512()) != 0;
}
inline bool has_sign(__m512 a) {
  return _mm512_cmplt_epi32_mask(_mm512_castps_si512(a), _mm512_setzero_si512()) != 0;
}
#endif
#undef NERNST_ORDER
#undef NERNST_SIGNS
#undef NERNST_FUSED
#undef NERNST_SCALED
}  // namespace detail

/// A vector of the compiler's.
template <class Real, std::size_t Bytes>
struct vector {
  typedef Real type __attribute__((vector_size(Bytes)));
};

template <class Value>
  requires requires(Value x) { x[0]; }
struct lanes<Value> {
  using real = std::remove_cvref_t<decltype(Value{}[0])>;
  using word = typename vector<typename format<real>::word, sizeof(Value)>::type;
  static constexpr bool fuses = lanes<real>::fuses;
  static constexpr std::size_t count = sizeof(Value) / sizeof(real);

  static NERNST_FUNCTION Value fma(Value a, Value b, Value c) {
    if constexpr (requires { detail::fused(a, b, c); }) {
      return detail::fused(a, b, c);
    } else if constexpr (fuses) {
      for (std::size_t k = 0; k < count; ++k) c[k] = lanes<real>::fma(a[k], b[k], c[k]);
      return c;
    } else {
      return a * b + c;
    }
  }
  static NERNST_FUNCTION Value min(Value a, Value b) {
    if constexpr (requires { detail::smaller(a, b); })
      return detail::smaller(a, b);
    else
      return a < b ? a : b;
  }
  static NERNST_FUNCTION Value max(Value a, Value b) {
    if constexpr (requires { detail::larger(a, b); })
      return detail::larger(a, b);
    else
      return a > b ? a : b;
  }
  static NERNST_FUNCTION Value scale(Value x, Value n)
    requires requires { detail::scaled(x, n); }
  {
    return detail::scaled(x, n);
  }
  static NERNST_FUNCTION bool any_negative(word w) {
    if constexpr (requires { detail::has_sign(std::bit_cast<Value>(w)); }) {
      return detail::has_sign(std::bit_cast<Value>(w));
    } else {
      typename format<real>::word all = 0;
      for (std::size_t k = 0; k < count; ++k) all |= w[k];
      return lanes<real>::any_negative(all);
    }
  }
};

}  // namespace nernst::ir::elementary
