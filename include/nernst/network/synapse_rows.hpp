// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/connection_list.hpp>
#include <nernst/network/for_each.hpp>

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace nernst {
namespace detail {

template <class T>
using synapse_array = Kokkos::View<T*, Kokkos::HostSpace>;

/// What of a connection list one partition owns: the targets in [bounds[p], bounds[p + 1]).
struct partition_filter {
  connection_list const* list;
  std::uint32_t const* bounds;
  std::uint32_t target_offset;
  std::uint64_t rows;

  /// Calls `visit(row, k, target)` for each synapse k of the list that the partition owns, in the
  /// order of the list, and `leave(row)` at the end of each row.
  template <class Visit, class Leave>
  void for_each(std::int64_t partition, Visit const& visit, Leave const& leave) const {
    std::uint32_t const begin = bounds[partition], size = bounds[partition + 1] - begin;
    std::uint64_t const* const row_begin = list->row_begin.data();
    std::uint32_t const* const target = list->target.data();
    for (std::uint64_t row = 0; row < rows; ++row) {
      for (std::uint64_t k = row_begin[row]; k < row_begin[row + 1]; ++k) {
        std::uint32_t const element = target[k] + target_offset;
        if (element - begin < size) {
          visit(row, k, element);
        }
      }
      leave(row);
    }
  }
};

/// Writes the ends of a partition's rows, counted from the partition's own beginning.
struct count_partition {
  partition_filter filter;
  std::uint32_t* offset;

  void operator()(std::int64_t partition) const {
    std::uint32_t* const end = offset + static_cast<std::uint64_t>(partition) * filter.rows + 1;
    std::uint32_t count = 0;
    filter.for_each(
        partition, [&](std::uint64_t, std::uint64_t, std::uint32_t) { ++count; },
        [&](std::uint64_t row) { end[row] = count; });
  }
};

/// Shifts a partition's rows by what lies before the partition and writes its synapses.
template <class Index>
struct fill_partition {
  partition_filter filter;
  std::uint64_t const* first;
  std::uint32_t* offset;
  Index* target;
  std::uint32_t* creation;

  void operator()(std::int64_t partition) const {
    std::uint32_t* const end = offset + static_cast<std::uint64_t>(partition) * filter.rows + 1;
    std::uint64_t const* const given =
        filter.list->creation.empty() ? nullptr : filter.list->creation.data();
    std::uint64_t next = first[partition];
    filter.for_each(
        partition,
        [&](std::uint64_t, std::uint64_t k, std::uint32_t element) {
          target[next] = static_cast<Index>(element);
          if (creation != nullptr) {
            creation[next] = static_cast<std::uint32_t>(given == nullptr ? k : given[k]);
          }
          ++next;
        },
        [&](std::uint64_t row) { end[row] = static_cast<std::uint32_t>(next); });
  }
};

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
  /// is written by the thread of `space` that has its number.
  /// \throws std::invalid_argument where bounds or rows do not ascend, std::out_of_range where a
  /// target is not in the population, std::length_error from 2^32 synapses on.
  template <class ExecutionSpace>
  synapse_rows(ExecutionSpace const&, connection_list const& list,
               std::vector<std::uint32_t> bounds, std::uint32_t source_offset,
               std::uint32_t target_offset, creation_order order = creation_order::keep)
      : bounds_(std::move(bounds)), source_offset_(source_offset) {
    static_assert(Kokkos::SpaceAccessibility<ExecutionSpace, Kokkos::HostSpace>::accessible,
                  "synapse_rows are filled on the host");
    check(list, target_offset);
    rows_ = static_cast<std::uint32_t>(list.row_begin.size() - 1);
    offset_ =
        allocate<std::uint32_t>("nernst::synapses::offset", std::size_t{partitions()} * rows_ + 1);
    offset_(0) = 0;
    detail::partition_filter const filter{&list, bounds_.data(), target_offset, rows_};
    detail::for_each<ExecutionSpace>("nernst::synapses::count", partitions(),
                                     detail::count_partition{filter, offset_.data()});
    first_.assign(std::size_t{partitions()} + 1, 0);
    for (std::size_t p = 0; rows_ != 0 && p < partitions(); ++p) {
      first_[p + 1] = first_[p] + offset_((p + 1) * rows_);
    }
    if (order == creation_order::keep && (partitions() > 1 || !list.creation.empty())) {
      creation_ = allocate<std::uint32_t>("nernst::synapses::creation", size());
    }
    order_known_ = order == creation_order::keep || (partitions() == 1 && list.creation.empty());
    if (narrow()) {
      narrow_target_ = allocate<std::uint16_t>("nernst::synapses::target", size());
      fill<ExecutionSpace>(filter, narrow_target_.data());
    } else {
      wide_target_ = allocate<std::uint32_t>("nernst::synapses::target", size());
      fill<ExecutionSpace>(filter, wide_target_.data());
    }
  }

  /// Whether a target index has 16 bits: `row` is then called with std::uint16_t, else with
  /// std::uint32_t.
  bool narrow() const { return bounds_.back() <= 65536; }

  /// The synapses from `source`, an element of the source population inside the slice, to the
  /// elements that `partition` owns.
  template <class Index>
  row_view<Index> row(std::uint32_t partition, std::uint32_t source) const {
    static_assert(std::same_as<Index, std::uint16_t> || std::same_as<Index, std::uint32_t>);
    std::uint32_t const* const offset =
        offset_.data() + std::size_t{partition} * rows_ + (source - source_offset_);
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
  std::uint64_t creation(std::uint64_t synapse) const {
    if (!order_known_) {
      throw std::logic_error(
          "synapse_rows: expected the order of creation to be kept, found it dropped");
    }
    return creation_.data() == nullptr ? synapse : creation_(synapse);
  }

  /// What targets, rows and order take, in bytes.
  std::size_t memory_bytes() const {
    return sizeof(std::uint32_t) * (offset_.size() + wide_target_.size() + creation_.size()) +
           sizeof(std::uint16_t) * narrow_target_.size();
  }

 private:
  template <class T>
  static detail::synapse_array<T> allocate(std::string const& label, std::size_t size) {
    return size == 0 ? detail::synapse_array<T>()
                     : detail::synapse_array<T>(
                           Kokkos::view_alloc(label, Kokkos::WithoutInitializing), size);
  }

  template <class Index>
  Index const* targets() const {
    if constexpr (sizeof(Index) == 2) {
      return narrow_target_.data();
    } else {
      return wide_target_.data();
    }
  }

  template <class ExecutionSpace, class Index>
  void fill(detail::partition_filter const& filter, Index* target) {
    detail::for_each<ExecutionSpace>("nernst::synapses::fill", partitions(),
                                     detail::fill_partition<Index>{filter, first_.data(),
                                                                   offset_.data(), target,
                                                                   creation_.data()});
  }

  void check(connection_list const& list, std::uint32_t target_offset) const {
    if (bounds_.size() < 2 || bounds_.front() != 0 ||
        !std::is_sorted(bounds_.begin(), bounds_.end())) {
      throw std::invalid_argument(
          "synapse_rows: expected bounds that ascend from 0 to the size of the target population");
    }
    auto const& ends = list.row_begin;
    if (ends.empty() || ends.front() != 0 || ends.back() != list.target.size() ||
        !std::is_sorted(ends.begin(), ends.end())) {
      throw std::invalid_argument(
          "synapse_rows: expected rows that ascend from 0 to the number of targets");
    }
    if (!list.creation.empty() && list.creation.size() != list.target.size()) {
      throw std::invalid_argument(
          "synapse_rows: expected one place in the order of creation for each of " +
          std::to_string(list.target.size()) + " synapses, found " +
          std::to_string(list.creation.size()));
    }
    if (list.target.size() > std::numeric_limits<std::uint32_t>::max()) {
      throw std::length_error("synapse_rows: expected fewer than 2^32 synapses, found " +
                              std::to_string(list.target.size()));
    }
    auto const last = std::max_element(list.target.begin(), list.target.end());
    if (last != list.target.end() && std::uint64_t{*last} + target_offset >= bounds_.back()) {
      throw std::out_of_range("synapse_rows: expected a target element below " +
                              std::to_string(bounds_.back()) + ", found " +
                              std::to_string(std::uint64_t{*last} + target_offset));
    }
  }

  std::vector<std::uint32_t> bounds_;
  std::vector<std::uint64_t> first_;
  std::uint32_t source_offset_, rows_ = 0;
  bool order_known_ = true;
  detail::synapse_array<std::uint32_t> offset_, wide_target_, creation_;
  detail::synapse_array<std::uint16_t> narrow_target_;
};

}  // namespace nernst
