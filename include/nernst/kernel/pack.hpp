// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/pack_lanes.hpp>
#include <nernst/kernel/value.hpp>

#include <bit>
#include <concepts>

// GCC 12 reports the deliberately undefined registers of its own AVX-512 header (its bug 105593).
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#if !defined(__CUDACC__) && !defined(__HIPCC__)
#include <xsimd/xsimd.hpp>
#endif
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

/// 1 where host kernels use SIMD batches; 0 where a pack is one number (GPU compilers, targets
/// unknown to xsimd).
#if defined(XSIMD_HPP) && !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
#define NERNST_HAS_PACKS 1
#else
#define NERNST_HAS_PACKS 0
#endif

#if NERNST_HAS_PACKS
namespace nernst {

namespace kernel::detail {
/// Those of xsimd.
template <class Batch>
struct batch_functions {
#define NERNST_ROW(name, ...)                                                                      \
  static NERNST_FUNCTION Batch name(Batch const& x) { return xsimd::name(x); }
  NERNST_STANDARD_FUNCTIONS(NERNST_ROW)
#undef NERNST_ROW
};
/// A batch as a vector of the compiler's.
template <class Real, class Arch>
NERNST_FUNCTION auto vector_of(xsimd::batch<Real, Arch> const& x) {
  typename ir::elementary::vector<Real, sizeof x.data>::type const v = x.data;
  return v;
}
}  // namespace kernel::detail

/// The functions of SIMD batches: those of `ir/elementary/` where there are such, else xsimd's,
/// which are within 3 units in the last place of the exact result.
template <class Real, class Arch>
struct ir::mathematics<xsimd::batch<Real, Arch>>
    : kernel::detail::batch_functions<xsimd::batch<Real, Arch>> {
  using real = Real;
  using batch = xsimd::batch<Real, Arch>;

#define NERNST_ROW(name)                                                                           \
  static NERNST_FUNCTION batch name(batch const& x) {                                              \
    return batch(ir::elementary::name(kernel::detail::vector_of(x)));                              \
  }
  NERNST_ELEMENTARY_FUNCTIONS(NERNST_ROW)
#undef NERNST_ROW
  static NERNST_FUNCTION batch pow(batch const& x, batch const& y) {
    using kernel::detail::vector_of;
    return batch(ir::elementary::pow(vector_of(x), vector_of(y)));
  }
  static NERNST_FUNCTION batch exprelr(batch const& x, batch const& e) {
    using kernel::detail::vector_of;
    return batch(ir::elementary::exprelr(vector_of(x), vector_of(e)));
  }
  static NERNST_FUNCTION ir::elementary::circle_point<batch> point_of_turn(batch const& turn) {
    auto const [cosine, sine] = ir::elementary::point_of_turn(kernel::detail::vector_of(turn));
    return {batch(cosine), batch(sine)};
  }
  /// From the platform's library for each lane: the batches' own is some 35 units in the last place
  /// off.
  static batch erf(batch const& x) {
    alignas(batch) Real lanes[batch::size] = {};
    x.store_aligned(lanes);
    for (Real& lane : lanes) lane = ::erf(lane);
    return batch::load_aligned(lanes);
  }
  static NERNST_FUNCTION batch atan2(batch const& y, batch const& x) { return xsimd::atan2(y, x); }
  static NERNST_FUNCTION batch select(xsimd::batch_bool<Real, Arch> const& condition,
                                      batch const& yes, batch const& no) {
    return xsimd::select(condition, yes, no);
  }
};

namespace kernel {

namespace detail {
template <class Real, class Arch>
inline constexpr std::size_t width<xsimd::batch<Real, Arch>> = xsimd::batch<Real, Arch>::size;

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

/// The masks of four lanes by their bits, as words.
template <class Word>
struct masks_of_four {
  alignas(4 * sizeof(Word)) Word lanes[16][4];

  constexpr masks_of_four() : lanes{} {
    for (unsigned bits = 0; bits < 16; ++bits)
      for (unsigned lane = 0; lane < 4; ++lane)
        lanes[bits][lane] = static_cast<Word>(Word{0} - (bits >> lane & 1));
  }
};
template <class Word>
inline constexpr masks_of_four<Word> four_lanes{};

template <class Real, class Arch>
struct mask_traits<xsimd::batch_bool<Real, Arch>> {
  using batch_bool = xsimd::batch_bool<Real, Arch>;

  static NERNST_FUNCTION bool any(batch_bool const& mask) { return xsimd::any(mask); }
  static NERNST_FUNCTION batch_bool of_bits(std::uint64_t bits) {
    using held_t = decltype(batch_bool{}.data);
    if constexpr (sizeof(held_t) <= sizeof(std::uint64_t)) {
      return batch_bool(static_cast<held_t>(bits));
    } else {
      using word = typename ir::elementary::format<Real>::word;
      using words = typename ir::elementary::vector<word, sizeof(held_t)>::type;
      if constexpr (batch_bool::size == 2) {  // SSE2 compares no words of 64 bits
        return batch_bool(std::bit_cast<held_t>(words{0 - (bits & 1), 0 - (bits >> 1 & 1)}));
      } else if constexpr (batch_bool::size == 4) {  // to look them up is faster than to make them
        words mask;
        __builtin_memcpy(&mask, four_lanes<word>.lanes[bits & 0xF], sizeof mask);
        return batch_bool(std::bit_cast<held_t>(mask));
      } else {
        words bit{};
        for (std::size_t k = 0; k < batch_bool::size; ++k) bit[k] = static_cast<word>(word{1} << k);
        return batch_bool(std::bit_cast<held_t>((static_cast<word>(bits) & bit) == bit));
      }
    }
  }
  static NERNST_FUNCTION std::uint64_t bits(batch_bool const& mask) {
    if constexpr (sizeof(mask.data) <= sizeof(std::uint64_t)) {
      return mask.data;
    } else if constexpr (requires { mask.mask(); }) {
      return mask.mask();
    } else if constexpr (requires { sign_bits(mask.data); }) {
      return sign_bits(mask.data);
    } else {
      std::uint64_t all = 0;
      for (std::size_t lane = 0; lane < mask.size; ++lane)
        all |= std::uint64_t{mask.get(lane)} << lane;
      return all;
    }
  }
};
}  // namespace detail

}  // namespace kernel
}  // namespace nernst
#endif

namespace nernst::kernel {

#if NERNST_HAS_PACKS
/// The widest value of a real type: an `xsimd::batch` in host kernels, the number itself in device
/// code.
template <std::floating_point Real>
using pack = xsimd::batch<Real>;
#else
template <std::floating_point Real>
using pack = Real;
#endif
template <class Real>
inline constexpr std::size_t pack_width = width_of<pack<Real>>;

}  // namespace nernst::kernel
