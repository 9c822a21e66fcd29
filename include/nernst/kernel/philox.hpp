// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/value.hpp>

namespace nernst::kernel {

/// Four words of 32 bits: the counter, and the result, of Philox. A `Word` is a number, or a pack
/// with one in each lane.
template <class Word>
struct philox_words {
  Word v[4];
};
using philox_block = philox_words<std::uint32_t>;

namespace detail {
/// The product of words, and its halves. There is a specialisation for packs.
template <class Word>
struct word_product {
  static NERNST_FUNCTION constexpr std::uint64_t of(Word a, std::uint32_t b) {
    return std::uint64_t{a} * b;
  }
  static NERNST_FUNCTION constexpr Word low(std::uint64_t x) { return static_cast<Word>(x); }
  static NERNST_FUNCTION constexpr Word high(std::uint64_t x) { return static_cast<Word>(x >> 32); }
};

inline constexpr int philox_rounds = 10;
template <class Word>
NERNST_FUNCTION constexpr philox_words<Word> philox_round(philox_words<Word> const& x,
                                                          Word const& key0, Word const& key1) {
  using product = word_product<Word>;
  auto const product0 = product::of(x.v[0], 0xD2511F53u);
  auto const product1 = product::of(x.v[2], 0xCD9E8D57u);
  return {{product::high(product1) ^ x.v[1] ^ key0, product::low(product1),
           product::high(product0) ^ x.v[3] ^ key1, product::low(product0)}};
}
/// The key of a round, which moves on to that of the next one.
template <class Word>
struct philox_key {
  Word v[2];

  NERNST_FUNCTION constexpr explicit philox_key(std::uint64_t key)
      : v{Word(static_cast<std::uint32_t>(key)), Word(static_cast<std::uint32_t>(key >> 32))} {}
  NERNST_FUNCTION constexpr void move_on() {
    v[0] = v[0] + Word(0x9E3779B9u);
    v[1] = v[1] + Word(0xBB67AE85u);
  }
};
}  // namespace detail

/// The keys of all rounds of Philox, made once for many blocks of one key.
template <class Word>
struct philox_schedule {
  Word v[detail::philox_rounds][2];

  NERNST_FUNCTION explicit philox_schedule(std::uint64_t key) {
    detail::philox_key<Word> next(key);
    for (auto& round : v) {
      round[0] = next.v[0];
      round[1] = next.v[1];
      next.move_on();
    }
  }
};

/// Philox4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3"
/// (SC 2011): 128 bits that depend on the counter and on a 64-bit key (low word first).
template <class Word>
NERNST_FUNCTION constexpr philox_words<Word> philox4x32(philox_words<Word> counter,
                                                        std::uint64_t key) {
  detail::philox_key<Word> next(key);
  for (int round = 0; round < detail::philox_rounds; ++round) {
    counter = detail::philox_round(counter, next.v[0], next.v[1]);
    next.move_on();
  }
  return counter;
}
template <class Word>
NERNST_FUNCTION philox_words<Word> philox4x32(philox_words<Word> counter,
                                              philox_schedule<Word> const& keys) {
  for (auto const& key : keys.v) counter = detail::philox_round(counter, key[0], key[1]);
  return counter;
}

/// What a random number depends on, beside the element and the number of the draw: the run's seed,
/// the object that draws (a population or projection; below 2^16) and the step (below 2^48).
struct draw_key {
  std::uint64_t seed;
  std::uint32_t object;
  std::uint64_t step;
};

/// The counter of a draw: its words are the element, the low word of the step, the object (16 bits)
/// above the step's next 16 bits, and the number of the draw.
template <class Word>
NERNST_FUNCTION constexpr philox_words<Word> draw_counter(draw_key key, Word const& element,
                                                          Word const& draw) {
  auto const high = static_cast<std::uint32_t>(key.step >> 32) & 0xFFFFu;
  return {
      {element, Word(static_cast<std::uint32_t>(key.step)), Word((key.object << 16) | high), draw}};
}
/// The 128 random bits of one draw, with the seed as Philox's key.
NERNST_FUNCTION constexpr philox_block draw_bits(draw_key key, std::uint32_t element,
                                                 std::uint32_t draw) {
  return philox4x32(draw_counter<std::uint32_t>(key, element, draw), key.seed);
}

namespace detail {
/// Multiples of 2^-53 (double) or 2^-24 (float) in [0, 1), from two words of which float uses the
/// second.
template <class Real>
NERNST_FUNCTION constexpr Real unit_interval(std::uint32_t low, std::uint32_t high) {
  if constexpr (sizeof(Real) == 8) {
    std::uint64_t const word = (std::uint64_t{high} << 32) | low;
    return static_cast<Real>(static_cast<std::int64_t>(word >> 11)) * Real(0x1p-53);
  } else {
    return static_cast<Real>(static_cast<std::int32_t>(high >> 8)) * Real(0x1p-24);
  }
}

/// A key from which many values are drawn. There is a specialisation for packs.
template <class Value>
struct repeated_key : draw_key {
  NERNST_FUNCTION constexpr repeated_key(draw_key key) : draw_key(key) {}
};

/// The random bits for the elements of a value, and what numbers are made of them. There is a
/// specialisation for packs.
template <class Value>
struct random_bits {
  static_assert(!Pack<Value>, "packs need nernst/kernel/philox_pack.hpp");
  philox_block words;

  NERNST_FUNCTION constexpr random_bits(repeated_key<Value> const& key, std::uint32_t element,
                                        std::uint32_t draw)
      : words(draw_bits(key, element, draw)) {}

  /// A number in [0, 1) from a half of them.
  template <int Half>
  NERNST_FUNCTION constexpr Value unit_interval() const {
    return detail::unit_interval<Value>(words.v[2 * Half], words.v[2 * Half + 1]);
  }
  /// The first half of the bits of each element.
  NERNST_FUNCTION constexpr void store_first_half(std::uint64_t* to) const {
    *to = (std::uint64_t{words.v[1]} << 32) | words.v[0];
  }
  /// One of the words of all elements.
  template <int Word>
  NERNST_FUNCTION constexpr std::uint32_t joined() const {
    return words.v[Word];
  }
};
/// Box and Muller's transform of two numbers in [0, 1) as `unit_interval` gives them. The first
/// becomes one in (0, 1].
template <class Value>
NERNST_FUNCTION ir::elementary::circle_point<Value> normal_pair(Value u, Value v) {
  using real = real_of<Value>;
  using functions = ir::mathematics<Value>;
  constexpr real smallest = sizeof(real) == 8 ? real(0x1p-53) : real(0x1p-24);
  Value const radius = functions::sqrt(Value(real(-2)) * functions::log(u + Value(smallest)));
  auto const [cosine, sine] = functions::point_of_turn(v);
  return {radius * cosine, radius * sine};
}
}  // namespace detail

/// Of this many elements, from a multiple of it on, the first half share blocks of bits with the
/// second: an element of the first half takes the first of two numbers that a block makes, the one
/// behind it by `pair_distance` takes the second.
inline constexpr std::uint32_t drawn_at_once = 32, pair_distance = drawn_at_once / 2;
NERNST_FUNCTION constexpr bool is_second(std::uint32_t element) {
  return (element & pair_distance) != 0;
}
NERNST_FUNCTION constexpr std::uint32_t first_of_pair(std::uint32_t element) {
  return element & ~pair_distance;
}

/// A number in [0, 1), a multiple of 2^-53 (float: of 2^-24).
template <class Real = double>
NERNST_FUNCTION constexpr Real uniform(draw_key key, std::uint32_t element, std::uint32_t draw) {
  detail::random_bits<Real> const bits(key, first_of_pair(element), draw);
  return is_second(element) ? bits.template unit_interval<1>() : bits.template unit_interval<0>();
}

/// A number of the standard normal distribution.
template <class Real = double>
NERNST_FUNCTION Real normal(draw_key key, std::uint32_t element, std::uint32_t draw) {
  detail::random_bits<Real> const bits(key, first_of_pair(element), draw);
  auto const [first, second] =
      detail::normal_pair(bits.template unit_interval<0>(), bits.template unit_interval<1>());
  return is_second(element) ? second : first;
}

}  // namespace nernst::kernel
