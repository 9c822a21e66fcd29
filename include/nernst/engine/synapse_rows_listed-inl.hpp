// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/synapse_rows_made-inl.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace nernst {

namespace detail {
/// Calls `visit(k)` for each synapse k of a row whose target is in a range, in the order of the
/// list.
template <class Visit>
void for_owned(connection_list const& list, std::size_t row, target_range const& owned, bool rises,
               Visit const& visit) {
  std::uint32_t const* const target = list.target.data();
  std::uint64_t first = list.row_begin[row], last = list.row_begin[row + 1];
  if (rises) {
    auto const place = [&](std::uint32_t t) {
      return static_cast<std::uint64_t>(std::lower_bound(target + first, target + last, t) -
                                        target);
    };
    last = place(owned.end);
    first = place(owned.begin);
  }
  for (std::uint64_t k = first; k < last; ++k)
    if (rises || target[k] - owned.begin < owned.end - owned.begin) visit(k);
}
}  // namespace detail

NERNST_INLINE synapse_rows::synapse_rows(executor const& run, connection_list const& list,
                                         std::vector<std::uint32_t> bounds,
                                         std::uint32_t source_offset, std::uint32_t target_offset)
    : synapse_rows(std::move(bounds), source_offset) {
  check(list, target_offset);
  rows_ = static_cast<std::uint32_t>(list.row_begin.size() - 1);
  bool const rises = partitions() > 1 && has_rising_rows(run, list);
  count(run, list, target_offset, rises);
  bool const is_by_rows = list.creation.empty() && (partitions() == 1 || rises);
  if (!is_by_rows) creation_ = detail::host_array<std::uint32_t>(places());
  fill(run, list, target_offset, rises);
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

NERNST_INLINE void synapse_rows::count(executor const& run, connection_list const& list,
                                       std::uint32_t target_offset, bool rises) {
  starts_ = detail::row_starts(partitions(), rows_);
  run.for_each("nernst::synapses::count", partitions(), [&](std::int64_t k) {
    auto const p = static_cast<std::size_t>(k);
    detail::target_range const owned(bounds_, p, target_offset);
    for (std::size_t row = 0; row < rows_; ++row) {
      std::uint32_t size = 0;
      detail::for_owned(list, row, owned, rises, [&size](std::uint64_t) { ++size; });
      starts_.sizes(p)[row] = size;
    }
  });
  size_ = starts_.add_up(run);
}

NERNST_INLINE void synapse_rows::fill(executor const& run, connection_list const& list,
                                      std::uint32_t target_offset, bool rises) {
  make_targets();
  std::uint32_t* const creation = creation_.data();
  run.for_each("nernst::synapses::fill", partitions(), [&](std::int64_t k) {
    auto const p = static_cast<std::size_t>(k);
    detail::target_range const owned(bounds_, p, target_offset);
    std::uint32_t const shift = target_offset - bounds_[p];
    std::size_t next = this->begin(static_cast<std::uint32_t>(p));
    std::vector<std::uint32_t> own;
    for (std::size_t row = 0; row < rows_; ++row) {
      own.clear();
      detail::for_owned(list, row, owned, rises, [&](std::uint64_t place) {
        if (creation != nullptr)
          creation[next + own.size()] =
              static_cast<std::uint32_t>(list.creation.empty() ? place : list.creation[place]);
        own.push_back(list.target[place]);
      });
      write_targets(own.data(), own.size(), shift, bytes_at(next));
      next += own.size();
    }
    std::fill(bytes_at(next), bytes_at(starts_.begin(p + 1)), '\0');
  });
}

NERNST_INLINE void synapse_rows::check(connection_list const& list,
                                       std::uint32_t target_offset) const {
  auto const& ends = list.row_begin;
  if (ends.empty() || ends.front() != 0 || ends.back() != list.target.size() ||
      !std::is_sorted(ends.begin(), ends.end()))
    detail::refuse<std::invalid_argument>(
        {"synapse_rows: expected rows that ascend from 0 to the number of targets"});
  if (!list.creation.empty() && list.creation.size() != list.target.size())
    detail::refuse<std::invalid_argument>(
        {"synapse_rows: expected one place in the order of creation for each of ",
         list.target.size(), " synapses, found ", list.creation.size()});
  auto const last = std::max_element(list.target.begin(), list.target.end());
  if (last != list.target.end() && std::uint64_t{*last} + target_offset >= bounds_.back())
    detail::refuse<std::out_of_range>({"synapse_rows: expected a target element below ",
                                       bounds_.back(), ", found ",
                                       std::uint64_t{*last} + target_offset});
}

}  // namespace nernst
