// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>

#include <cstddef>
#include <vector>

namespace nernst::cable {

/// What a layout in memory depends on: parents (negative for a root), which stand before their
/// children, and areas.
struct cell_tree {
  std::vector<int> parent;
  std::vector<double> area;

  std::size_t size() const { return parent.size(); }
};

/// The order of a tree's compartments in memory, and its division among threads: pieces that hang
/// on a stem. It depends on the tree alone, so that no bit of a result depends on the number of
/// threads.
struct tree_division {
  std::vector<int> row;    ///< by compartment
  std::vector<int> piece;  ///< by compartment, 0 for the stem; empty where all are together
  /// What stands together in memory: where it begins, by row, and where the last one ends; first
  /// the stem, in `stem_parts` parts, then piece by piece.
  std::vector<int> bounds;
  int stem_parts = 1;

  int parts() const { return static_cast<int>(bounds.size()) - 1; }
  int piece_of(int part) const { return part < stem_parts ? 0 : part - stem_parts + 1; }
};

/// All together: those with an area come first.
tree_division undivided(cell_tree const& tree);
/// In pieces of subtrees, of up to `most` compartments each; those with more behind them are the
/// stem.
tree_division divide(cell_tree const& tree, int most);

}  // namespace nernst::cable

#if NERNST_HEADER_ONLY
#include <nernst/cable/division-inl.hpp>
#endif
