// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/config.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

// GCC 12 reports the deliberately undefined registers of its own AVX-512 header (its bug 105593).
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#if defined(__SSE2__)
#include <xmmintrin.h>
#endif
#if !defined(__CUDACC__) && !defined(__HIPCC__)
#include <xsimd/xsimd.hpp>
#endif
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

/// 1 where host kernels use SIMD batches; 0 where a pack is one scalar (GPU compilers, targets
/// unknown to xsimd).
#if defined(XSIMD_HPP) && !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
#define NERNST_HAS_PACKS 1
#else
#define NERNST_HAS_PACKS 0
#endif

namespace nernst::kernel {

namespace detail {
template <class Real>
using step_integer = std::conditional_t<sizeof(Real) == 8, std::int64_t, std::int32_t>;

template <class Value>
struct value_traits {
  using real = Value;
  using mask = bool;
  using step = step_integer<Value>;
  using pack = Value;
  static constexpr std::size_t width = 1;
};
}  // namespace detail

/// The widest value of a real type: an `xsimd::batch` in host kernels, the scalar itself in device
/// code.
template <class Real>
using pack = typename detail::value_traits<Real>::pack;
/// The scalar type of a value.
template <class Value>
using real_of = typename detail::value_traits<Value>::real;
/// What comparing two values gives: `bool` or `xsimd::batch_bool`. Combine masks with `&&`, `||`
/// and `!`.
template <class Value>
using mask_of = typename detail::value_traits<Value>::mask;
/// Step numbers beside a value, 64-bit for double and 32-bit for float. Comparing two of them gives
/// `mask_of<Value>`.
template <class Value>
using step_of = typename detail::value_traits<Value>::step;
/// Lanes in a value, and in the widest value of a real type.
template <class Value>
inline constexpr std::size_t width_of = detail::value_traits<Value>::width;
template <class Real>
inline constexpr std::size_t pack_width = width_of<pack<Real>>;
/// A SIMD batch of real numbers.
template <class Value>
concept Pack = !std::is_same_v<Value, real_of<Value>> && std::is_floating_point_v<real_of<Value>>;

/// Whether the mask holds in any lane, in all lanes, and one bit per lane, lane 0 lowest.
NERNST_FUNCTION bool any(bool mask) {
  return mask;
}
NERNST_FUNCTION bool all(bool mask) {
  return mask;
}
NERNST_FUNCTION std::uint64_t bits(bool mask) {
  return mask ? 1u : 0u;
}

/// `a` in the lanes where the mask holds, else `b`; both are evaluated.
template <class Value>
NERNST_FUNCTION Value select(bool mask, Value a, Value b) {
  return mask ? a : b;
}

#if NERNST_HAS_PACKS
namespace detail {
#if defined(__SSE2__)
inline std::uint64_t sign_bits(__m128 m) {
  return static_cast<unsigned>(_mm_movemask_ps(m));
}
inline std::uint64_t sign_bits(__m128d m) {
  return static_cast<unsigned>(_mm_movemask_pd(m));
}
#endif
#if defined(__AVX__)
inline std::uint64_t sign_bits(__m256 m) {
  return static_cast<unsigned>(_mm256_movemask_ps(m));
}
inline std::uint64_t sign_bits(__m256d m) {
  return static_cast<unsigned>(_mm256_movemask_pd(m));
}
#endif

/// A batch of step numbers that compares to the mask of a batch of real numbers of the same width.
template <class Real, class Arch>
struct step_pack {
  using batch = xsimd::batch<step_integer<Real>, Arch>;
  using mask = xsimd::batch_bool<Real, Arch>;
  batch value;

  step_pack() = default;
  step_pack(batch v) : value(v) {}
  step_pack(step_integer<Real> v) : value(v) {}
  static step_pack load_aligned(step_integer<Real> const* from) {
    return batch::load_aligned(from);
  }
  static step_pack load_unaligned(step_integer<Real> const* from) {
    return batch::load_unaligned(from);
  }
  void store_aligned(step_integer<Real>* to) const { value.store_aligned(to); }
  void store_unaligned(step_integer<Real>* to) const { value.store_unaligned(to); }

  friend step_pack operator+(step_pack a, step_pack b) { return a.value + b.value; }
  friend step_pack operator-(step_pack a, step_pack b) { return a.value - b.value; }
  friend mask operator<(step_pack a, step_pack b) { return real_mask(a.value < b.value); }
  friend mask operator>(step_pack a, step_pack b) { return real_mask(b.value < a.value); }
  friend mask operator<=(step_pack a, step_pack b) { return real_mask(!(b.value < a.value)); }
  friend mask operator>=(step_pack a, step_pack b) { return real_mask(!(a.value < b.value)); }
  friend mask operator==(step_pack a, step_pack b) { return real_mask(a.value == b.value); }
  friend mask operator!=(step_pack a, step_pack b) { return real_mask(!(a.value == b.value)); }

 private:
  static mask real_mask(xsimd::batch_bool<step_integer<Real>, Arch> m) {
    return std::bit_cast<typename mask::register_type>(m.data);
  }
};

template <class Real, class Arch>
struct value_traits<xsimd::batch<Real, Arch>> {
  using real = Real;
  using mask = xsimd::batch_bool<Real, Arch>;
  using step = step_pack<Real, Arch>;
  static constexpr std::size_t width = xsimd::batch<Real, Arch>::size;
};
template <class Real, class Arch>
struct value_traits<step_pack<Real, Arch>> {
  using real = step_integer<Real>;
  using mask = xsimd::batch_bool<Real, Arch>;
  static constexpr std::size_t width = xsimd::batch<Real, Arch>::size;
};
template <std::floating_point Real>
struct value_traits<Real> {
  using real = Real;
  using mask = bool;
  using step = step_integer<Real>;
  using pack = xsimd::batch<Real>;
  static constexpr std::size_t width = 1;
};
}  // namespace detail

// The constraints make these better matches than the library's own functions of the same names.
template <class Real, class Arch>
  requires std::is_floating_point_v<Real>
NERNST_FUNCTION bool any(xsimd::batch_bool<Real, Arch> const& mask) {
  return xsimd::any(mask);
}
template <class Real, class Arch>
  requires std::is_floating_point_v<Real>
NERNST_FUNCTION bool all(xsimd::batch_bool<Real, Arch> const& mask) {
  return xsimd::all(mask);
}
template <class Real, class Arch>
  requires std::is_floating_point_v<Real>
NERNST_FUNCTION std::uint64_t bits(xsimd::batch_bool<Real, Arch> const& mask) {
  if constexpr (sizeof(mask.data) <= sizeof(std::uint64_t))
    return mask.data;
  else if constexpr (requires { mask.mask(); })
    return mask.mask();
  else if constexpr (requires { detail::sign_bits(mask.data); })
    return detail::sign_bits(mask.data);
  else {
    std::uint64_t all = 0;
    for (std::size_t lane = 0; lane < mask.size; ++lane)
      all |= std::uint64_t{mask.get(lane)} << lane;
    return all;
  }
}
template <class Real, class Arch>
  requires std::is_floating_point_v<Real>
NERNST_FUNCTION xsimd::batch<Real, Arch> select(xsimd::batch_bool<Real, Arch> const& mask,
                                                xsimd::batch<Real, Arch> const& a,
                                                xsimd::batch<Real, Arch> const& b) {
  return xsimd::select(mask, a, b);
}
template <class Real, class Arch>
  requires std::is_floating_point_v<Real>
NERNST_FUNCTION detail::step_pack<Real, Arch> select(xsimd::batch_bool<Real, Arch> const& mask,
                                                     detail::step_pack<Real, Arch> a,
                                                     detail::step_pack<Real, Arch> b) {
  using batch_bool = xsimd::batch_bool<detail::step_integer<Real>, Arch>;
  return xsimd::select(batch_bool(std::bit_cast<typename batch_bool::register_type>(mask.data)),
                       a.value, b.value);
}
#endif

/// One value from memory, aligned to its size (`load`, `store`) or not.
template <class Value>
NERNST_FUNCTION Value load(real_of<Value> const* from) {
  if constexpr (width_of < Value >> 1)
    return Value::load_aligned(from);
  else
    return *from;
}
template <class Value>
NERNST_FUNCTION Value load_unaligned(real_of<Value> const* from) {
  if constexpr (width_of < Value >> 1)
    return Value::load_unaligned(from);
  else
    return *from;
}
template <class Value>
NERNST_FUNCTION void store(real_of<Value>* to, Value value) {
  if constexpr (width_of < Value >> 1)
    value.store_aligned(to);
  else
    *to = value;
}
template <class Value>
NERNST_FUNCTION void store_unaligned(real_of<Value>* to, Value value) {
  if constexpr (width_of < Value >> 1)
    value.store_unaligned(to);
  else
    *to = value;
}
/// The same scalar in all lanes.
template <class Value>
NERNST_FUNCTION Value from_value(std::type_identity_t<real_of<Value>> value) {
  return Value(value);
}

/// Numbers too small for full precision count as zero in the calling thread while this lives (x86;
/// nothing elsewhere).
struct flush_denormals {
  flush_denormals(flush_denormals const&) = delete;
  flush_denormals& operator=(flush_denormals const&) = delete;
#if defined(__SSE2__)
  flush_denormals() : before(_mm_getcsr()) { _mm_setcsr(before | 0x8040u); }
  ~flush_denormals() { _mm_setcsr(before); }

 private:
  unsigned before;
#else
  flush_denormals() {}
  ~flush_denormals() {}
#endif
};

}  // namespace nernst::kernel
