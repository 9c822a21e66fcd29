// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/synapse_rows.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

namespace nernst {

namespace detail {

/// Calls `visit(k, target)` for each synapse k of a row whose target, as an element of the
/// population, is in [begin, end), in the order of the list.
template <class Visit>
void for_owned(connection_list const& list, std::size_t row, std::uint32_t target_offset,
               std::uint32_t begin, std::uint32_t end, Visit const& visit) {
  for (std::uint64_t k = list.row_begin[row]; k < list.row_begin[row + 1]; ++k) {
    std::uint32_t const element = list.target[k] + target_offset;
    if (element - begin < end - begin) visit(k, element);
  }
}

}  // namespace detail

NERNST_INLINE synapse_rows::synapse_rows(executor const& run, connection_list const& list,
                                         std::vector<std::uint32_t> bounds,
                                         std::uint32_t source_offset, std::uint32_t target_offset)
    : bounds_(std::move(bounds)), source_offset_(source_offset) {
  check(list, target_offset);
  rows_ = static_cast<std::uint32_t>(list.row_begin.size() - 1);
  size_ = static_cast<std::uint32_t>(list.target.size());
  for (std::size_t p = 0; p < partitions(); ++p)
    narrow_ = narrow_ && bounds_[p + 1] - bounds_[p] <= 65536;
  count(run, list, target_offset);
  bool const is_by_rows =
      list.creation.empty() && (partitions() == 1 || has_rising_rows(run, list));
  if (!is_by_rows) creation_ = detail::host_array<std::uint32_t>(places());
  if (narrow())
    fill<std::uint16_t>(run, list, target_offset);
  else
    fill<std::uint32_t>(run, list, target_offset);
}

NERNST_INLINE bool synapse_rows::has_rising_rows(executor const& run,
                                                 connection_list const& list) const {
  std::vector<char> rises(partitions(), 1);
  run.for_each("nernst::synapses::order", partitions(), [&](std::int64_t k) {
    auto const p = static_cast<std::uint64_t>(k);
    auto const row_of = [&](std::uint64_t share) { return share * rows_ / partitions(); };
    bool all = true;
    for (std::size_t row = row_of(p); row < row_of(p + 1); ++row)
      all = all && std::is_sorted(list.target.data() + list.row_begin[row],
                                  list.target.data() + list.row_begin[row + 1]);
    rises[p] = all ? 1 : 0;
  });
  return std::find(rises.begin(), rises.end(), 0) == rises.end();
}

/// Writes the ends of each partition's rows, first counted from the partition's own beginning.
NERNST_INLINE void synapse_rows::count(executor const& run, connection_list const& list,
                                       std::uint32_t target_offset) {
  std::size_t const stride = std::size_t{rows_} + 1;
  offset_ = detail::host_array<std::uint32_t>(partitions() * stride);
  run.for_each("nernst::synapses::count", partitions(), [&](std::int64_t k) {
    auto const p = static_cast<std::size_t>(k);
    std::uint32_t* const begin = offset_.data() + p * stride;
    begin[0] = 0;
    std::uint32_t sum = 0;
    for (std::size_t row = 0; row < rows_; ++row) {
      detail::for_owned(list, row, target_offset, bounds_[p], bounds_[p + 1],
                        [&sum](std::uint64_t, std::uint32_t) { ++sum; });
      begin[row + 1] = sum;
    }
  });
  // Packs of synapses begin at these places.
  constexpr std::uint64_t grain = 16;
  first_.assign(std::size_t{partitions()} + 1, 0);
  for (std::size_t p = 0; p < partitions(); ++p) {
    std::uint64_t const end = std::uint64_t{first_[p]} + offset_[p * stride + rows_];
    std::uint64_t const next = (end + grain - 1) / grain * grain;
    if (next > std::numeric_limits<std::uint32_t>::max())
      detail::refuse<std::length_error>(
          {"synapse_rows: expected fewer than 2^32 synapses, found ", list.target.size()});
    first_[p + 1] = static_cast<std::uint32_t>(next);
    for (std::size_t row = 0; row < stride; ++row) offset_[p * stride + row] += first_[p];
  }
}

/// Writes the synapses of each partition.
template <class Index>
void synapse_rows::fill(executor const& run, connection_list const& list,
                        std::uint32_t target_offset) {
  if constexpr (sizeof(Index) == 2)
    narrow_target_ = detail::host_array<std::uint16_t>(places());
  else
    wide_target_ = detail::host_array<std::uint32_t>(places());
  Index* const target = written_targets<Index>();
  std::uint32_t* const creation = creation_.data();
  run.for_each("nernst::synapses::fill", partitions(), [&](std::int64_t k) {
    auto const p = static_cast<std::size_t>(k);
    std::uint32_t next = first_[p];
    for (std::size_t row = 0; row < rows_; ++row)
      detail::for_owned(list, row, target_offset, bounds_[p], bounds_[p + 1],
                        [&](std::uint64_t place, std::uint32_t element) {
                          target[next] = static_cast<Index>(element - bounds_[p]);
                          std::uint64_t const made =
                              list.creation.empty() ? place : list.creation[place];
                          if (creation != nullptr)
                            creation[next] = static_cast<std::uint32_t>(made);
                          ++next;
                        });
    std::fill(target + next, target + first_[p + 1], Index{0});
  });
}

/// Where the synapses of a row stand, one row after the other.
class synapse_rows::row_order {
 public:
  /// As sorted by these keys.
  row_order(synapse_rows const& rows, detail::packed_numbers const& key)
      : rows_(rows), key_(key), order_(key.bound()) {}

  /// Goes to the row of a source, counted from the start of the slice.
  void find(std::uint32_t partition, std::uint32_t row) {
    place_range const all = rows_.range(partition, rows_.source_begin() + row);
    first_ = all.first;
    size_ = all.last - all.first;
    first_number_ = rows_.first_number(partition, row);
    if (key_.empty()) return;
    row_key_.resize(size_);
    for (std::uint32_t j = 0; j < size_; ++j) row_key_[j] = key_[number(j)];
    place_ = order_(row_key_).data();
  }
  std::uint32_t size() const { return size_; }
  /// The number of the row's synapse that was created behind `j` others.
  std::uint32_t number(std::uint32_t j) const {
    return rows_.creation_.size() == 0 ? first_number_ + j : rows_.creation_[first_ + j];
  }
  std::uint32_t key(std::uint32_t j) const { return row_key_[j]; }
  std::uint32_t place(std::uint32_t j) const { return first_ + (key_.empty() ? j : place_[j]); }

 private:
  synapse_rows const& rows_;
  detail::packed_numbers const& key_;
  detail::stable_order order_;
  std::vector<std::uint32_t> row_key_;
  std::uint32_t const* place_ = nullptr;
  std::uint32_t first_ = 0, size_ = 0, first_number_ = 0;
};

/// The number of the first synapse of a row, where numbers rise from partition to partition.
NERNST_INLINE std::uint32_t synapse_rows::first_number(std::uint32_t partition,
                                                       std::uint32_t row) const {
  std::uint32_t before = 0;
  for (std::uint32_t p = 0; p < partitions(); ++p)
    before += offset_[std::size_t{p} * (rows_ + 1) + row + (p < partition ? 1 : 0)] - first_[p];
  return before;
}

NERNST_INLINE detail::host_array<std::uint32_t>
synapse_rows::find_numbers(executor const& run) const {
  detail::host_array<std::uint32_t> numbers(places());
  run.for_each("nernst::synapses::number", partitions(), [&](std::int64_t k) {
    auto const p = static_cast<std::uint32_t>(k);
    row_order order(*this, key_);
    for (std::uint32_t row = 0; row < rows_; ++row) {
      order.find(p, row);
      for (std::uint32_t j = 0; j < order.size(); ++j) numbers[order.place(j)] = order.number(j);
    }
    std::fill(numbers.data() + end(p), numbers.data() + first_[p + 1], 0U);
  });
  return numbers;
}

NERNST_INLINE void synapse_rows::for_each_row(row_visitor const& visit) const {
  row_order order(*this, key_);
  std::vector<std::uint32_t> keys;
  for (std::uint32_t p = 0; p < partitions(); ++p)
    for (std::uint32_t row = 0; row < rows_; ++row) {
      std::uint32_t const first = range(p, source_offset_ + row).first;
      order.find(p, row);
      keys.resize(order.size());
      for (std::uint32_t j = 0; j < order.size(); ++j) keys[order.place(j) - first] = order.key(j);
      visit(first, keys);
    }
}

// Rows are moved together, as many as make the work of a call small beside theirs.
NERNST_INLINE void synapse_rows::sort_rows(executor const& run, detail::packed_numbers key,
                                           rearrangement const& move) {
  constexpr std::size_t enough = 4096;
  run.for_each("nernst::synapses::sort", partitions(), [&](std::int64_t k) {
    auto const p = static_cast<std::uint32_t>(k);
    row_order old(*this, key_), now(*this, key);
    std::vector<std::uint32_t> before;
    std::uint32_t begin = first_[p];
    for (std::uint32_t row = 0; row < rows_; ++row) {
      old.find(p, row);
      now.find(p, row);
      before.resize(before.size() + now.size());
      for (std::uint32_t j = 0; j < now.size(); ++j) before[now.place(j) - begin] = old.place(j);
      if (before.size() < enough && row + 1 < rows_) continue;
      auto const last = begin + static_cast<std::uint32_t>(before.size());
      if (narrow())
        detail::rearrange(narrow_target_.data(), before.data(), begin, last);
      else
        detail::rearrange(wide_target_.data(), before.data(), begin, last);
      move(before.data(), begin, last);
      before.clear();
      begin = last;
    }
  });
  key_ = std::move(key);
}

NERNST_INLINE std::size_t synapse_rows::memory_bytes() const {
  return offset_.memory_bytes() + wide_target_.memory_bytes() + creation_.memory_bytes() +
         narrow_target_.memory_bytes() + key_.memory_bytes();
}

NERNST_INLINE void synapse_rows::check(connection_list const& list,
                                       std::uint32_t target_offset) const {
  if (bounds_.size() < 2 || bounds_.front() != 0 || !std::is_sorted(bounds_.begin(), bounds_.end()))
    detail::refuse<std::invalid_argument>(
        {"synapse_rows: expected bounds that ascend from 0 to the size of the target population"});
  auto const& ends = list.row_begin;
  if (ends.empty() || ends.front() != 0 || ends.back() != list.target.size() ||
      !std::is_sorted(ends.begin(), ends.end()))
    detail::refuse<std::invalid_argument>(
        {"synapse_rows: expected rows that ascend from 0 to the number of targets"});
  if (!list.creation.empty() && list.creation.size() != list.target.size())
    detail::refuse<std::invalid_argument>(
        {"synapse_rows: expected one place in the order of creation for each of ",
         list.target.size(), " synapses, found ", list.creation.size()});
  if (list.target.size() > std::numeric_limits<std::uint32_t>::max())
    detail::refuse<std::length_error>(
        {"synapse_rows: expected fewer than 2^32 synapses, found ", list.target.size()});
  auto const last = std::max_element(list.target.begin(), list.target.end());
  if (last != list.target.end() && std::uint64_t{*last} + target_offset >= bounds_.back())
    detail::refuse<std::out_of_range>({"synapse_rows: expected a target element below ",
                                       bounds_.back(), ", found ",
                                       std::uint64_t{*last} + target_offset});
}

}  // namespace nernst
