// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/distributions.hpp>
#include <nernst/kernel/draw_blocks.hpp>
#include <nernst/kernel/draw_in_pairs.hpp>

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
using drawn_words = word_pack<pack<double>::arch_type>;

inline drawn_words load_words(std::uint32_t const* from) {
  alignas(drawn_words) std::uint64_t lanes[drawn_words::size];
  std::copy_n(from, drawn_words::size, lanes);
  return drawn_words::load_aligned(lanes);
}
}  // namespace detail
#endif

namespace detail {
/// How many elements from the first on are among the same `drawn_at_once`.
inline std::size_t count_side_by_side(std::uint32_t const* elements, std::size_t count) {
  std::size_t k = 1;
  while (k < count && elements[k] / drawn_at_once == elements[0] / drawn_at_once) ++k;
  return k;
}
template <ir::op Op>
void draw_each(draw_key key, std::uint32_t const* elements, std::uint32_t draw, std::size_t count,
               double* to) {
  constexpr std::size_t worth_all = 4;
  for (std::size_t k = 0; k < count;) {
    std::size_t const n = count_side_by_side(elements + k, count - k);
    if (n < worth_all) {
      for (std::size_t i = k; i < k + n; ++i)
        to[i] = kernel::draw<Op, double>(key, elements[i], draw);
    } else {
      alignas(64) double drawn[drawn_at_once];
      draw_in_pairs<Op, pack<double>>(key, elements[k] / drawn_at_once * drawn_at_once, draw,
                                      drawn);
      for (std::size_t i = k; i < k + n; ++i) to[i] = drawn[elements[i] % drawn_at_once];
    }
    k += n;
  }
}
}  // namespace detail

NERNST_INLINE void draw_uniform(draw_key key, std::uint32_t const* elements, std::uint32_t draw,
                                std::size_t count, double* to) {
  detail::draw_each<ir::op::uniform>(key, elements, draw, count, to);
}
NERNST_INLINE void draw_normal(draw_key key, std::uint32_t const* elements, std::uint32_t draw,
                               std::size_t count, double* to) {
  detail::draw_each<ir::op::normal>(key, elements, draw, count, to);
}

NERNST_INLINE void draw_bits(draw_key key, std::uint32_t element, std::uint32_t first,
                             std::size_t count, philox_block* to) {
  std::size_t whole = 0;
#if NERNST_DRAWS_PACKS
  using detail::drawn_words;
  constexpr std::size_t size = drawn_words::size;
  whole = count / size * size;
  philox_schedule<drawn_words> const keys(key.seed);
  for (std::size_t k = 0; k < whole; k += size) {
    std::uint32_t draws[size];
    for (std::size_t lane = 0; lane < size; ++lane)
      draws[lane] = first + static_cast<std::uint32_t>(k + lane);
    auto const bits =
        philox4x32(draw_counter(key, drawn_words(element), detail::load_words(draws)), keys);
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
