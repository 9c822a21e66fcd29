// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/bitmap_rows.hpp>
#include <nernst/kernel/pack.hpp>

#include <algorithm>
#include <bit>
#include <cstring>

namespace nernst::detail {

#if NERNST_HAS_PACKS
using word_pack = xsimd::batch<std::uint64_t>;
inline constexpr std::uint32_t word_pack_width = word_pack::size;
inline word_pack load_words(std::uint64_t const* from) {
  return word_pack::load_aligned(from);
}
inline void store_words(std::uint64_t* to, word_pack const& words) {
  words.store_aligned(to);
}
#else
using word_pack = std::uint64_t;
inline constexpr std::uint32_t word_pack_width = 1;
inline word_pack load_words(std::uint64_t const* from) {
  return *from;
}
inline void store_words(std::uint64_t* to, word_pack words) {
  *to = words;
}
#endif

/// Numbers of 8 bits side by side, bit by bit: `plane[k]` has bit k of each.
struct sliced_counts {
  static constexpr int planes = 8;
  word_pack plane[planes];

  sliced_counts() {
    for (word_pack& p : plane) p = word_pack(std::uint64_t{0});
  }
  /// Adds a bit to each, worth 2^From.
  template <int From>
  void add(word_pack carry) {
    for (int k = From; k < planes; ++k) {
      word_pack const both = plane[k] & carry;
      plane[k] = plane[k] ^ carry;
      carry = both;
    }
  }
  /// Adds two bits worth 2^Plane to each, and returns what they carry.
  template <int Plane>
  word_pack add(word_pack const& a, word_pack const& b) {
    word_pack const either = plane[Plane] ^ a;
    word_pack const carry = (plane[Plane] & a) | (either & b);
    plane[Plane] = either ^ b;
    return carry;
  }
  /// Adds eight bits to each, a tree of full adders (Harley and Seal's population count).
  template <class Row>
  void add_eight(Row const& row) {
    word_pack const a = add<1>(add<0>(row(0), row(1)), add<0>(row(2), row(3)));
    word_pack const b = add<1>(add<0>(row(4), row(5)), add<0>(row(6), row(7)));
    add<3>(add<2>(a, b));
  }
  word_pack are_positive() const {
    word_pack any = plane[0];
    for (int k = 1; k < planes; ++k) any = any | plane[k];
    return any;
  }
  /// Takes 1 from those where there is a bit.
  void subtract(word_pack borrow) {
    for (word_pack& p : plane) {
      word_pack const rest = p ^ borrow;
      borrow = rest & borrow;
      p = rest;
    }
  }
  /// Writes the numbers of targets from word `first` on, and returns how many unary digits the
  /// largest one has, if it writes these. Planes from `used` on are empty.
  int write(engine::target_counts& to, std::uint32_t first, int used);

 private:
  void write_numbers(engine::target_counts& to, std::uint32_t first, int used) const;
  int write_digits(engine::target_counts& to, std::uint32_t first);
};

inline bool has_bits(word_pack const& words) {
  alignas(64) std::uint64_t word[word_pack_width];
  store_words(word, words);
  std::uint64_t all = 0;
  for (std::uint64_t const w : word) all |= w;
  return all != 0;
}

/// Byte k has bit j where byte j had bit k (Warren, Hacker's Delight, 7-3).
inline word_pack transposed(word_pack x) {
  auto const swap = [&x](auto distance, std::uint64_t mask) {
    word_pack const other = (x ^ (x >> distance)) & word_pack(mask);
    x = x ^ other ^ (other << distance);
  };
  swap(7, 0x00AA00AA00AA00AA);
  swap(14, 0x0000CCCC0000CCCC);
  swap(28, 0x00000000F0F0F0F0);
  return x;
}

inline void sliced_counts::write_numbers(engine::target_counts& to, std::uint32_t first,
                                         int used) const {
  static_assert(std::endian::native == std::endian::little);
  for (int eight = 0; eight < 64; eight += 8) {
    word_pack bits(std::uint64_t{0});
    for (int k = 0; k < used; ++k)
      bits = bits | (((plane[k] >> eight) & word_pack(std::uint64_t{0xFF})) << (8 * k));
    alignas(64) std::uint64_t numbers[word_pack_width];
    store_words(numbers, transposed(bits));
    for (std::uint32_t w = 0; w < word_pack_width; ++w)
      std::memcpy(to.number + 64 * (first + w) + eight, numbers + w, sizeof numbers[w]);
  }
}

inline int sliced_counts::write_digits(engine::target_counts& to, std::uint32_t first) {
  int digits = 0;
  for (word_pack left = are_positive(); has_bits(left); left = are_positive()) {
    store_words(to.digit[digits++] + first, left);
    subtract(left);
  }
  return digits;
}

inline int sliced_counts::write(engine::target_counts& to, std::uint32_t first, int used) {
  if (to.written == engine::numerals::unary) return write_digits(to, first);
  write_numbers(to, first, used);
  return 0;
}

}  // namespace nernst::detail

namespace nernst::engine {

NERNST_INLINE double bitmap_rows::density(synapse_rows const& rows) {
  double const sources = rows.source_end() - rows.source_begin();
  double const pairs = sources * rows.bounds().back();
  return pairs > 0 ? static_cast<double>(rows.size()) / pairs : 0;
}

NERNST_INLINE bitmap_rows::bitmap_rows(executor const& run, synapse_rows const& rows)
    : source_begin_(rows.source_begin()) {
  std::size_t words = 0;
  for (std::uint32_t p = 0; p < rows.partitions(); ++p) {
    std::size_t const targets = rows.bounds()[p + 1] - rows.bounds()[p];
    std::size_t const blocks = (targets + target_counts::targets - 1) / target_counts::targets;
    first_.push_back(words);
    stride_.push_back(blocks * target_counts::words);
    words += stride_.back() * (rows.source_end() - source_begin_);
  }
  bits_ = detail::host_array<std::uint64_t>(words);
  std::vector<char> are_sets(rows.partitions(), 0);
  run.for_each("nernst::synapses::bits", rows.partitions(), [&](std::int64_t p) {
    are_sets[static_cast<std::size_t>(p)] = enter(static_cast<std::uint32_t>(p), rows) ? 1 : 0;
  });
  if (std::find(are_sets.begin(), are_sets.end(), 0) != are_sets.end()) bits_ = {};
}

NERNST_INLINE bool bitmap_rows::enter(std::uint32_t partition, synapse_rows const& rows) {
  bool is_set = true;
  for (std::uint32_t source = source_begin_; source < rows.source_end(); ++source) {
    std::uint64_t* const words = bits_.data() + (row(partition, source) - bits_.data());
    std::fill(words, words + stride_[partition], std::uint64_t{0});
    auto const range = rows.range(partition, source);
    for (std::size_t k = range.first; k < range.last; ++k) {
      std::uint32_t const target = rows.target(partition, k) - rows.bounds()[partition];
      std::uint64_t const bit = std::uint64_t{1} << (target % 64);
      is_set = is_set && (words[target / 64] & bit) == 0;
      words[target / 64] |= bit;
    }
  }
  return is_set;
}

NERNST_INLINE void count_targets(std::uint64_t const* const* rows, int number, std::size_t block,
                                 target_counts& counts) {
  using namespace nernst::detail;
  constexpr std::uint32_t parts = target_counts::words / word_pack_width;
  // The next block has a cache line of each row, which stand far apart.
  for (int k = 0; k < number; ++k) __builtin_prefetch(rows[k] + block + target_counts::words);
  auto const used = static_cast<int>(std::bit_width(static_cast<unsigned>(number)));
  int digits[parts] = {};
  for (std::uint32_t part = 0; part < parts; ++part) {
    std::size_t const at = block + part * word_pack_width;
    sliced_counts sum;
    int k = 0;
    for (; k + 8 <= number; k += 8)
      sum.add_eight([&](int j) { return load_words(rows[k + j] + at); });
    if (k < number)
      sum.add_eight([&](int j) {
        return k + j < number ? load_words(rows[k + j] + at) : word_pack(std::uint64_t{0});
      });
    digits[part] = sum.write(counts, part * word_pack_width, used);
  }
  counts.digits = *std::max_element(digits, digits + parts);
  for (std::uint32_t part = 0; part < parts; ++part)
    for (int n = digits[part]; n < counts.digits; ++n)
      std::fill_n(counts.digit[n] + part * word_pack_width, word_pack_width, std::uint64_t{0});
}

}  // namespace nernst::engine
