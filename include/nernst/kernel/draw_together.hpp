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
inline constexpr std::uint32_t drawn_together = 64;

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
    for (std::uint32_t block = 0; block < blocks; block += width) {
      random_bits<Value> const bits(key_, first_ / words + block, draw_);
      decide(bits.template joined<0>(), block);
      decide(bits.template joined<1>(), block + blocks);
      decide(bits.template joined<2>(), block + 2 * blocks);
      decide(bits.template joined<3>(), block + 3 * blocks);
    }
  }

 private:
  static constexpr std::uint32_t words = 4, blocks = drawn_together / words,
                                 width = width_of<Value>;
  /// Looking up each word by itself takes no longer than about so many.
  static constexpr std::int32_t most_steps = 4 * width;

  /// For the elements from number `at` on, by one word for each.
  template <class Words>
  NERNST_FUNCTION void decide(Words const& those, std::uint32_t at) const {
    if constexpr (width > 1) {
      if (has_steps_ && pass_steps(those, places_ + at)) return;
      alignas(Value) std::uint32_t word[width] = {};
      those.store_aligned(word);
      for (std::uint32_t k = 0; k < width; ++k) places_[at + k] = place(word[k], at + k);
    } else {
      places_[at] = place(those, at);
    }
  }
  /// The latest step that a word has passed is the one at the smallest distance. False where that
  /// leaves something open: a word lies within 2^-26 around a step, or a number has none.
  template <class Words>
  NERNST_FUNCTION bool pass_steps(Words const& those, std::int32_t* places) const {
    Words const mask(step_code::mask), last = those | mask;
    Words distance = last - Words(table_.steps[0]);
    for (std::int32_t k = 1; k < table_.step_count; ++k)
      distance = xsimd::min(distance, last - Words(table_.steps[k]));
    Words const code = mask - (distance & mask);
    if (xsimd::any((distance <= mask) || (code == Words(step_code::other)))) return false;
    using whole = xsimd::batch<std::int32_t, typename Value::arch_type>;
    (xsimd::bitwise_cast<whole>(code) + whole(table_.before_steps)).store_aligned(places);
    return true;
  }
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

/// Draws numbers from a table for the elements [first, first + 64), where `first` is a multiple of
/// 64: their places in the table, aligned to packs. One block of random bits serves four elements:
/// `first + 16 w + b` has word w of block `first / 4 + b`. Where these 32 bits do not decide, the
/// next draw of the element has 32 more. `Value` changes nothing but the time that it takes.
template <class Value = pack<float>>
void draw_together(inversion_table const& table, draw_key key, std::uint32_t first,
                   std::uint32_t draw, std::int32_t* places) {
  detail::common_draw<Value>(table, key, first, draw, places)();
}

}  // namespace nernst::kernel
