// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/solve.hpp>
#include <nernst/compiled_library.hpp>

#include <vector>

namespace nernst::cable {

/// The order in which compartments of a tree are eliminated.
class elimination {
 public:
  /// `parent` by compartment, those of roots negative; parents stand before their children. `row`
  /// by compartment. `is_idle`: whether nothing happens at a compartment, which may be left out
  /// where it is an end; `has_points`: whether currents flow at places in it.
  elimination(std::vector<int> const& parent, std::vector<int> const& row,
              std::vector<char> const& is_idle, std::vector<char> const& has_points);
  /// Rows are those of compartments, and none is left out.
  explicit elimination(std::vector<int> const& parent);

  /// The trees of cells [first, last), of which `cells` stand side by side.
  forest trees(int cells, int first, int last) const {
    return {.order = order_.data(),
            .compartments = static_cast<int>(order_.size()),
            .cells = cells,
            .tips = tips_.data(),
            .tip_count = static_cast<int>(tips_.size()),
            .first = first,
            .last = last};
  }

 private:
  std::vector<eliminated_row> order_, tips_;
};

}  // namespace nernst::cable

#if NERNST_HEADER_ONLY
#include <nernst/cable/elimination-inl.hpp>
#endif
