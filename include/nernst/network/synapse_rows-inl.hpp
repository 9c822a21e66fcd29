// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/synapse_rows.hpp>
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
                                         std::uint32_t source_offset, std::uint32_t target_offset,
                                         creation_order order)
    : bounds_(std::move(bounds)), source_offset_(source_offset) {
  check(list, target_offset);
  rows_ = static_cast<std::uint32_t>(list.row_begin.size() - 1);
  count(run, list, target_offset);
  bool const in_order = partitions() == 1 && list.creation.empty();
  order_known_ = order == creation_order::keep || in_order;
  if (order == creation_order::keep && !in_order)
    creation_ = detail::host_array<std::uint32_t>(size());
  if (narrow())
    fill<std::uint16_t>(run, list, target_offset);
  else
    fill<std::uint32_t>(run, list, target_offset);
}

/// Writes the ends of each partition's rows, counted from the partition's own beginning.
NERNST_INLINE void synapse_rows::count(executor const& run, connection_list const& list,
                                       std::uint32_t target_offset) {
  offset_ = detail::host_array<std::uint32_t>(std::size_t{partitions()} * rows_ + 1);
  offset_[0] = 0;
  run.for_each("nernst::synapses::count", partitions(), [&](std::int64_t k) {
    auto const p = static_cast<std::size_t>(k);
    std::uint32_t* const end = offset_.data() + p * rows_ + 1;
    std::uint32_t sum = 0;
    for (std::size_t row = 0; row < rows_; ++row) {
      detail::for_owned(list, row, target_offset, bounds_[p], bounds_[p + 1],
                        [&sum](std::uint64_t, std::uint32_t) { ++sum; });
      end[row] = sum;
    }
  });
  first_.assign(std::size_t{partitions()} + 1, 0);
  for (std::size_t p = 0; rows_ != 0 && p < partitions(); ++p)
    first_[p + 1] = first_[p] + offset_[(p + 1) * rows_];
}

/// Shifts each partition's rows by what lies before the partition and writes its synapses.
template <class Index>
void synapse_rows::fill(executor const& run, connection_list const& list,
                        std::uint32_t target_offset) {
  if constexpr (sizeof(Index) == 2)
    narrow_target_ = detail::host_array<std::uint16_t>(size());
  else
    wide_target_ = detail::host_array<std::uint32_t>(size());
  Index* const target = targets<Index>();
  std::uint32_t* const creation = creation_.data();
  run.for_each("nernst::synapses::fill", partitions(), [&](std::int64_t k) {
    auto const p = static_cast<std::size_t>(k);
    std::uint32_t* const end = offset_.data() + p * rows_ + 1;
    std::uint64_t next = first_[p];
    for (std::size_t row = 0; row < rows_; ++row) {
      detail::for_owned(list, row, target_offset, bounds_[p], bounds_[p + 1],
                        [&](std::uint64_t place, std::uint32_t element) {
                          target[next] = static_cast<Index>(element);
                          std::uint64_t const made =
                              list.creation.empty() ? place : list.creation[place];
                          if (creation != nullptr)
                            creation[next] = static_cast<std::uint32_t>(made);
                          ++next;
                        });
      end[row] = static_cast<std::uint32_t>(next);
    }
  });
}

NERNST_INLINE std::uint64_t synapse_rows::creation(std::uint64_t synapse) const {
  if (!order_known_)
    detail::refuse<std::logic_error>(
        {"synapse_rows: expected the order of creation to be kept, found it dropped"});
  return creation_.data() == nullptr ? synapse : creation_[synapse];
}

NERNST_INLINE std::size_t synapse_rows::memory_bytes() const {
  return offset_.memory_bytes() + wide_target_.memory_bytes() + creation_.memory_bytes() +
         narrow_target_.memory_bytes();
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
