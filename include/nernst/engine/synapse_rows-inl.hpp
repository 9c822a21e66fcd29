// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/synapse_rows.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <limits>
#include <numeric>
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
  count(run, list, target_offset);
  bool const in_order = partitions() == 1 && list.creation.empty();
  if (!in_order) {
    creation_ = detail::host_array<std::uint32_t>(places());
    std::fill_n(creation_.data(), places(), 0U);
  }
  if (narrow())
    fill<std::uint16_t>(run, list, target_offset);
  else
    fill<std::uint32_t>(run, list, target_offset);
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
  Index* const target = targets<Index>();
  std::uint32_t* const creation = creation_.data();
  run.for_each("nernst::synapses::fill", partitions(), [&](std::int64_t k) {
    auto const p = static_cast<std::size_t>(k);
    std::uint32_t next = first_[p];
    for (std::size_t row = 0; row < rows_; ++row)
      detail::for_owned(list, row, target_offset, bounds_[p], bounds_[p + 1],
                        [&](std::uint64_t place, std::uint32_t element) {
                          target[next] = static_cast<Index>(element);
                          std::uint64_t const made =
                              list.creation.empty() ? place : list.creation[place];
                          if (creation != nullptr)
                            creation[next] = static_cast<std::uint32_t>(made);
                          ++next;
                        });
    std::fill(target + next, target + first_[p + 1], static_cast<Index>(bounds_[p]));
  });
}

NERNST_INLINE detail::host_array<std::uint32_t> synapse_rows::sort_rows(executor const& run,
                                                                        std::uint32_t const* key) {
  detail::host_array<std::uint32_t> before(places());
  if (creation_.data() == nullptr) {
    creation_ = detail::host_array<std::uint32_t>(places());
    std::iota(creation_.data(), creation_.data() + places(), 0U);
  }
  run.for_each("nernst::synapses::sort", partitions(), [&](std::int64_t k) {
    auto const p = static_cast<std::uint32_t>(k);
    std::uint32_t* const order = before.data();
    std::iota(order + first_[p], order + first_[p + 1], first_[p]);
    for (std::uint32_t row = 0; row < rows_; ++row) {
      place_range const r = range(p, source_offset_ + row);
      // By number where keys are equal: the order of creation, whatever it was sorted by before.
      std::sort(order + r.first, order + r.last, [&](std::uint32_t x, std::uint32_t y) {
        return key[x] != key[y] ? key[x] < key[y] : creation_[x] < creation_[y];
      });
    }
    detail::rearrange(creation_.data(), order, first_[p], first_[p + 1]);
    if (narrow())
      detail::rearrange(narrow_target_.data(), order, first_[p], first_[p + 1]);
    else
      detail::rearrange(wide_target_.data(), order, first_[p], first_[p + 1]);
  });
  return before;
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
