// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/division.hpp>
#include <nernst/ir/span.hpp>

#include <cstdint>
#include <vector>

namespace nernst::cable {

/// Some compartments of cells, by the number of these cells' structure.
using compartment_lists = std::vector<std::vector<int>>;

/// Cells of one structure that stand side by side in memory: a row for each compartment, in which
/// each cell has a place. They are `cells` from number `first` on in `cell_layout::order()`. Of a
/// large cell that stands alone each part is a block.
struct cell_block {
  std::uint32_t first = 0, cells = 0, first_place = 0, structure = 0;
  int part = 0, first_row = 0, last_row = 0;  ///< all rows but for a part: [first_row, last_row)

  /// Where its cells have row 0.
  std::uint32_t base() const { return first_place - static_cast<std::uint32_t>(first_row) * cells; }
};

/// Where the compartments of many cells are in arrays: block by block of cells of the same
/// structure, in a block row by row. The rows of compartments with an area come first, so that what
/// is spread over them is consecutive. Blocks do not depend on the number of threads, which own
/// whole ones. Where few cells stand alone the large ones are divided.
class cell_layout {
 public:
  /// The tree of each structure; the structure of each cell.
  cell_layout(std::vector<cell_tree> const& trees, std::vector<std::uint32_t> structure,
              int partitions);

  std::uint32_t cells() const { return static_cast<std::uint32_t>(structure_.size()); }
  std::uint32_t size() const { return first_number_.back(); }
  std::uint32_t structures() const { return static_cast<std::uint32_t>(division_.size()); }
  std::uint32_t structure(std::uint32_t cell) const { return structure_[cell]; }
  int rows(std::uint32_t cell) const { return static_cast<int>(row(structure_[cell]).size()); }
  tree_division const& division(std::uint32_t structure) const { return division_[structure]; }
  /// Of a structure, by compartment.
  std::vector<int> const& row(std::uint32_t structure) const { return division_[structure].row; }
  /// Whether any cell is divided, and whether a block has all rows.
  bool is_divided() const;
  bool is_whole(cell_block const& b) const { return division_[b.structure].parts() == 1; }
  std::vector<cell_block> const& blocks() const { return blocks_; }
  cell_block const& block(int number) const { return blocks_[static_cast<std::size_t>(number)]; }
  /// Where the places of a block end.
  std::uint32_t end_of(cell_block const& b) const {
    return b.base() + b.cells * static_cast<std::uint32_t>(b.last_row);
  }
  /// The cells as they stand in memory: those of a structure together, in their own order.
  std::vector<std::uint32_t> const& order() const { return order_; }
  /// The numbers of the first block of a partition, and of the one behind its last.
  int first_block(int partition) const { return bounds_[static_cast<std::size_t>(partition)]; }
  int last_block(int partition) const { return bounds_[static_cast<std::size_t>(partition) + 1]; }
  int partitions() const { return static_cast<int>(bounds_.size()) - 1; }
  /// Where the places of partitions begin, and where the last one ends.
  std::vector<std::uint32_t> place_bounds() const;

  std::uint32_t place(std::uint32_t cell, int compartment) const;
  /// The number of a compartment: they are counted cell by cell.
  std::uint32_t number(std::uint32_t cell, int compartment) const {
    return first_number_[cell] + static_cast<std::uint32_t>(compartment);
  }
  /// The cell of a compartment with a number.
  std::uint32_t cell_of(std::uint32_t number) const;
  /// By place: the number.
  std::vector<std::uint32_t> numbers() const;

 private:
  void make_blocks(std::uint32_t structure, std::uint32_t first, std::uint32_t last,
                   std::uint32_t width);

  std::vector<std::uint32_t> structure_, order_;
  std::vector<std::uint32_t> first_number_;          ///< by cell, and the end
  std::vector<std::uint32_t> block_of_, column_of_;  ///< by cell
  std::vector<tree_division> division_;              ///< by structure
  std::vector<int> bounds_;
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
  /// In the compartments of lists, which may name one several times, of the cells [first, last).
  mechanism_layout(cell_layout const& cells, compartment_lists const& compartments,
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
  /// The number of the element in the k-th compartment of the list of a cell: they are counted cell
  /// by cell.
  std::uint32_t number(std::uint32_t cell, std::size_t k) const {
    return first_number_[cell - first_] + static_cast<std::uint32_t>(k);
  }
  /// By place: the number. Empty where that is the place.
  std::vector<std::uint32_t> const& numbers() const { return numbers_; }

 private:
  std::uint32_t first_;
  std::vector<std::uint32_t> first_number_;  ///< by cell
  std::vector<element_run> runs_;
  std::vector<int> first_run_;  ///< by block
  std::vector<std::uint32_t> bounds_, numbers_;
  std::vector<std::int32_t> compartment_place_;
};

}  // namespace nernst::cable

#if NERNST_HEADER_ONLY
#include <nernst/cable/cell_layout-inl.hpp>
#endif
