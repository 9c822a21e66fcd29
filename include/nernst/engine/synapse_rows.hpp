// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/connection_list.hpp>
#include <nernst/engine/host_array.hpp>

#include <type_traits>

namespace nernst {

namespace detail {
/// Puts into each place of [begin, end) what stood at `before` of it.
template <class T>
void rearrange(T* values, std::uint32_t const* before, std::uint32_t begin, std::uint32_t end) {
  std::vector<T> const old(values + begin, values + end);
  for (std::uint32_t k = begin; k < end; ++k) values[k] = old[before[k] - begin];
}
}  // namespace detail

/// The synapses of one source that one partition owns: their targets as elements of the target
/// population, and the number of the first of them in the order of storage, which is the order of
/// per-synapse variables.
template <class Index>
struct row_view {
  Index const* begin;
  Index const* end;
  std::uint64_t first;
};

/// Synapses as they are stored for delivery: partition after partition, each with the rows of all
/// sources of a slice. A partition is a range of the target population that one thread owns. Within
/// a row the order of creation holds, so a target sees its synapses in the same order for any
/// partition. An index takes 16 bits where the population has no more than 65536 elements, else 32.
/// Copies share the storage.
class synapse_rows {
 public:
  /// `bounds` has one entry more than there are partitions and ascends from 0 to the size of the
  /// target population; the offsets say where the slices begin in their populations. Each partition
  /// is written by the thread that has its number.
  /// \throws std::invalid_argument where bounds or rows do not ascend, std::out_of_range where a
  /// target is not in the population, std::length_error from 2^32 synapses on.
  synapse_rows(executor const& run, connection_list const& list, std::vector<std::uint32_t> bounds,
               std::uint32_t source_offset, std::uint32_t target_offset);

  /// Whether a target index has 16 bits: `row` is then called with std::uint16_t, else with
  /// std::uint32_t.
  bool narrow() const { return bounds_.back() <= 65536; }

  /// The synapses from `source`, an element of the source population inside the slice, to the
  /// elements that `partition` owns.
  template <class Index>
  row_view<Index> row(std::uint32_t partition, std::uint32_t source) const {
    std::uint32_t const* const offset = offset_.data() + row_number(partition, source);
    Index const* const target = targets<Index>();
    return {target + offset[0], target + offset[1], offset[0]};
  }

  std::vector<std::uint32_t> const& bounds() const { return bounds_; }
  std::uint32_t partitions() const { return static_cast<std::uint32_t>(bounds_.size() - 1); }
  /// The slice of the source population is [source_begin, source_end).
  std::uint32_t source_begin() const { return source_offset_; }
  std::uint32_t source_end() const { return source_offset_ + rows_; }
  /// The number of synapses.
  std::uint32_t size() const { return size_; }
  /// The places of a partition's synapses are [begin, end); no two partitions share a cache line.
  std::uint32_t begin(std::uint32_t partition) const { return first_[partition]; }
  std::uint32_t end(std::uint32_t partition) const {
    return offset_[std::size_t{partition} * (rows_ + 1) + rows_];
  }
  /// How many places there are, those that stay empty included.
  std::uint32_t places() const { return first_.back(); }
  /// The synapses of a source that a partition owns have the places [first, last).
  struct place_range {
    std::uint32_t first, last;
  };
  place_range range(std::uint32_t partition, std::uint32_t source) const {
    std::uint32_t const* const offset = offset_.data() + row_number(partition, source);
    return {offset[0], offset[1]};
  }
  /// The target of a synapse, an element of the target population.
  std::uint32_t target(std::uint32_t place) const {
    return narrow() ? narrow_target_[place] : wide_target_[place];
  }
  template <class Index>
  Index const* all_targets() const {
    return targets<Index>();
  }

  /// By place: the number of the synapse in the order of creation; null where that is the place
  /// itself.
  std::uint32_t const* numbers() const { return creation_.data(); }

  /// Brings the synapses of each row into rising order of `key`, which has one value for each
  /// place; those with equal keys keep their order. Returns by place where its synapse was before.
  detail::host_array<std::uint32_t> sort_rows(executor const& run, std::uint32_t const* key);

  /// What targets, rows and order take, in bytes.
  std::size_t memory_bytes() const;

 private:
  std::size_t row_number(std::uint32_t partition, std::uint32_t source) const {
    return std::size_t{partition} * (rows_ + 1) + (source - source_offset_);
  }
  template <class Index>
  Index* targets() const {
    static_assert(std::is_same_v<Index, std::uint16_t> || std::is_same_v<Index, std::uint32_t>);
    if constexpr (sizeof(Index) == 2)
      return narrow_target_.data();
    else
      return wide_target_.data();
  }
  void check(connection_list const& list, std::uint32_t target_offset) const;
  void count(executor const& run, connection_list const& list, std::uint32_t target_offset);
  template <class Index>
  void fill(executor const& run, connection_list const& list, std::uint32_t target_offset);

  std::vector<std::uint32_t> bounds_;
  std::vector<std::uint32_t> first_;
  std::uint32_t source_offset_, rows_ = 0, size_ = 0;
  detail::host_array<std::uint32_t> offset_, wide_target_, creation_;
  detail::host_array<std::uint16_t> narrow_target_;
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/engine/synapse_rows-inl.hpp>
#endif
