// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/reversal.hpp>
#include <nernst/cable/solve_chains.hpp>

// What a device does of a step of cells beside the kernels of their mechanisms.

namespace nernst::cable {

/// An ion in compartments, by place: arrays that are not needed are null.
template <class Real>
struct ion_arrays {
  Real *current = nullptr, *conductance = nullptr;   ///< where somebody wants to know the current
  Real const *inside = nullptr, *outside = nullptr;  ///< where these change
  Real* reversal = nullptr;
  double unit = 0;  ///< see `reversal_of`
};

/// Where currents flow that differ from step to step, in a compartment.
enum flows_in : std::uint8_t { nowhere = 0, through_membrane = 1, at_places = 2 };

/// Begins a step in a compartment: no currents yet, the reversal potentials of concentrations.
template <class Real>
struct compartment_start {
  std::uint8_t const* flows;  ///< by place, see `flows_in`
  Real *current, *conductance, *point_current, *point_conductance;
  ion_arrays<Real> const* ions;
  int ion_count;

  NERNST_CALLABLE void operator()(std::int64_t k) const {
    if ((flows[k] & through_membrane) != 0) current[k] = conductance[k] = 0;
    if ((flows[k] & at_places) != 0) point_current[k] = point_conductance[k] = 0;
    for (int n = 0; n < ion_count; ++n) {
      ion_arrays<Real> const& ion = ions[n];
      if (ion.current != nullptr) ion.current[k] = ion.conductance[k] = 0;
      if (ion.inside != nullptr)
        ion.reversal[k] = reversal_of(ion.inside[k], ion.outside[k], ion.unit);
    }
  }
};

/// Lets the currents of ions be those in the middle of the step.
template <class Real>
struct ion_correction {
  Real* current;
  Real const *conductance, *change;

  NERNST_CALLABLE void operator()(std::int64_t k) const {
    current[k] += conductance[k] * change[k];
  }
};

/// What stands together in memory of the cable equation: cells of one structure side by side, or a
/// part of one that stands alone.
struct solved_block {
  std::uint32_t place = 0;  ///< where row 0 is
  bool is_alone = false;
  forest trees = {};      ///< of cells side by side
  piece_view piece = {};  ///< of one alone
  row_run const* runs = nullptr;
  int run_count = 0;
};

/// Which of its works on a cell is due.
enum class elimination_stage : std::uint8_t { whole, up, stem, down };

/// Solves the cable equation of a cell, or of a part of one.
template <class Real>
struct cell_solution {
  /// The block, and which of its cells.
  struct solved_cell {
    std::uint32_t block;
    int column;
  };
  solved_cell const* cells;  ///< by thread
  solved_block const* blocks;
  cable_equation<Real> equation;
  step_scheme scheme;
  elimination_stage stage;
  Real *v, *inverse, *rest, *factor;

  NERNST_CALLABLE void operator()(std::int64_t thread) const {
    solved_block const& of = blocks[cells[thread].block];
    of.is_alone ? solve_alone(of) : solve(of, cells[thread].column);
  }

 private:
  NERNST_CALLABLE cable_equation<Real> equation_from(std::size_t k) const {
    return {.axial = equation.axial + k,
            .diagonal = equation.diagonal + k,
            .steady_conductance = equation.steady_conductance + k,
            .steady_inflow = equation.steady_inflow + k,
            .area = equation.area + k,
            .current_density = equation.current_density + k,
            .conductance_density = equation.conductance_density + k,
            .current = equation.current + k,
            .conductance = equation.conductance + k};
  }
  NERNST_CALLABLE void solve(solved_block const& of, int column) const {
    forest trees = of.trees;
    trees.first = column;
    trees.last = column + 1;
    std::size_t const k = of.place;
    advance(trees, scheme, equation_from(k), v + k, inverse + k, rest + k);
  }
  NERNST_CALLABLE void solve_alone(solved_block const& of) const {
    std::size_t const k = of.place;
    chain_solver<Real> const solver{equation_from(k), v + k, inverse + k, rest + k, factor + k};
    if (stage != elimination_stage::down) {
      for (int r = 0; r < of.run_count; ++r) solver.assemble(of.runs[r]);
      solver.eliminate(of.piece);
    }
    if (stage != elimination_stage::up) solver.substitute(of.piece, scheme);
  }
};

}  // namespace nernst::cable
