// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/inversion_table.hpp>
#include <nernst/kernel/philox_pack.hpp>

#include <bit>

namespace nernst::kernel {

/// How many elements draw together, from a multiple of it on, and how many of them share a block of
/// random bits: of `drawn_together` elements those that are `sharing_distance` apart.
inline constexpr std::uint32_t drawn_together = 256, share_block = 8,
                               sharing_distance = drawn_together / share_block;

namespace detail {

/// The place in a table that belongs to an element with these first 16 bits. Where they do not
/// decide, the next draw of the element has 48 more.
NERNST_CALLABLE std::int32_t place_of(inversion_table const& table, std::uint32_t first_bits,
                                      draw_key const& key, std::uint32_t element,
                                      std::uint32_t draw) {
  constexpr std::uint64_t others = 0xFFFF'FFFF'FFFF;
  std::uint64_t const least = std::uint64_t{first_bits} << 48;
  std::int32_t const found = table.place(least);
  bool const is_last = found == table.count;
  if (is_last || (least | others) < table.thresholds[found]) return found;
  philox_block const more = draw_bits(key, element, draw + 1);
  return table.place(least | (((std::uint64_t{more.v[1]} << 32) | more.v[0]) & others));
}

/// Draws for `drawn_together` elements, with `Value` telling how many blocks are treated at once.
template <class Value>
class common_draw {
 public:
  common_draw(inversion_table const& table, draw_key key, std::uint32_t first, std::uint32_t draw,
              std::int32_t* places)
      : table_(table), key_(key), first_(first), draw_(draw), places_(places),
        has_steps_(table.step_count > 0 && table.step_count <= most_steps) {}

  void operator()() const {
    // No store to a place can change these, so that their packs stay in registers.
    repeated_key<Value> const key = key_;
    std::uint32_t const first = first_ / share_block, draw = draw_;
    for (std::uint32_t block = 0; block < sharing_distance; block += width) {
      random_bits<Value> const bits(key, first + block, draw);
      using word = decltype(bits.template joined<0>());
      decide(philox_words<word>{{bits.template joined<0>(), bits.template joined<1>(),
                                 bits.template joined<2>(), bits.template joined<3>()}},
             block);
    }
  }

 private:
  static constexpr std::uint32_t words = 4, width = width_of<Value>;
  /// Looking up each element by itself takes no longer than about so many.
  static constexpr std::int32_t most_steps = 12 * width;

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
      for (std::uint32_t k = 0; k < width; ++k) {
        look_up(2 * w, block + k, word[k] & 0xFFFF);
        look_up(2 * w + 1, block + k, word[k] >> 16);
      }
    }
  }
  void look_up(std::uint32_t share, std::uint32_t block, std::uint32_t bits) const {
    std::uint32_t const at = share * sharing_distance + block;
    places_[at] = place_of(table_, bits, key_, first_ + at, draw_);
  }
#if NERNST_HAS_PACKS
  /// Counts the steps that the elements have passed. False where bits are those of a step, so that
  /// they leave something open.
  template <class Word>
  NERNST_FUNCTION bool pass_steps(philox_words<Word> const& bits, std::uint32_t block) const {
    using halves = typename ir::elementary::vector<std::int16_t, sizeof(Word)>::type;
    halves drawn[words], passed[words], open = {};
    for (std::uint32_t w = 0; w < words; ++w) {
      drawn[w] = std::bit_cast<halves>(bits.v[w] ^ Word(inversion_table::step_origin * 0x10001));
      passed[w] = halves{} + static_cast<std::int16_t>(table_.before_steps);
    }
    for (std::int32_t k = 0; k < table_.step_count; ++k) {
      halves const step = halves{} + table_.steps[k];
      for (std::uint32_t w = 0; w < words; ++w) {
        passed[w] -= drawn[w] > step;
        open |= drawn[w] == step;
      }
    }
    using whole = xsimd::batch<std::int32_t, typename Value::arch_type>;
    for (std::uint32_t w = 0; w < words; ++w) {
      auto const both = std::bit_cast<Word>(passed[w]);
      std::int32_t* const to = places_ + 2 * w * sharing_distance + block;
      xsimd::bitwise_cast<whole>(both & Word(0xFFFFU)).store_aligned(to);
      xsimd::bitwise_cast<whole>(both >> 16).store_aligned(to + sharing_distance);
    }
    return !has_any(open);
  }
  template <class Halves>
  static NERNST_FUNCTION bool has_any(Halves const& mask) {
    using parts = typename ir::elementary::vector<std::uint64_t, sizeof(Halves)>::type;
    auto const part = std::bit_cast<parts>(mask);
    std::uint64_t any = 0;
    for (std::size_t k = 0; k < sizeof(Halves) / sizeof any; ++k) any |= part[k];
    return any != 0;
  }
#endif

  inversion_table const& table_;
  draw_key key_;
  std::uint32_t first_, draw_;
  std::int32_t* places_;
  bool has_steps_;
};

}  // namespace detail

/// The place in a table of an element that draws as `draw_together` lets its neighbours.
NERNST_CALLABLE std::int32_t draw_as_together(inversion_table const& table, draw_key const& key,
                                              std::uint32_t element, std::uint32_t draw) {
  std::uint32_t const at = element % drawn_together, share = at / sharing_distance;
  std::uint32_t const block = element / drawn_together * sharing_distance + at % sharing_distance;
  philox_block const bits = draw_bits(key, block, draw);
  // A place that is computed would keep the words out of a GPU's registers.
  std::uint32_t const lower = share < 2 ? bits.v[0] : bits.v[1];
  std::uint32_t const upper = share < 6 ? bits.v[2] : bits.v[3];
  std::uint32_t const word = share < 4 ? lower : upper;
  return detail::place_of(table, share % 2 == 0 ? word & 0xFFFF : word >> 16, key, element, draw);
}

/// Draws numbers from a table for the elements [first, first + 256), where `first` is a multiple of
/// 256: their places in the table, aligned to packs. One block of random bits serves eight
/// elements: `first + 32 s + b` has the lower half of word s / 2 of block `first / 8 + b`, or the
/// upper one where s is odd. Where these 16 bits do not decide, the next draw of the element has 48
/// more. `Value` changes nothing but the time that it takes.
template <class Value = pack<float>>
void draw_together(inversion_table const& table, draw_key key, std::uint32_t first,
                   std::uint32_t draw, std::int32_t* places) {
  detail::common_draw<Value>(table, key, first, draw, places)();
}

}  // namespace nernst::kernel
