// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/inversion_table.hpp>
#include <nernst/kernel/philox_pack.hpp>

namespace nernst::kernel {

/// A step of an `inversion_table`: the first 26 bits from which a number holds, and behind them its
/// code, how far its place is behind `before_steps`. The last code stands for all numbers that have
/// no step.
struct step_code {
  static constexpr std::uint32_t mask = 0x3F, other = mask;
  static constexpr std::uint32_t of(std::uint32_t word, std::uint32_t code) {
    return (word & ~mask) | code;
  }
};

/// How many elements draw together.
inline constexpr std::uint32_t drawn_together = 256;

namespace detail {

/// Draws for `drawn_together` elements, with `Value` telling how many words are treated at once.
template <class Value>
class common_draw {
 public:
  common_draw(inversion_table const& table, draw_key key, std::uint32_t first, std::uint32_t draw,
              std::int32_t* places)
      : table_(table), key_(key), first_(first), draw_(draw), places_(places),
        has_steps_(table.step_count > 0 && table.step_count <= most_steps) {}

  void operator()() const {
    // No store to a place can change these, so that their packs stay in registers.
    draw_key const key = key_;
    std::uint32_t const first = first_ / words, draw = draw_;
    for (std::uint32_t block = 0; block < blocks; block += width) {
      random_bits<Value> const bits(key, first + block, draw);
      using word = decltype(bits.template joined<0>());
      decide(philox_words<word>{{bits.template joined<0>(), bits.template joined<1>(),
                                 bits.template joined<2>(), bits.template joined<3>()}},
             block);
    }
  }

 private:
  static constexpr std::uint32_t words = 4, blocks = drawn_together / words,
                                 width = width_of<Value>;
  /// Looking up each word by itself takes no longer than about so many.
  static constexpr std::int32_t most_steps = 4 * width;

  /// For the elements of `width` blocks, from number `block` on.
  template <class Word>
  NERNST_FUNCTION void decide(philox_words<Word> const& bits, std::uint32_t block) const {
    if constexpr (width > 1)
      if (has_steps_ && pass_steps(bits, block)) return;
    for (std::uint32_t w = 0; w < words; ++w) {
      alignas(Value) std::uint32_t word[width] = {};
      if constexpr (width > 1)
        bits.v[w].store_aligned(word);
      else
        word[0] = bits.v[w];
      std::uint32_t const at = w * blocks + block;
      for (std::uint32_t k = 0; k < width; ++k) places_[at + k] = place(word[k], at + k);
    }
  }
#if NERNST_HAS_PACKS
  /// The latest step that a word has passed is the one at the smallest distance. False where that
  /// leaves something open: a word lies within 2^-26 around a step, or a number has none.
  template <class Word>
  NERNST_FUNCTION bool pass_steps(philox_words<Word> const& bits, std::uint32_t block) const {
    using whole = xsimd::batch<std::int32_t, typename Value::arch_type>;
    Word const mask(step_code::mask);
    Word last[words], distance[words];
    for (std::uint32_t w = 0; w < words; ++w) {
      last[w] = bits.v[w] | mask;
      distance[w] = last[w] - Word(table_.steps[0]);
    }
    for (std::int32_t k = 1; k < table_.step_count; ++k)
      for (std::uint32_t w = 0; w < words; ++w)
        distance[w] = xsimd::min(distance[w], last[w] - Word(table_.steps[k]));
    Word nearest = distance[0], lowest = mask;
    for (std::uint32_t w = 0; w < words; ++w) {
      Word const rest = distance[w] & mask;
      nearest = xsimd::min(nearest, distance[w]);
      lowest = xsimd::min(lowest, rest);
      Word const place = Word(static_cast<std::uint32_t>(table_.before_steps)) + (mask - rest);
      xsimd::bitwise_cast<whole>(place).store_aligned(places_ + w * blocks + block);
    }
    return !xsimd::any((nearest <= mask) || (lowest == Word(0U)));
  }
#endif
  NERNST_CALLABLE std::int32_t place(std::uint32_t word, std::uint32_t at) const {
    std::uint64_t const least = std::uint64_t{word} << 32, most = least | 0xFFFFFFFF;
    std::int32_t const found = table_.place(least);
    bool const is_last = found == table_.count;
    if (is_last || most < table_.thresholds[found]) return found;
    return table_.place(least | draw_bits(key_, first_ + at, draw_ + 1).v[0]);
  }

  inversion_table const& table_;
  draw_key key_;
  std::uint32_t first_, draw_;
  std::int32_t* places_;
  bool has_steps_;
};

}  // namespace detail

/// Draws numbers from a table for the elements [first, first + 256), where `first` is a multiple of
/// 256: their places in the table, aligned to packs. One block of random bits serves four elements:
/// `first + 64 w + b` has word w of block `first / 4 + b`. Where these 32 bits do not decide, the
/// next draw of the element has 32 more. `Value` changes nothing but the time that it takes.
template <class Value = pack<float>>
void draw_together(inversion_table const& table, draw_key key, std::uint32_t first,
                   std::uint32_t draw, std::int32_t* places) {
  detail::common_draw<Value>(table, key, first, draw, places)();
}

}  // namespace nernst::kernel
