// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/solve.hpp>
#include <nernst/compiled_library.hpp>

#include <cstddef>
#include <vector>

namespace nernst::cable {

/// What is known of a compartment beside its parent.
struct known_of_row {
  int row = 0;
  /// Whether nothing happens there, so that it may be left out where it is an end.
  bool is_idle = false;
  /// What flows there beside what is steady: through the membrane, at places.
  bool has_density = true, has_points = true;
};

/// The order in which compartments of a tree are eliminated: those that are as far from the ends
/// behind them one after the other, as they do not wait for one another.
class elimination {
 public:
  /// `parent` by compartment, those of roots negative; parents stand before their children.
  elimination(std::vector<int> const& parent, std::vector<known_of_row> const& known);
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
  /// Whether a compartment is an end where nothing happens, which is left out: nothing flows into
  /// it from its parent.
  bool is_tip(std::size_t compartment) const { return is_tip_[compartment] != 0; }

 private:
  std::vector<char> is_tip_;
  std::vector<eliminated_row> order_, tips_;
};

}  // namespace nernst::cable

#if NERNST_HEADER_ONLY
#include <nernst/cable/elimination-inl.hpp>
#endif
