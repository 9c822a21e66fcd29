// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>
#include <nernst/ir/span.hpp>

#include <cstdint>
#include <vector>

namespace nernst::cable {

/// Cells that stand side by side in memory: a row for each compartment, in which each cell has a
/// place.
struct cell_block {
  std::uint32_t first_cell = 0, cells = 0, first_place = 0;
};

/// Where the compartments of many cells of the same structure are in arrays: block by block of
/// cells, in a block row by row. The rows of compartments with an area come first, so that what is
/// spread over them is consecutive. Blocks depend on the number of cells alone; threads own whole
/// ones.
class cell_layout {
 public:
  /// `area` by compartment.
  cell_layout(std::vector<double> const& area, std::uint32_t cells, int partitions);

  int rows() const { return static_cast<int>(row_.size()); }
  std::uint32_t cells() const { return cells_; }
  std::uint32_t size() const { return cells_ * static_cast<std::uint32_t>(rows()); }
  /// By compartment.
  std::vector<int> const& row() const { return row_; }
  std::vector<cell_block> const& blocks() const { return blocks_; }
  /// The numbers of the first block of a partition, and of the one behind its last.
  int first_block(int partition) const { return bounds_[static_cast<std::size_t>(partition)]; }
  int last_block(int partition) const { return bounds_[static_cast<std::size_t>(partition) + 1]; }
  int partitions() const { return static_cast<int>(bounds_.size()) - 1; }
  /// Where the places of partitions begin, and where the last one ends.
  std::vector<std::uint32_t> place_bounds() const;

  std::uint32_t place(std::uint32_t cell, int compartment) const;
  /// By place: cell * rows + compartment.
  std::vector<std::uint32_t> numbers() const;

 private:
  std::uint32_t cells_;
  std::vector<int> row_, bounds_;
  std::vector<cell_block> blocks_;
};

/// Elements of a mechanism whose places are consecutive, as are those of their compartments, which
/// are further by `shift`.
struct element_run {
  std::uint32_t begin, end;
  std::int64_t shift;
};

/// The elements of a mechanism in some compartments of some cells, in the order of blocks, rows and
/// cells.
class mechanism_layout {
 public:
  /// In the compartments of a list, which may name one several times, of the cells [first, last).
  mechanism_layout(cell_layout const& cells, std::vector<int> const& compartments,
                   std::uint32_t first, std::uint32_t last);

  std::uint32_t size() const { return static_cast<std::uint32_t>(compartment_place_.size()); }
  /// Those of a block.
  ir::span<element_run const> runs(int block) const {
    auto const b = static_cast<std::size_t>(block);
    return {runs_.data() + first_run_[b], first_run_[b + 1] - first_run_[b]};
  }
  std::vector<std::uint32_t> const& place_bounds() const { return bounds_; }
  /// By place: that of the compartment.
  std::vector<std::int32_t> const& compartment_place() const { return compartment_place_; }
  /// By place: (cell - first) * number of compartments + place in the list. Empty where that is the
  /// place.
  std::vector<std::uint32_t> const& numbers() const { return numbers_; }

 private:
  std::vector<element_run> runs_;
  std::vector<int> first_run_;  ///< by block
  std::vector<std::uint32_t> bounds_, numbers_;
  std::vector<std::int32_t> compartment_place_;
};

}  // namespace nernst::cable

#if NERNST_HEADER_ONLY
#include <nernst/cable/cell_layout-inl.hpp>
#endif
