// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/pack.hpp>
#include <nernst/kernel/philox.hpp>

#if NERNST_HAS_PACKS
namespace nernst::kernel::detail {

/// One word in each lane of 64 bits. What stands in the upper halves of the lanes is of no meaning:
/// a product of words reads the lower ones only, and is as wide as a lane.
template <class Arch>
using word_pack = xsimd::batch<std::uint64_t, Arch>;

#if defined(__SSE2__)
inline __m128i multiply_words(__m128i a, __m128i b) {
  return _mm_mul_epu32(a, b);
}
#endif
#if defined(__AVX2__)
inline __m256i multiply_words(__m256i a, __m256i b) {
  return _mm256_mul_epu32(a, b);
}
#endif
#if defined(__AVX512F__)
inline __m512i multiply_words(__m512i a, __m512i b) {
  return _mm512_mul_epu32(a, b);
}
#endif

template <class Arch>
struct word_product<word_pack<Arch>> {
  using pack = word_pack<Arch>;

  static NERNST_FUNCTION pack of(pack const& a, std::uint32_t b) {
    return multiply_words(a.data, pack(b).data);
  }
  static NERNST_FUNCTION pack low(pack const& x) { return x; }
  static NERNST_FUNCTION pack high(pack const& x) { return x >> 32; }
};

template <class Real, class Arch>
struct repeated_key<xsimd::batch<Real, Arch>> : draw_key {
  philox_schedule<word_pack<Arch>> rounds;

  NERNST_FUNCTION repeated_key(draw_key key) : draw_key(key), rounds(key.seed) {}
};

/// The bits of the elements `first`, `first + stride`, `first + 2 * stride`, …, one in each lane:
/// at once where the processor multiplies packs of words.
template <class Real, class Arch>
NERNST_FUNCTION philox_words<word_pack<Arch>>
draw_pack(repeated_key<xsimd::batch<Real, Arch>> const& key, std::uint32_t first,
          std::uint32_t stride, std::uint32_t draw) {
  using pack = word_pack<Arch>;
  constexpr std::size_t size = pack::size;
  if constexpr (requires(pack x) { multiply_words(x.data, x.data); }) {
    alignas(pack) std::uint64_t places[size] = {};
    for (std::size_t k = 0; k < size; ++k) places[k] = k * stride;
    pack const elements = pack(first) + pack::load_aligned(places);
    return philox4x32(draw_counter(key, elements, pack(draw)), key.rounds);
  } else {
    alignas(pack) std::uint64_t lanes[4][size] = {};
    for (std::uint32_t k = 0; k < size; ++k) {
      philox_block const bits = draw_bits(key, first + k * stride, draw);
      for (int word = 0; word < 4; ++word) lanes[word][k] = bits.v[word];
    }
    auto const load = [](std::uint64_t const* from) { return pack::load_aligned(from); };
    return {{load(lanes[0]), load(lanes[1]), load(lanes[2]), load(lanes[3])}};
  }
}

template <class Pack>
NERNST_FUNCTION Pack first_half(philox_words<Pack> const& words) {
  return (words.v[1] << 32) | (words.v[0] & Pack(0xFFFFFFFF));
}

template <class Arch>
struct random_bits<xsimd::batch<double, Arch>> {
  using value = xsimd::batch<double, Arch>;
  using pack = word_pack<Arch>;
  philox_words<pack> words;

  NERNST_FUNCTION random_bits(repeated_key<value> const& key, std::uint32_t element,
                              std::uint32_t draw)
      : words(draw_pack(key, element, 1, draw)) {}
  /// Of any elements.
  NERNST_FUNCTION explicit random_bits(philox_words<pack> const& drawn) : words(drawn) {}

  /// Both words become the last digits of a number whose own value is then taken away: 32 of
  /// 2^20, in steps of 2^-32, and 21 of 1/2, in steps of 2^-53. Nothing is rounded.
  template <int Half>
  NERNST_FUNCTION value unit_interval() const {
    pack const high = words.v[2 * Half + 1] & pack(0xFFFFFFFF);
    pack const low = (words.v[2 * Half] >> 11) & pack(0x1FFFFF);
    value const upper = xsimd::bitwise_cast<value>(high | pack(0x4130000000000000));
    value const lower = xsimd::bitwise_cast<value>(low | pack(0x3FE0000000000000));
    return (upper - value(0x1p20 + 0.5)) + lower;
  }
  NERNST_FUNCTION void store_first_half(std::uint64_t* to) const {
    first_half(words).store_aligned(to);
  }
};

/// Elements with even places stand in the lower halves of lanes, those with odd ones in the upper.
template <class Arch>
struct random_bits<xsimd::batch<float, Arch>> {
  using value = xsimd::batch<float, Arch>;
  using pack = word_pack<Arch>;
  philox_words<pack> even, odd;

  NERNST_FUNCTION random_bits(repeated_key<value> const& key, std::uint32_t element,
                              std::uint32_t draw)
      : even(draw_pack(key, element, 2, draw)), odd(draw_pack(key, element + 1, 2, draw)) {}

  template <int Half>
  NERNST_FUNCTION value unit_interval() const {
    auto const digits = joined<2 * Half + 1>() >> 8;
    using whole = xsimd::batch<std::int32_t, Arch>;
    return xsimd::to_float(xsimd::bitwise_cast<whole>(digits)) * value(0x1p-24f);
  }
  template <int Word>
  NERNST_FUNCTION auto joined() const {
    pack const all = (even.v[Word] & pack(0xFFFFFFFF)) | (odd.v[Word] << 32);
    return xsimd::bitwise_cast<xsimd::batch<std::uint32_t, Arch>>(all);
  }
  NERNST_FUNCTION void store_first_half(std::uint64_t* to) const {
    alignas(pack) std::uint64_t lanes[2][pack::size] = {};
    first_half(even).store_aligned(lanes[0]);
    first_half(odd).store_aligned(lanes[1]);
    for (std::size_t k = 0; k < 2 * pack::size; ++k) to[k] = lanes[k % 2][k / 2];
  }
};

}  // namespace nernst::kernel::detail
#endif
