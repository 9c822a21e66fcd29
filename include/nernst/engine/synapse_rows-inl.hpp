// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/synapse_rows.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

namespace nernst {

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
    size_ = static_cast<std::uint32_t>(all.last - all.first);
    first_number_ = rows_.first_number(partition, row);
    if (key_.empty()) return;
    row_key_.resize(size_);
    if (rows_.creation_.size() == 0)
      key_.read(first_number_, size_, row_key_.data());
    else
      for (std::uint32_t j = 0; j < size_; ++j) row_key_[j] = key_[number(j)];
    place_ = order_(row_key_).data();
  }
  std::uint32_t size() const { return size_; }
  std::size_t first() const { return first_; }
  /// The number of the row's synapse that was created behind `j` others.
  std::size_t number(std::uint32_t j) const {
    return rows_.creation_.size() == 0 ? first_number_ + j : rows_.creation_[first_ + j];
  }
  /// Its place, counted from the first of the row.
  std::uint32_t place(std::uint32_t j) const { return key_.empty() ? j : place_[j]; }
  /// Appends the runs of the row.
  void enter_runs(key_runs& all) {
    if (all.row_begin.empty()) all.row_begin.push_back(0);
    order_.for_each_key(
        [&](std::uint32_t key, std::uint32_t end) { all.runs.push_back({key, end}); });
    all.row_begin.push_back(static_cast<std::uint32_t>(all.runs.size()));
  }

 private:
  synapse_rows const& rows_;
  detail::packed_numbers const& key_;
  detail::stable_order order_;
  std::vector<std::uint32_t> row_key_;
  std::uint32_t const* place_ = nullptr;
  std::size_t first_ = 0, first_number_ = 0;
  std::uint32_t size_ = 0;
};

/// The number of the first synapse of a row, where numbers rise from partition to partition.
NERNST_INLINE std::size_t synapse_rows::first_number(std::uint32_t partition,
                                                     std::uint32_t row) const {
  detail::row_starts const& all = starts();
  std::size_t before = 0;
  for (std::uint32_t p = 0; p < partitions(); ++p)
    before += all.at(p, row + (p < partition ? 1U : 0U)) - begin(p);
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
      for (std::uint32_t j = 0; j < order.size(); ++j)
        numbers[order.first() + order.place(j)] = static_cast<std::uint32_t>(order.number(j));
    }
    std::fill(numbers.data() + end(p), numbers.data() + begin(p + 1), 0U);
  });
  return numbers;
}

NERNST_INLINE void synapse_rows::read_sources(std::size_t begin, std::size_t end,
                                              std::int32_t* to) const {
  if (begin == end) return;
  std::uint32_t const p = partition_of(begin);
  for (std::uint32_t row = row_of(p, begin); row < rows_; ++row) {
    std::uint32_t const source = source_offset_ + row;
    place_range const all = range(p, source);
    if (all.first >= end) break;
    std::fill(to + (std::max(all.first, begin) - begin), to + (std::min(all.last, end) - begin),
              static_cast<std::int32_t>(source));
  }
}

NERNST_INLINE void synapse_rows::read_targets(std::size_t begin, std::size_t end,
                                              std::int32_t* to) const {
  if (begin == end) return;
  std::uint32_t const p = partition_of(begin);
  for (std::size_t k = begin; k < end; ++k) *to++ = static_cast<std::int32_t>(target(p, k));
}

NERNST_INLINE void synapse_rows::read_numbers(std::size_t begin, std::size_t end,
                                              std::size_t* to) const {
  if (begin == end) return;
  std::uint32_t const p = partition_of(begin);
  row_order order(*this, key_);
  for (std::uint32_t row = row_of(p, begin);
       row < rows_ && range(p, source_offset_ + row).first < end; ++row) {
    order.find(p, row);
    place_range const all = range(p, source_offset_ + row);
    bool const is_plain = key_.empty() && creation_.size() == 0;
    if (is_plain) {
      std::size_t const first = std::max(all.first, begin), last = std::min(all.last, end);
      std::iota(to + (first - begin), to + (last - begin),
                order.number(static_cast<std::uint32_t>(first - all.first)));
      continue;
    }
    for (std::uint32_t j = 0; j < order.size(); ++j) {
      std::size_t const place = order.first() + order.place(j);
      if (place - begin < end - begin) to[place - begin] = order.number(j);
    }
  }
}

// Rows are moved together, as many as make the work of a call small beside theirs.
NERNST_INLINE std::vector<synapse_rows::key_runs>
synapse_rows::sort_rows(executor const& run, detail::packed_numbers key,
                        rearrangement const& move) {
  constexpr std::size_t enough = 4096;
  std::vector<key_runs> all(partitions());
  run.for_each("nernst::synapses::sort", partitions(), [&](std::int64_t k) {
    auto const p = static_cast<std::uint32_t>(k);
    row_order old(*this, key_), now(*this, key);
    std::vector<std::uint32_t> before;
    std::size_t begin = this->begin(p);
    for (std::uint32_t row = 0; row < rows_; ++row) {
      old.find(p, row);
      now.find(p, row);
      if (!key.empty()) now.enter_runs(all[p]);
      auto const ahead = static_cast<std::uint32_t>(before.size());
      before.resize(before.size() + now.size());
      for (std::uint32_t j = 0; j < now.size(); ++j)
        before[ahead + now.place(j)] = ahead + old.place(j);
      if (before.size() < enough && row + 1 < rows_) continue;
      std::size_t const last = begin + before.size();
      narrow() ? detail::rearrange(written_targets<std::uint16_t>(), before.data(), begin, last)
               : detail::rearrange(written_targets<std::uint32_t>(), before.data(), begin, last);
      move(before.data(), begin, last);
      before.clear();
      begin = last;
    }
  });
  key_ = std::move(key);
  distant_ = nullptr;
  return all;
}

NERNST_INLINE bool synapse_rows::has_repeated_targets(executor const& run) const {
  if (distant_ != nullptr) return distant_->repeats_targets();
  std::vector<char> found(partitions());
  run.for_each("nernst::synapses::compare", partitions(), [&](std::int64_t k) {
    auto const p = static_cast<std::uint32_t>(k);
    std::vector<std::uint32_t> row_of(bounds_[p + 1] - bounds_[p], 0);
    for (std::uint32_t row = 1; row <= rows_ && found[p] == 0; ++row) {
      place_range const all = range(p, source_offset_ + row - 1);
      for (std::size_t place = all.first; place < all.last; ++place) {
        std::uint32_t& last = row_of[target(p, place) - bounds_[p]];
        if (last == row) found[p] = 1;
        last = row;
      }
    }
  });
  return std::find(found.begin(), found.end(), 1) != found.end();
}

NERNST_INLINE std::size_t synapse_rows::memory_bytes() const {
  bool const has_starts = distant_ == nullptr || distant_->host_has_offsets();
  bool const has_targets = distant_ == nullptr || distant_->host_has_targets();
  return (has_starts ? starts_.memory_bytes() : 0) +
         (has_targets ? wide_target_.memory_bytes() + narrow_target_.memory_bytes() : 0) +
         creation_.memory_bytes() + key_.memory_bytes();
}

}  // namespace nernst
