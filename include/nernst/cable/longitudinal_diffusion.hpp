// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/diffusion_tree.hpp>
#include <nernst/cable/mechanism_group.hpp>

#include <optional>

namespace nernst::cable {

/// What diffuses of a mechanism along the branches of cells, wherever it was painted.
template <class Real>
class longitudinal_diffusion {
 public:
  /// `groups` are those of one model.
  explicit longitudinal_diffusion(std::vector<mechanism_group<Real>*> groups);

  /// A step in a block of cells, or in the cell whose first part the block is, as NEURON makes it
  /// behind the states.
  void advance(int block, double dt);

 private:
  template <class, class>
  friend class device_diffusion;
  bool is_in(cell_block const& of) const { return trees_[of.structure].has_value(); }
  /// For all cells of such a block.
  diffusion_solver<Real> solver_of(cell_block const& of);
  /// `act(part, element, place)` of these cells, for what diffuses as number `k` of each group.
  template <class Act>
  void for_each_element(int block, std::size_t k, Act const& act) const;

  std::vector<mechanism_group<Real>*> groups_;
  cell_layout const& layout_;
  std::vector<std::vector<diffusing_state<Real>>> parts_;  ///< by group
  std::vector<std::optional<diffusion_tree>> trees_;       ///< by structure, where the mechanism is
  /// By place of compartments. Where the mechanism is not, nothing changes.
  std::vector<char> is_there_;
  std::vector<Real> x_, volume_, transport_, axial_, diagonal_, inverse_, rest_, nothing_;
};

}  // namespace nernst::cable

// Never compiled apart: it depends on the width of packs.
#include <nernst/cable/longitudinal_diffusion-inl.hpp>
