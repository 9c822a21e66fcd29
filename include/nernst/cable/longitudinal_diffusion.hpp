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

  /// A step of backward Euler in a block of cells, or in the cell whose first part the block is, as
  /// NEURON makes it behind the states: between
  /// neighbours with volumes V per length and transports W flows (W + W') / 2 times the difference
  /// of concentrations, for each length between their middles.
  void advance(int block, double dt);

 private:
  /// The arrays of a group.
  struct diffusing {
    Real *state, *concentration;
    Real const *volume, *transport;
  };
  /// `act(part, element, place)` of these cells, for what diffuses as number `k` of each group.
  template <class Act>
  void for_each_element(int block, std::size_t k, Act const& act) const;
  void find_coefficients(cell_block const& of, diffusion_tree const& tree, double dt);
  void solve(cell_block const& of, diffusion_tree const& tree);

  std::vector<mechanism_group<Real>*> groups_;
  cell_layout const& layout_;
  std::vector<std::vector<diffusing>> parts_;         ///< by group
  std::vector<std::optional<diffusion_tree>> trees_;  ///< by structure, where the mechanism is
  /// By place of compartments. Where the mechanism is not, nothing changes.
  std::vector<char> is_there_;
  std::vector<Real> x_, volume_, transport_, axial_, diagonal_, inverse_, rest_, nothing_;
};

}  // namespace nernst::cable

// Never compiled apart: it depends on the width of packs.
#include <nernst/cable/longitudinal_diffusion-inl.hpp>
