// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/solve.hpp>

// A step of diffusion along the branches of cells of the same structure side by side. Nothing is
// checked and nothing is allocated: kernels call this.

namespace nernst::cable {

/// A compartment in which something diffuses, and the one to which it does towards the root.
struct diffusing_row {
  int row = 0, parent = -1;  ///< negative where there is none
  double length = 0;         ///< in m
  double distance = 0;       ///< between the middles of both, in m
};

/// The arrays of a state that diffuses, in a group of elements of its mechanism: by element, but
/// the concentration of an ion that is the same as the state is by place; null where there is none.
template <class Real>
struct diffusing_state {
  Real *state, *concentration;
  Real const *volume, *transport;  ///< see `diffusion_solver`
};

/// Cells of one structure side by side; arrays begin with row 0.
template <class Real>
struct diffusion_solver {
  forest trees = {};  ///< of the compartments where the mechanism is in some of the cells
  diffusing_row const* rows = nullptr;  ///< the same from the root on
  int row_count = 0;
  char const* is_there = nullptr;  ///< whether the mechanism is, in which cells
  Real* x = nullptr;               ///< the concentration, which `advance` changes
  /// A volume per length in m^2, and that times the coefficient of diffusion, in m^4/s: 1 and 0
  /// where the mechanism is not.
  Real *volume = nullptr, *transport = nullptr;
  Real *axial = nullptr, *diagonal = nullptr, *inverse = nullptr, *rest = nullptr;  ///< to work in
  Real const* nothing = nullptr;                                                    ///< zeros

  /// A step of backward Euler: between neighbours with volumes V per length and transports W flows
  /// (W + W') / 2 times the difference of concentrations, for each length between their middles.
  NERNST_CALLABLE void advance(double dt) const {
    find_coefficients(dt);
    cable_equation<Real> const equation{.axial = axial,
                                        .diagonal = diagonal,
                                        .steady_conductance = nothing,
                                        .steady_inflow = nothing};
    cable::advance(trees, step_scheme::backward_euler, equation, x, inverse, rest);
  }

 private:
  NERNST_CALLABLE void find_coefficients(double dt) const {
    for (int r = 0; r < row_count; ++r) {
      std::ptrdiff_t const here = detail::place_of(trees, rows[r].row);
      auto const by_step = static_cast<Real>(rows[r].length / dt);
      for (std::ptrdiff_t k = here + trees.first; k < here + trees.last; ++k)
        diagonal[k] = volume[k] * by_step;
    }
    for (int r = 0; r < row_count; ++r) {
      if (rows[r].parent < 0) continue;
      std::ptrdiff_t const here = detail::place_of(trees, rows[r].row),
                           up = detail::place_of(trees, rows[r].parent);
      auto const by_distance = static_cast<Real>(0.5 / rows[r].distance);
      for (int c = trees.first; c < trees.last; ++c) {
        bool const are_there = is_there[here + c] != 0 && is_there[up + c] != 0;
        Real const w = (transport[here + c] + transport[up + c]) * by_distance;
        axial[here + c] = are_there ? w : Real(0);
        diagonal[here + c] += axial[here + c];
        diagonal[up + c] += axial[here + c];
      }
    }
  }
};

}  // namespace nernst::cable
