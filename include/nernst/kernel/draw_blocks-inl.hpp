// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/draw_blocks.hpp>
#include <nernst/kernel/philox_pack.hpp>

#include <algorithm>

namespace nernst::kernel {

// Where the processor multiplies packs of words.
#if NERNST_HAS_PACKS && defined(__SSE2__)
#define NERNST_DRAWS_PACKS 1
#else
#define NERNST_DRAWS_PACKS 0
#endif

#if NERNST_DRAWS_PACKS
namespace detail {
using drawn_numbers = xsimd::batch<double>;
using drawn_words = word_pack<drawn_numbers::arch_type>;
using drawn_bits = random_bits<drawn_numbers>;

inline drawn_words load_words(std::uint32_t const* from) {
  alignas(drawn_words) std::uint64_t lanes[drawn_words::size];
  std::copy_n(from, drawn_words::size, lanes);
  return drawn_words::load_aligned(lanes);
}
inline philox_words<drawn_words> bits_of(draw_key key, drawn_words const& element,
                                         drawn_words const& draw) {
  auto const high = static_cast<std::uint32_t>(key.step >> 32) & 0xFFFFu;
  return philox4x32<drawn_words>({{element, drawn_words(static_cast<std::uint32_t>(key.step)),
                                   drawn_words((key.object << 16) | high), draw}},
                                 key.seed);
}
inline drawn_numbers normal_of(drawn_bits const& bits) {
  return box_muller<drawn_numbers>(bits.unit_interval<0>() + drawn_numbers(0x1p-53),
                                   bits.unit_interval<1>());
}
/// Calls `visit(k, bits)` for elements k, k + 1, ... of `count`, a pack of them; the last elements
/// stand beside others that nobody asked for.
template <class Visit>
void for_each_pack(draw_key key, std::uint32_t const* elements, std::uint32_t draw,
                   std::size_t count, Visit const& visit) {
  std::uint32_t rest[drawn_words::size] = {};
  for (std::size_t k = 0; k < count; k += drawn_words::size) {
    bool const is_whole = k + drawn_words::size <= count;
    if (!is_whole) std::copy(elements + k, elements + count, rest);
    visit(k,
          drawn_bits(bits_of(key, load_words(is_whole ? elements + k : rest), drawn_words(draw))));
  }
}
inline void store(drawn_numbers const& x, double* to, std::size_t count) {
  if (count >= drawn_numbers::size) return x.store_unaligned(to);
  alignas(drawn_numbers) double lanes[drawn_numbers::size];
  x.store_aligned(lanes);
  std::copy_n(lanes, count, to);
}
}  // namespace detail
#endif

NERNST_INLINE void draw_uniform(draw_key key, std::uint32_t const* elements, std::uint32_t draw,
                                std::size_t count, double* to) {
#if NERNST_DRAWS_PACKS
  detail::for_each_pack(key, elements, draw, count,
                        [&](std::size_t k, detail::drawn_bits const& bits) {
                          detail::store(bits.unit_interval<0>(), to + k, count - k);
                        });
#else
  for (std::size_t k = 0; k < count; ++k) to[k] = uniform<double>(key, elements[k], draw);
#endif
}

NERNST_INLINE void draw_normal(draw_key key, std::uint32_t const* elements, std::uint32_t draw,
                               std::size_t count, double* to) {
#if NERNST_DRAWS_PACKS
  detail::for_each_pack(key, elements, draw, count,
                        [&](std::size_t k, detail::drawn_bits const& bits) {
                          detail::store(detail::normal_of(bits), to + k, count - k);
                        });
#else
  for (std::size_t k = 0; k < count; ++k) to[k] = normal<double>(key, elements[k], draw);
#endif
}

NERNST_INLINE void draw_bits(draw_key key, std::uint32_t element, std::uint32_t first,
                             std::size_t count, philox_block* to) {
  std::size_t whole = 0;
#if NERNST_DRAWS_PACKS
  using detail::drawn_words;
  constexpr std::size_t size = drawn_words::size;
  whole = count / size * size;
  for (std::size_t k = 0; k < whole; k += size) {
    std::uint32_t draws[size];
    for (std::size_t lane = 0; lane < size; ++lane)
      draws[lane] = first + static_cast<std::uint32_t>(k + lane);
    auto const bits = detail::bits_of(key, drawn_words(element), detail::load_words(draws));
    for (int word = 0; word < 4; ++word) {
      alignas(drawn_words) std::uint64_t lanes[size];
      bits.v[word].store_aligned(lanes);
      for (std::size_t lane = 0; lane < size; ++lane)
        to[k + lane].v[word] = static_cast<std::uint32_t>(lanes[lane]);
    }
  }
#endif
  for (std::size_t k = whole; k < count; ++k)
    to[k] = draw_bits(key, element, first + static_cast<std::uint32_t>(k));
}

}  // namespace nernst::kernel
