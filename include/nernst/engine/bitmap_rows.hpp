// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/synapse_rows.hpp>

namespace nernst::engine {

/// How counts are written: digits, of which number n says whether more than n were counted, or
/// numbers.
enum class numerals : std::uint8_t { unary, numbers };

/// How many of some sources have synapses onto each of neighbouring targets: word w of `digit[n]`
/// has a bit for each of the targets 64 w, 64 w + 1, ...
struct target_counts {
  static constexpr std::uint32_t words = 8, targets = 64 * words;
  /// More sources are not counted at once.
  static constexpr int most_sources = 255;

  numerals written;
  int digits = 0;  ///< as many as the largest count has
  alignas(64) std::uint64_t digit[most_sources][words];
  alignas(64) std::uint8_t number[targets];

  explicit target_counts(numerals how) : written(how) {}

  /// `width` <= 64 bits of those from target `at` on, which is a multiple of it.
  std::uint64_t bits(int n, std::uint32_t at, std::uint32_t width) const {
    std::uint64_t const all = digit[n][at / 64] >> (at % 64);
    return width == 64 ? all : all & ((std::uint64_t{1} << width) - 1);
  }
};

/// The rows of a projection as sets: a bit for each pair of a source and a target. Where more than
/// every thirtieth pair is connected that takes less memory than lists of targets, and counts of
/// spikes for many targets at once take a few operations.
class bitmap_rows {
 public:
  bitmap_rows() = default;
  /// Empty where a source has two synapses onto one target, which sets do not tell.
  bitmap_rows(executor const& run, synapse_rows const& rows);
  /// From which part of all pairs on it is worth it.
  static constexpr double least_density = 1.0 / 32;
  static double density(synapse_rows const& rows);

  bool empty() const { return bits_.size() == 0; }
  /// The targets of a source that a partition owns, in blocks of `target_counts::targets`.
  std::uint64_t const* row(std::uint32_t partition, std::uint32_t source) const {
    return bits_.data() + first_[partition] + (source - source_begin_) * stride_[partition];
  }
  std::size_t memory_bytes() const { return bits_.memory_bytes(); }

 private:
  bool enter(std::uint32_t partition, synapse_rows const& rows);

  std::vector<std::size_t> first_, stride_;  ///< by partition, in words
  std::uint32_t source_begin_ = 0;
  detail::host_array<std::uint64_t> bits_;
};

/// Counts in how many of `number` <= `target_counts::most_sources` rows the targets of a block are:
/// those of which the first has bit 0 of word `block`.
void count_targets(std::uint64_t const* const* rows, int number, std::size_t block,
                   target_counts& counts);

}  // namespace nernst::engine

#if NERNST_HEADER_ONLY
#include <nernst/engine/bitmap_rows-inl.hpp>
#endif
