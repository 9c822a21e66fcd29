// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/compartments.hpp>
#include <nernst/cable/elimination.hpp>
#include <nernst/cable/solve_diffusion.hpp>

namespace nernst::cable {

/// The compartments of a cell that a mechanism is in, as neighbours: what is between them has no
/// area. Past others nothing diffuses.
class diffusion_tree {
 public:
  /// `row` by compartment; `where` the mechanism is.
  diffusion_tree(compartments const& of, std::vector<int> const& row, std::vector<int> const& where)
      : diffusion_tree(find(of, row, where)) {}

  std::vector<diffusing_row> const& rows() const { return rows_; }
  /// The trees of `cells` side by side.
  forest trees(int cells) const { return order_.trees(cells, 0, cells); }

 private:
  struct neighbours {
    std::vector<int> parent;  ///< by place in the list
    std::vector<known_of_row> known;
    std::vector<diffusing_row> rows;
  };
  static neighbours find(compartments const& of, std::vector<int> const& row,
                         std::vector<int> where);
  explicit diffusion_tree(neighbours found)
      : rows_(std::move(found.rows)), order_(found.parent, found.known) {}

  std::vector<diffusing_row> rows_;
  elimination order_;
};

}  // namespace nernst::cable

#if NERNST_HEADER_ONLY
#include <nernst/cable/diffusion_tree-inl.hpp>
#endif
