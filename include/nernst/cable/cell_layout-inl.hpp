// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/cell_layout.hpp>

#include <algorithm>
#include <numeric>

namespace nernst::cable {

NERNST_INLINE cell_layout::cell_layout(std::vector<double> const& area, std::uint32_t cells,
                                       int partitions)
    : cells_(cells), row_(area.size()) {
  int next = 0;
  for (bool const has_area : {true, false})
    for (std::size_t c = 0; c < area.size(); ++c)
      if ((area[c] > 0) == has_area) row_[c] = next++;
  // Enough side by side for registers and to hide how long a division takes; few cells are still
  // shared among threads.
  std::uint32_t const width = std::clamp(cells / 8, std::uint32_t{1}, std::uint32_t{32});
  for (std::uint32_t first = 0; first < cells; first += width)
    blocks_.push_back(
        {first, std::min(width, cells - first), first * static_cast<std::uint32_t>(area.size())});
  auto const count = static_cast<std::int64_t>(blocks_.size());
  for (int p = 0; p <= partitions; ++p) bounds_.push_back(static_cast<int>(count * p / partitions));
}

NERNST_INLINE std::vector<std::uint32_t> cell_layout::place_bounds() const {
  std::vector<std::uint32_t> all;
  for (int const b : bounds_) {
    bool const is_end = b == static_cast<int>(blocks_.size());
    all.push_back(is_end ? size() : blocks_[static_cast<std::size_t>(b)].first_place);
  }
  return all;
}

NERNST_INLINE std::uint32_t cell_layout::place(std::uint32_t cell, int compartment) const {
  cell_block const& b = blocks_[cell / blocks_.front().cells];
  auto const row = static_cast<std::uint32_t>(row_[static_cast<std::size_t>(compartment)]);
  return b.first_place + row * b.cells + (cell - b.first_cell);
}

NERNST_INLINE std::vector<std::uint32_t> cell_layout::numbers() const {
  std::vector<std::uint32_t> all(size());
  auto const count = static_cast<std::uint32_t>(rows());
  for (std::uint32_t cell = 0; cell < cells_; ++cell)
    for (int c = 0; c < rows(); ++c)
      all[place(cell, c)] = cell * count + static_cast<std::uint32_t>(c);
  return all;
}

NERNST_INLINE mechanism_layout::mechanism_layout(cell_layout const& cells,
                                                 std::vector<int> const& compartments,
                                                 std::uint32_t first, std::uint32_t last) {
  auto const row_of = [&](std::size_t k) {
    return cells.row()[static_cast<std::size_t>(compartments[k])];
  };
  std::vector<std::size_t> order(compartments.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
    return row_of(x) != row_of(y) ? row_of(x) < row_of(y) : x < y;
  });
  std::vector<std::uint32_t> before_block;
  for (cell_block const& b : cells.blocks()) {
    first_run_.push_back(static_cast<int>(runs_.size()));
    before_block.push_back(size());
    std::uint32_t const begin = std::max(first, b.first_cell);
    std::uint32_t const end = std::min(last, b.first_cell + b.cells);
    for (std::size_t const k : order) {
      if (begin >= end) break;
      std::uint32_t const there = cells.place(begin, compartments[k]), here = size();
      std::int64_t const shift = std::int64_t{there} - here;
      bool const goes_on =
          static_cast<int>(runs_.size()) > first_run_.back() && runs_.back().shift == shift;
      if (goes_on)
        runs_.back().end = here + (end - begin);
      else
        runs_.push_back({here, here + (end - begin), shift});
      for (std::uint32_t cell = begin; cell < end; ++cell) {
        compartment_place_.push_back(static_cast<std::int32_t>(there + (cell - begin)));
        numbers_.push_back((cell - first) * static_cast<std::uint32_t>(compartments.size()) +
                           static_cast<std::uint32_t>(k));
      }
    }
  }
  first_run_.push_back(static_cast<int>(runs_.size()));
  before_block.push_back(size());
  for (int p = 0; p < cells.partitions(); ++p)
    bounds_.push_back(before_block[static_cast<std::size_t>(cells.first_block(p))]);
  bounds_.push_back(size());
  if (std::is_sorted(numbers_.begin(), numbers_.end())) numbers_.clear();
}

}  // namespace nernst::cable
