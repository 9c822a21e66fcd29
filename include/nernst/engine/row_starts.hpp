// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/executor.hpp>
#include <nernst/engine/host_array.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace nernst::detail {

/// Where the rows of partitions begin among the places of synapses: with 32 bits where these are
/// fewer than 2^32, else with 64. First rows are counted, then what was counted is added up.
/// Partitions begin at multiples of `grain`.
class row_starts {
 public:
  static constexpr std::size_t grain = 16;

  struct range {
    std::size_t first, last;
  };

  row_starts() = default;
  /// `most_narrow` is the last place that 32 bits are used for.
  row_starts(std::size_t partitions, std::size_t rows, std::size_t most_narrow = 0xFFFF'FFFF)
      : rows_(rows), most_narrow_(most_narrow), first_(partitions + 1), last_(partitions),
        narrow_(partitions * (rows + 1)) {}

  /// Those of rows that are counted elsewhere: of partitions with so many synapses. Whoever knows
  /// where the rows begin writes `narrow_starts`.
  /// \throws std::length_error where 32 bits are not enough.
  row_starts(std::vector<std::uint64_t> const& sizes, std::size_t rows);

  /// The sizes of the rows of a partition, to be written before `add_up`.
  std::uint32_t* sizes(std::size_t partition) const {
    return narrow_.data() + partition * (rows_ + 1) + 1;
  }
  /// The same as they have been written, until then.
  std::size_t size(std::size_t partition, std::size_t row) const { return sizes(partition)[row]; }
  /// Makes starts of sizes, and returns how many synapses there are.
  std::size_t add_up(executor const& run);

  bool narrow() const { return wide_.size() == 0; }
  std::size_t rows() const { return rows_; }
  /// A partition has the places [begin, end), and nobody those up to the next one.
  std::size_t begin(std::size_t partition) const { return first_[partition]; }
  std::size_t end(std::size_t partition) const { return last_[partition]; }
  std::size_t places() const { return first_.back(); }
  std::size_t at(std::size_t partition, std::size_t row) const {
    std::size_t const k = partition * (rows_ + 1) + row;
    return narrow() ? narrow_[k] : wide_[k];
  }
  range of(std::size_t partition, std::size_t row) const {
    std::size_t const k = partition * (rows_ + 1) + row;
    if (narrow()) return {narrow_[k], narrow_[k + 1]};
    return {wide_[k], wide_[k + 1]};
  }
  /// By partition and row, and where the last one ends; nothing where 32 bits are not enough.
  host_array<std::uint32_t> const& narrow_starts() const { return narrow_; }
  /// How many synapses the longest row has, in all partitions together.
  std::size_t longest_row() const;
  std::size_t partition_of(std::size_t place) const;
  /// The row of a partition that a place belongs to.
  std::size_t row_of(std::size_t partition, std::size_t place) const;
  std::size_t memory_bytes() const { return narrow_.memory_bytes() + wide_.memory_bytes(); }

 private:
  void place_partitions(std::vector<std::uint64_t> const& sizes);
  template <class Index>
  void place(executor const& run, host_array<Index> const& starts) const;

  std::size_t rows_ = 0, most_narrow_ = 0;
  std::vector<std::size_t> first_{0}, last_;
  host_array<std::uint32_t> narrow_;  ///< sizes before they are added up
  host_array<std::uint64_t> wide_;
};

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/engine/row_starts-inl.hpp>
#endif
