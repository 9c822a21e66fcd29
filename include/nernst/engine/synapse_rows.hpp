// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/connection_rows.hpp>
#include <nernst/engine/distant_rows.hpp>
#include <nernst/engine/host_array.hpp>
#include <nernst/engine/packed_numbers.hpp>
#include <nernst/engine/row_starts.hpp>
#include <nernst/engine/stable_order.hpp>

#include <algorithm>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace nernst {

namespace device {
struct mirror;
}

namespace detail {
/// A range of targets, as their rules count them: those of a partition, as far as it has any.
struct target_range {
  std::uint32_t begin, end;

  target_range(std::vector<std::uint32_t> const& bounds, std::size_t partition,
               std::uint32_t offset)
      : begin(std::max(bounds[partition], offset) - offset),
        end(std::max(bounds[partition + 1], offset) - offset) {}
};

/// Puts into each place of [begin, end) what stood at `before` of it, counted from `begin`.
template <class T>
void rearrange(T* values, std::uint32_t const* before, std::size_t begin, std::size_t end) {
  std::vector<T> const old(values + begin, values + end);
  for (std::size_t k = begin; k < end; ++k) values[k] = old[before[k - begin]];
}
}  // namespace detail

/// Synapses as they are stored for delivery: partition after partition, each with the rows of all
/// sources of a slice. A partition is a range of the target population that one thread owns. Within
/// a row the order of creation holds, or that of a key of each synapse, and where keys are equal
/// that of creation; so a target sees its synapses in the same order for any partition. The place
/// of a synapse is its number in the order of storage, which is that of per-synapse variables.
///
/// Targets are counted from the beginning of the partition, with 16 bits where none has more than
/// 65536 elements, else 32. Copies share the storage.
class synapse_rows {
 public:
  /// `bounds` has one entry more than there are partitions and ascends from 0 to the size of the
  /// target population; the offsets say where the slices begin in their populations. Each partition
  /// is written by the thread that has its number.
  /// \throws std::invalid_argument where bounds or rows do not ascend, std::out_of_range where a
  /// target is not in the population.
  synapse_rows(executor const& run, connection_list const& list, std::vector<std::uint32_t> bounds,
               std::uint32_t source_offset, std::uint32_t target_offset);
  /// The same of rows and of columns, without a list of them. \throws std::length_error for more
  /// than their limit.
  synapse_rows(executor const& run, connection_rows const& made, std::vector<std::uint32_t> bounds,
               std::uint32_t source_offset, std::uint32_t target_offset);
  synapse_rows(executor const& run, connection_columns const& made,
               std::vector<std::uint32_t> bounds, std::uint32_t source_offset,
               std::uint32_t target_offset);
  /// Those of so many sources that stand elsewhere, where `stand_in` says it; by partition, how
  /// many synapses there are.
  synapse_rows(std::vector<std::uint64_t> const& sizes, std::vector<std::uint32_t> bounds,
               std::uint32_t source_offset, std::uint32_t sources);
  /// The host gets them from there once it asks for them.
  void stand_in(std::shared_ptr<engine::distant_rows const> there) { distant_ = std::move(there); }

  /// Whether a target has 16 bits.
  bool narrow() const { return narrow_; }
  /// By place: the target, counted from the beginning of its partition, as std::uint16_t where that
  /// is narrow, else as std::uint32_t.
  template <class Index>
  Index const* targets() const {
    return written_targets<Index>();
  }
  /// The target of a synapse of a partition, an element of the target population.
  std::uint32_t target(std::uint32_t partition, std::size_t place) const {
    return bounds_[partition] +
           (narrow() ? targets<std::uint16_t>()[place] : targets<std::uint32_t>()[place]);
  }

  std::vector<std::uint32_t> const& bounds() const { return bounds_; }
  std::uint32_t partitions() const { return static_cast<std::uint32_t>(bounds_.size() - 1); }
  /// The slice of the source population is [source_begin, source_end).
  std::uint32_t source_begin() const { return source_offset_; }
  std::uint32_t source_end() const { return source_offset_ + rows_; }
  /// The number of synapses.
  std::size_t size() const { return size_; }
  /// The places of a partition's synapses are [begin, end); no two partitions share a cache line.
  std::size_t begin(std::uint32_t partition) const { return starts_.begin(partition); }
  std::size_t end(std::uint32_t partition) const { return starts_.end(partition); }
  /// How many places there are, those that stay empty included.
  std::size_t places() const { return starts_.places(); }
  /// The synapses of a source, an element of the source population inside the slice, that a
  /// partition owns have the places [first, last).
  using place_range = detail::row_starts::range;
  place_range range(std::uint32_t partition, std::uint32_t source) const {
    return starts().of(partition, source - source_offset_);
  }

  /// Calls `visit(source, target, place)` for each synapse, in order of storage.
  template <class Visit>
  void for_each_synapse(Visit const& visit) const {
    for (std::uint32_t p = 0; p < partitions(); ++p)
      for (std::uint32_t source = source_begin(); source < source_end(); ++source) {
        place_range const row = range(p, source);
        for (std::size_t k = row.first; k < row.last; ++k) visit(source, target(p, k), k);
      }
  }

  /// Whether a source has several synapses with one target.
  bool has_repeated_targets(executor const& run) const;

  /// Whether each synapse has the place of its number in the order of creation.
  bool is_in_order() const { return partitions() == 1 && creation_.size() == 0 && key_.empty(); }
  /// By place: the number of the synapse in the order of creation, of which 32 bits tell all.
  detail::host_array<std::uint32_t> find_numbers(executor const& run) const;

  /// The same of the places [begin, end) of one partition.
  void read_numbers(std::size_t begin, std::size_t end, std::size_t* to) const;
  /// The sources of these, and the targets: elements of their populations.
  void read_sources(std::size_t begin, std::size_t end, std::int32_t* to) const;
  void read_targets(std::size_t begin, std::size_t end, std::int32_t* to) const;

  /// Synapses of a row that have one key: those before `last`, counted from the first of the row,
  /// behind those with a smaller one.
  struct key_run {
    std::uint32_t key, last;
  };
  /// The runs of a partition's rows, one after the other; row r has [row_begin[r], row_begin[r +
  /// 1]).
  struct key_runs {
    std::vector<std::uint32_t> row_begin;
    std::vector<key_run> runs;
  };
  /// Brings the synapses of each row into rising order of a key, which each has by its number; no
  /// keys stand for the order of creation. Calls `move(before, begin, end)` from several threads,
  /// for ranges of places: begin + before[k] is where the synapse was that is at begin + k now.
  /// Gives the runs of each partition, none without keys.
  using rearrangement =
      std::function<void(std::uint32_t const* before, std::size_t begin, std::size_t end)>;
  std::vector<key_runs> sort_rows(executor const& run, detail::packed_numbers key,
                                  rearrangement const& move);
  /// The keys of all synapses, by number.
  detail::packed_numbers const& key() const { return key_; }

  /// What targets, rows and order take, in bytes.
  std::size_t memory_bytes() const;

 private:
  friend struct device::mirror;
  class row_order;

  /// Where rows begin. What is known of partitions alone `starts_` says, without asking for them.
  detail::row_starts const& starts() const {
    if (distant_ != nullptr) distant_->bring_offsets(starts_.narrow_starts().data());
    return starts_;
  }
  template <class Index>
  Index* written_targets() const {
    static_assert(std::is_same_v<Index, std::uint16_t> || std::is_same_v<Index, std::uint32_t>);
    Index* all;
    if constexpr (sizeof(Index) == 2)
      all = narrow_target_.data();
    else
      all = wide_target_.data();
    if (distant_ != nullptr) distant_->bring_targets(all);
    return all;
  }
  synapse_rows(std::vector<std::uint32_t> bounds, std::uint32_t source_offset);
  void check(connection_list const& list, std::uint32_t target_offset) const;
  bool has_rising_rows(executor const& run, connection_list const& list) const;
  void count(executor const& run, connection_list const& list, std::uint32_t target_offset,
             bool rises);
  void make_targets();
  std::size_t bytes_of_target() const {
    return narrow() ? sizeof(std::uint16_t) : sizeof(std::uint32_t);
  }
  /// Where the targets of the places from there on stand.
  char* bytes_at(std::size_t place) const {
    void* const all = narrow() ? static_cast<void*>(narrow_target_.data()) : wide_target_.data();
    return static_cast<char*>(all) + place * bytes_of_target();
  }
  /// Writes targets as they are stored, each plus `shift`.
  void write_targets(std::uint32_t const* from, std::size_t count, std::uint32_t shift,
                     char* to) const;
  void fill(executor const& run, connection_list const& list, std::uint32_t target_offset,
            bool rises);
  void gather(executor const& run, connection_rows const& made, std::uint32_t target_offset);
  template <class Index>
  void transpose(executor const& run, connection_columns const& made, std::uint32_t target_offset);
  std::size_t first_number(std::uint32_t partition, std::uint32_t row) const;
  std::uint32_t partition_of(std::size_t place) const {
    return static_cast<std::uint32_t>(starts_.partition_of(place));
  }
  std::uint32_t row_of(std::uint32_t partition, std::size_t place) const {
    return static_cast<std::uint32_t>(starts().row_of(partition, place));
  }

  std::vector<std::uint32_t> bounds_;
  detail::row_starts starts_;
  std::uint32_t source_offset_, rows_ = 0;
  std::size_t size_ = 0;
  bool narrow_ = true;
  detail::host_array<std::uint32_t> wide_target_;
  detail::host_array<std::uint16_t> narrow_target_;
  /// The numbers of synapses, by places in the order of creation; none where the rows of each
  /// source, one partition after the other, are in the order of all synapses. There are fewer than
  /// 2^32 synapses then.
  detail::host_array<std::uint32_t> creation_;
  detail::packed_numbers key_;
  /// Where another memory has the rows, as they were made.
  std::shared_ptr<engine::distant_rows const> distant_;
};

namespace detail {
synapse_rows rows_of_columns(executor const& run, connection_columns const& made,
                             std::vector<std::uint32_t> bounds, std::uint32_t source_offset,
                             std::uint32_t target_offset);
}

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/engine/synapse_rows-inl.hpp>
#include <nernst/engine/synapse_rows_listed-inl.hpp>
#include <nernst/engine/synapse_rows_made-inl.hpp>
#endif
