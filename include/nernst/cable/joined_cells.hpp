// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/cell_layout.hpp>
#include <nernst/cable/elimination.hpp>

#include <cstdint>
#include <vector>

namespace nernst::cable {

/// A conductance in S between two compartments, by their numbers.
struct joint {
  std::uint32_t from, to;
  double conductance;
};

/// Where a compartment of a cell is.
struct compartment_of_cell {
  std::uint32_t cell;
  int compartment;
};

/// The compartments of a structure between where joints end and the root, and the others: these can
/// be eliminated before those, in each cell by itself.
struct held_rows {
  std::vector<char> is_held;  ///< by compartment
  /// In the order of elimination: the others, those of the held ones that none of them begins, and
  /// all that are held. `tips` follow their parents.
  std::vector<eliminated_row> free, begun, held, tips;

  /// `is_held` has the parents of all that it has.
  held_rows(elimination const& of, std::vector<int> const& row, std::vector<char> is_held);
};

/// A compartment of a tree of cells, and where the conductance to its parent there is from: that of
/// a compartment to its parent in the cell, by place, or a joint.
struct tree_edge {
  std::uint32_t place;
  int of_compartment = -1, of_joint = -1;
};

/// Cells that joints make trees, which are eliminated as one: all but what `held_rows` says in each
/// cell by itself. A joint that would close a ring is in none of them, nor is one where large cells
/// are divided.
class joined_cells {
 public:
  joined_cells() = default;
  joined_cells(cell_layout const& layout, std::vector<joint> joints);

  bool empty() const { return joints_.empty(); }
  std::vector<joint> const& joints() const { return joints_; }
  compartment_of_cell end(std::size_t joint, bool second) const {
    return ends_[2 * joint + (second ? 1 : 0)];
  }
  /// Whether a joint is a part of a tree, and no other way between its ends is.
  bool is_in_tree(std::size_t joint) const { return is_in_tree_[joint] != 0; }
  /// Whether a cell is in a tree with others.
  bool is_joined(std::uint32_t cell) const { return group_[cell] != alone; }
  /// By structure and compartment, of parents `parent`: whether it is between where a joint of a
  /// tree ends and the root.
  std::vector<std::vector<char>> held(cell_layout const& layout,
                                      std::vector<std::vector<int> const*> const& parent) const;

  /// Finds the order of elimination, in which rows are places, of what each structure holds.
  void find_trees(cell_layout const& layout, std::vector<std::vector<int> const*> const& parent);
  /// That of tree k, from the ends to the root.
  forest tree(std::size_t k) const {
    std::size_t const first = tree_bounds_[k], count = tree_bounds_[k + 1] - first;
    return {.order = order_.data() + first, .compartments = static_cast<int>(count)};
  }
  std::vector<tree_edge> const& edges() const { return edges_; }
  /// The trees [first_tree(p), first_tree(p + 1)) are for partition p, which has the first cell of
  /// each.
  std::size_t first_tree(int partition) const {
    return first_tree_[static_cast<std::size_t>(partition)];
  }

 private:
  static constexpr std::uint32_t alone = 0xFFFF'FFFF;
  struct walk;
  void find_groups(std::uint32_t cells, bool may_be_joined);

  std::vector<joint> joints_;
  std::vector<compartment_of_cell> ends_;  ///< two of each joint
  std::vector<char> is_in_tree_;
  std::vector<std::uint32_t> group_;  ///< by cell: the first cell of its tree, or `alone`
  std::vector<eliminated_row> order_;
  std::vector<tree_edge> edges_;
  std::vector<std::size_t> tree_bounds_, first_tree_;
};

}  // namespace nernst::cable

#if NERNST_HEADER_ONLY
#include <nernst/cable/joined_cells-inl.hpp>
#endif
