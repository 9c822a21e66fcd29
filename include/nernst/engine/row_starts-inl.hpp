// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/row_starts.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace nernst::detail {

// The array takes addresses only, until somebody writes it.
NERNST_INLINE row_starts::row_starts(std::vector<std::uint64_t> const& sizes, std::size_t rows)
    : row_starts(sizes.size(), rows) {
  place_partitions(sizes);
  if (places() > most_narrow_)
    refuse<std::length_error>(
        {"synapse_rows: expected fewer than 2^32 places of synapses, found ", places()});
}

NERNST_INLINE std::size_t row_starts::add_up(executor const& run) {
  std::size_t const partitions = last_.size();
  std::vector<std::uint64_t> count(partitions, 0);
  run.for_each("nernst::synapses::add_up", static_cast<std::int64_t>(partitions),
               [&](std::int64_t k) {
                 auto const p = static_cast<std::size_t>(k);
                 for (std::size_t row = 0; row < rows_; ++row) count[p] += size(p, row);
               });
  place_partitions(count);
  if (places() > most_narrow_) wide_ = host_array<std::uint64_t>(narrow_.size());
  narrow() ? place(run, narrow_) : place(run, wide_);
  if (!narrow()) narrow_ = {};
  return std::accumulate(count.begin(), count.end(), std::size_t{0});
}

NERNST_INLINE void row_starts::place_partitions(std::vector<std::uint64_t> const& sizes) {
  first_[0] = 0;
  for (std::size_t p = 0; p < sizes.size(); ++p) {
    last_[p] = first_[p] + sizes[p];
    first_[p + 1] = (last_[p] + grain - 1) / grain * grain;
  }
}

template <class Index>
void row_starts::place(executor const& run, host_array<Index> const& starts) const {
  run.for_each("nernst::synapses::place", static_cast<std::int64_t>(last_.size()),
               [&](std::int64_t k) {
                 auto const p = static_cast<std::size_t>(k);
                 std::size_t next = first_[p];
                 for (std::size_t row = 0; row <= rows_; ++row) {
                   std::size_t const size = row < rows_ ? this->size(p, row) : 0;
                   starts[p * (rows_ + 1) + row] = static_cast<Index>(next);
                   next += size;
                 }
               });
}

NERNST_INLINE std::size_t row_starts::longest_row() const {
  std::size_t longest = 0;
  for (std::size_t row = 0; row < rows_; ++row) {
    std::size_t size = 0;
    for (std::size_t p = 0; p < last_.size(); ++p) size += of(p, row).last - of(p, row).first;
    longest = std::max(longest, size);
  }
  return longest;
}

NERNST_INLINE std::size_t row_starts::partition_of(std::size_t place) const {
  auto const after = std::upper_bound(first_.begin(), first_.end(), place);
  return static_cast<std::size_t>(after - first_.begin()) - 1;
}

NERNST_INLINE std::size_t row_starts::row_of(std::size_t partition, std::size_t place) const {
  auto const find = [&](auto const* all) {
    auto const* const ends = all + partition * (rows_ + 1) + 1;
    return static_cast<std::size_t>(std::upper_bound(ends, ends + rows_, place) - ends);
  };
  return narrow() ? find(narrow_.data()) : find(wide_.data());
}

}  // namespace nernst::detail
