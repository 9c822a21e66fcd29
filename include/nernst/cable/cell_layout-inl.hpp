// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/cell_layout.hpp>

#include <algorithm>
#include <numeric>
#include <utility>

namespace nernst::cable {

namespace detail {
/// Enough side by side for registers and to hide how long a division takes; few cells are still
/// shared among threads.
inline std::uint32_t cells_side_by_side(std::size_t cells) {
  return static_cast<std::uint32_t>(std::clamp(cells / 8, std::size_t{1}, std::size_t{32}));
}

/// Divides where each of few cells has so much to do that it is worth two meetings of threads.
inline std::vector<tree_division> divisions(std::vector<cell_tree> const& trees,
                                            std::vector<std::uint32_t> const& structure) {
  constexpr std::size_t least = 2048, few = 8, parts = 16;
  std::vector<std::size_t> cells(trees.size());
  std::size_t compartments = 0;
  for (std::uint32_t const s : structure) {
    ++cells[s];
    compartments += trees[s].size();
  }
  bool const may_be_alone = cells_side_by_side(structure.size()) == 1;
  std::vector<tree_division> all;
  for (std::size_t s = 0; s < trees.size(); ++s) {
    std::size_t const size = trees[s].size();
    bool const is_alone = may_be_alone || cells[s] == 1;
    bool const is_divided = is_alone && size >= least && size * few >= compartments;
    all.push_back(is_divided ? cable::divide(trees[s], static_cast<int>(size / parts))
                             : undivided(trees[s]));
  }
  return all;
}
}  // namespace detail

NERNST_INLINE cell_layout::cell_layout(std::vector<cell_tree> const& trees,
                                       std::vector<std::uint32_t> structure, int partitions)
    : structure_(std::move(structure)), order_(structure_.size()), first_number_(1),
      block_of_(structure_.size()), column_of_(structure_.size()),
      division_(detail::divisions(trees, structure_)) {
  for (std::uint32_t cell = 0; cell < cells(); ++cell)
    first_number_.push_back(first_number_.back() + static_cast<std::uint32_t>(rows(cell)));
  std::iota(order_.begin(), order_.end(), std::uint32_t{0});
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t x, std::uint32_t y) {
    return structure_[x] != structure_[y] ? structure_[x] < structure_[y] : x < y;
  });
  std::uint32_t const width = detail::cells_side_by_side(cells());
  for (std::uint32_t first = 0, last = 0; first < cells(); first = last) {
    std::uint32_t const same = structure_[order_[first]];
    while (last < cells() && structure_[order_[last]] == same) ++last;
    make_blocks(same, first, last, width);
  }
  auto next = blocks_.begin();
  for (int p = 0; p <= partitions; ++p) {
    auto const share = std::uint64_t{size()} * static_cast<std::uint64_t>(p);
    while (next != blocks_.end() &&
           std::uint64_t{next->first_place} * static_cast<std::uint64_t>(partitions) < share)
      ++next;
    bounds_.push_back(static_cast<int>(next - blocks_.begin()));
  }
}

/// Of the cells [first, last) in memory.
NERNST_INLINE void cell_layout::make_blocks(std::uint32_t structure, std::uint32_t first,
                                            std::uint32_t last, std::uint32_t width) {
  tree_division const& parts = division_[structure];
  for (std::uint32_t k = first; k < last; k += width) {
    std::uint32_t const base = blocks_.empty() ? 0 : end_of(blocks_.back());
    std::uint32_t const count = std::min(width, last - k);
    for (std::uint32_t column = 0; column < count; ++column) {
      block_of_[order_[k + column]] = static_cast<std::uint32_t>(blocks_.size());
      column_of_[order_[k + column]] = column;
    }
    for (int p = 0; p < parts.parts(); ++p) {
      int const row = parts.bounds[static_cast<std::size_t>(p)];
      blocks_.push_back({.first = k,
                         .cells = count,
                         .first_place = base + static_cast<std::uint32_t>(row) * count,
                         .structure = structure,
                         .part = p,
                         .first_row = row,
                         .last_row = parts.bounds[static_cast<std::size_t>(p) + 1]});
    }
  }
}

NERNST_INLINE bool cell_layout::is_divided() const {
  return std::any_of(division_.begin(), division_.end(),
                     [](tree_division const& d) { return d.parts() > 1; });
}

NERNST_INLINE std::vector<std::uint32_t> cell_layout::place_bounds() const {
  std::vector<std::uint32_t> all;
  for (int const b : bounds_) {
    bool const is_end = b == static_cast<int>(blocks_.size());
    all.push_back(is_end ? size() : block(b).first_place);
  }
  return all;
}

NERNST_INLINE std::uint32_t cell_layout::place(std::uint32_t cell, int compartment) const {
  cell_block const& b = blocks_[block_of_[cell]];
  auto const row = this->row(b.structure)[static_cast<std::size_t>(compartment)];
  return b.first_place + static_cast<std::uint32_t>(row) * b.cells + column_of_[cell];
}

NERNST_INLINE std::uint32_t cell_layout::cell_of(std::uint32_t number) const {
  auto const next = std::upper_bound(first_number_.begin(), first_number_.end(), number);
  return static_cast<std::uint32_t>(next - first_number_.begin()) - 1;
}

NERNST_INLINE std::vector<std::uint32_t> cell_layout::numbers() const {
  std::vector<std::uint32_t> all(size());
  for (std::uint32_t cell = 0; cell < cells(); ++cell)
    for (int c = 0; c < rows(cell); ++c) all[place(cell, c)] = number(cell, c);
  return all;
}

NERNST_INLINE mechanism_layout::mechanism_layout(cell_layout const& cells,
                                                 compartment_lists const& compartments,
                                                 std::uint32_t first, std::uint32_t last)
    : first_(first), first_number_(1) {
  for (std::uint32_t cell = first; cell < last; ++cell)
    first_number_.push_back(first_number_.back() +
                            static_cast<std::uint32_t>(compartments[cells.structure(cell)].size()));
  std::vector<std::vector<std::size_t>> order;  // of the lists, by row
  for (std::uint32_t s = 0; s < cells.structures(); ++s) {
    std::vector<std::size_t> by_row(compartments[s].size());
    std::iota(by_row.begin(), by_row.end(), std::size_t{0});
    auto const row_of = [&](std::size_t k) {
      return cells.row(s)[static_cast<std::size_t>(compartments[s][k])];
    };
    std::sort(by_row.begin(), by_row.end(), [&](std::size_t x, std::size_t y) {
      return row_of(x) != row_of(y) ? row_of(x) < row_of(y) : x < y;
    });
    order.push_back(std::move(by_row));
  }
  std::vector<std::uint32_t> before_block;
  for (cell_block const& b : cells.blocks()) {
    first_run_.push_back(static_cast<int>(runs_.size()));
    before_block.push_back(size());
    auto const cell = cells.order().begin() + b.first;
    auto const begin = std::lower_bound(cell, cell + b.cells, first);
    auto const end = std::lower_bound(begin, cell + b.cells, last);
    if (begin == end) continue;
    for (std::size_t const k : order[b.structure]) {
      int const row =
          cells.row(b.structure)[static_cast<std::size_t>(compartments[b.structure][k])];
      if (row < b.first_row || row >= b.last_row) continue;
      std::uint32_t const there = cells.place(*begin, compartments[b.structure][k]);
      std::uint32_t const here = size();
      auto const count = static_cast<std::uint32_t>(end - begin);
      std::int64_t const shift = std::int64_t{there} - here;
      bool const goes_on =
          static_cast<int>(runs_.size()) > first_run_.back() && runs_.back().shift == shift;
      if (goes_on)
        runs_.back().end = here + count;
      else
        runs_.push_back({here, here + count, shift});
      for (std::uint32_t n = 0; n < count; ++n) {
        compartment_place_.push_back(static_cast<std::int32_t>(there + n));
        numbers_.push_back(number(begin[n], k));
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
