// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/connection_list.hpp>
#include <nernst/network/host_array.hpp>

#include <type_traits>

namespace nernst {

/// The synapses of one source that one partition owns: their targets as elements of the target
/// population, and the number of the first of them in the order of storage, which is the order of
/// per-synapse variables.
template <class Index>
struct row_view {
  Index const* begin;
  Index const* end;
  std::uint64_t first;
};

/// Whether `synapse_rows` remembers the order of creation, which per-synapse variables need to be
/// read or written by the user.
enum class creation_order { keep, drop };

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
               std::uint32_t source_offset, std::uint32_t target_offset,
               creation_order order = creation_order::keep);

  /// Whether a target index has 16 bits: `row` is then called with std::uint16_t, else with
  /// std::uint32_t.
  bool narrow() const { return bounds_.back() <= 65536; }

  /// The synapses from `source`, an element of the source population inside the slice, to the
  /// elements that `partition` owns.
  template <class Index>
  row_view<Index> row(std::uint32_t partition, std::uint32_t source) const {
    std::size_t const place = std::size_t{partition} * rows_ + (source - source_offset_);
    std::uint32_t const* const offset = offset_.data() + place;
    Index const* const target = targets<Index>();
    return {target + offset[0], target + offset[1], offset[0]};
  }

  std::uint32_t partitions() const { return static_cast<std::uint32_t>(bounds_.size() - 1); }
  /// The slice of the source population is [source_begin, source_end).
  std::uint32_t source_begin() const { return source_offset_; }
  std::uint32_t source_end() const { return source_offset_ + rows_; }
  /// The number of synapses.
  std::uint64_t size() const { return first_.back(); }
  /// The first synapse of a partition in the order of storage; that of the number of partitions is
  /// `size()`.
  std::uint64_t first(std::uint32_t partition) const { return first_[partition]; }

  /// The place of a stored synapse in the order of creation. \throws std::logic_error where that
  /// order was dropped.
  std::uint64_t creation(std::uint64_t synapse) const;

  /// What targets, rows and order take, in bytes.
  std::size_t memory_bytes() const;

 private:
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
  std::vector<std::uint64_t> first_;
  std::uint32_t source_offset_, rows_ = 0;
  bool order_known_ = true;
  detail::host_array<std::uint32_t> offset_, wide_target_, creation_;
  detail::host_array<std::uint16_t> narrow_target_;
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/synapse_rows-inl.hpp>
#endif
