// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/synapse_rows.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace nernst {

NERNST_INLINE synapse_rows::synapse_rows(executor const& run, connection_rows const& made,
                                         std::vector<std::uint32_t> bounds,
                                         std::uint32_t source_offset, std::uint32_t target_offset)
    : synapse_rows(std::move(bounds), source_offset) {
  rows_ = made.sources;
  gather(run, made, target_offset);
}

NERNST_INLINE synapse_rows::synapse_rows(executor const& run, connection_columns const& made,
                                         std::vector<std::uint32_t> bounds,
                                         std::uint32_t source_offset, std::uint32_t target_offset)
    : synapse_rows(std::move(bounds), source_offset) {
  rows_ = made.sources;
  narrow() ? transpose<std::uint16_t>(run, made, target_offset)
           : transpose<std::uint32_t>(run, made, target_offset);
}

// The arrays take addresses only, until somebody writes them.
NERNST_INLINE synapse_rows::synapse_rows(std::vector<std::uint64_t> const& sizes,
                                         std::vector<std::uint32_t> bounds,
                                         std::uint32_t source_offset, std::uint32_t sources)
    : synapse_rows(std::move(bounds), source_offset) {
  rows_ = sources;
  starts_ = detail::row_starts(sizes, rows_);
  size_ = std::accumulate(sizes.begin(), sizes.end(), std::size_t{0});
  make_targets();
}

NERNST_INLINE synapse_rows detail::rows_of_columns(executor const& run,
                                                   connection_columns const& made,
                                                   std::vector<std::uint32_t> bounds,
                                                   std::uint32_t source_offset,
                                                   std::uint32_t target_offset) {
  return {run, made, std::move(bounds), source_offset, target_offset};
}

NERNST_INLINE synapse_rows::synapse_rows(std::vector<std::uint32_t> bounds,
                                         std::uint32_t source_offset)
    : bounds_(std::move(bounds)), source_offset_(source_offset) {
  if (bounds_.size() < 2 || bounds_.front() != 0 || !std::is_sorted(bounds_.begin(), bounds_.end()))
    detail::refuse<std::invalid_argument>(
        {"synapse_rows: expected bounds that ascend from 0 to the size of the target population"});
  for (std::size_t p = 0; p < partitions(); ++p)
    narrow_ = narrow_ && bounds_[p + 1] - bounds_[p] <= 65536;
}

NERNST_INLINE void synapse_rows::make_targets() {
  if (narrow())
    narrow_target_ = detail::host_array<std::uint16_t>(places());
  else
    wide_target_ = detail::host_array<std::uint32_t>(places());
}

NERNST_INLINE void synapse_rows::write_targets(std::uint32_t const* from, std::size_t count,
                                               std::uint32_t shift, char* to) const {
  auto const write = [&]<class Index>(Index* target) {
    for (std::size_t k = 0; k < count; ++k) target[k] = static_cast<Index>(from[k] + shift);
  };
  narrow() ? write(reinterpret_cast<std::uint16_t*>(to))
           : write(reinterpret_cast<std::uint32_t*>(to));
}

/// Some rows at a time are made by each thread; then each partition is written by its owner, and
/// what was made is given back.
NERNST_INLINE void synapse_rows::gather(executor const& run, connection_rows const& made,
                                        std::uint32_t target_offset) {
  std::size_t const parts = partitions();
  auto const threads = static_cast<std::size_t>(run.threads());
  auto const handy = static_cast<std::size_t>(0x80000 / (made.expected + 8));
  std::size_t const share = std::clamp<std::size_t>(rows_ / (8 * threads), 1, handy + 1);
  std::size_t const shares = (rows_ + share - 1) / share;
  auto const last_of = [&](std::size_t s) { return std::min<std::size_t>(rows_, (s + 1) * share); };
  std::size_t const width = bytes_of_target();
  std::vector<std::vector<char>> pieces(shares);
  starts_ = detail::row_starts(parts, rows_);
  run.for_each("nernst::connect::rows", static_cast<std::int64_t>(shares), [&](std::int64_t k) {
    auto const s = static_cast<std::size_t>(k);
    connection_rows::row_function const row_of = made.row;
    std::vector<std::uint32_t> row;
    auto const expected = 1.01 * made.expected * static_cast<double>(share);
    pieces[s].reserve(width * (static_cast<std::size_t>(expected) + 64));
    for (std::size_t source = s * share; source < last_of(s); ++source) {
      row.clear();
      row_of(static_cast<std::uint32_t>(source), row);
      detail::check_row(made.rule, row.size());
      std::size_t next = 0;
      for (std::size_t p = 0; p < parts; ++p) {
        detail::target_range const owned(bounds_, p, target_offset);
        auto const first = row.begin() + static_cast<std::ptrdiff_t>(next);
        auto const last = p + 1 < parts ? std::lower_bound(first, row.end(), owned.end) : row.end();
        auto const size = static_cast<std::size_t>(last - first);
        std::uint32_t const shift = target_offset - bounds_[p];
        std::size_t const place = pieces[s].size();
        pieces[s].resize(place + width * size);
        write_targets(row.data() + next, size, shift, pieces[s].data() + place);
        starts_.sizes(p)[source] = static_cast<std::uint32_t>(size);
        next += size;
      }
    }
  });
  size_ = starts_.add_up(run);
  detail::check_synapse_count(made.rule, size_, made.limit);
  make_targets();
  std::size_t const at_once = std::max<std::size_t>(1, shares / 16);
  for (std::size_t begin = 0; begin < shares; begin += at_once) {
    std::size_t const end = std::min(shares, begin + at_once);
    run.for_each("nernst::connect::place", partitions(), [&](std::int64_t k) {
      auto const p = static_cast<std::size_t>(k);
      for (std::size_t s = begin; s < end; ++s) {
        char const* piece = pieces[s].data();
        for (std::size_t row = s * share; row < last_of(s); ++row)
          for (std::size_t q = 0; q < parts; ++q) {
            auto const [first, last] = starts_.of(q, row);
            std::size_t const bytes = width * (last - first);
            if (q == p) std::copy(piece, piece + bytes, bytes_at(first));
            piece += bytes;
          }
      }
    });
    for (std::size_t s = begin; s < end; ++s) std::vector<char>().swap(pieces[s]);
  }
  for (std::uint32_t p = 0; p < parts; ++p)
    std::fill(bytes_at(this->end(p)), bytes_at(this->begin(p + 1)), '\0');
}

/// Each partition goes through its targets twice: to count the synapses of sources, and to place
/// them.
template <class Index>
void synapse_rows::transpose(executor const& run, connection_columns const& made,
                             std::uint32_t target_offset) {
  starts_ = detail::row_starts(partitions(), rows_);
  auto const for_each_target = [&](std::size_t p, auto const& visit) {
    connection_columns::column_function const column = made.column;
    detail::target_range const owned(bounds_, p, target_offset);
    for (std::uint32_t t = owned.begin; t < std::min(owned.end, made.targets); ++t)
      visit(t + target_offset - bounds_[p], column(t));
  };
  run.for_each("nernst::connect::count", partitions(), [&](std::int64_t k) {
    auto const p = static_cast<std::size_t>(k);
    std::uint32_t* const size = starts_.sizes(p);
    std::fill(size, size + rows_, 0U);
    for_each_target(p, [size](std::uint32_t, std::vector<std::uint32_t> const& sources) {
      for (std::uint32_t const source : sources) ++size[source];
    });
  });
  size_ = starts_.add_up(run);
  bool const has_overflown = size_ != std::uint64_t{made.targets} * made.degree;
  if (has_overflown)
    detail::refuse<std::length_error>(
        {made.rule, ": expected at most ", degree_limit, " synapses of one element, found more"});
  detail::check_row(made.rule, starts_.longest_row());
  make_targets();
  Index* const target = written_targets<Index>();
  run.for_each("nernst::connect::fill", partitions(), [&](std::int64_t k) {
    auto const p = static_cast<std::size_t>(k);
    auto const fill = [&](auto next) {
      for (std::size_t row = 0; row < rows_; ++row)
        next[row] = static_cast<typename decltype(next)::value_type>(starts_.at(p, row));
      for_each_target(p, [&](std::uint32_t place, std::vector<std::uint32_t> const& sources) {
        for (std::uint32_t const source : sources)
          target[next[source]++] = static_cast<Index>(place);
      });
    };
    starts_.narrow() ? fill(std::vector<std::uint32_t>(rows_))
                     : fill(std::vector<std::size_t>(rows_));
    std::fill(target + starts_.end(p), target + starts_.begin(p + 1), Index{0});
  });
}

}  // namespace nernst
