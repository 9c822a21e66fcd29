// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/reversal.hpp>
#include <nernst/cable/solve_chains.hpp>
#include <nernst/cable/solve_diffusion.hpp>
#include <nernst/cable/solve_joined.hpp>

// What a device does of a step of cells beside the kernels of their mechanisms.

namespace nernst::cable {

/// An ion in compartments, by place: arrays that are not needed are null.
template <class Real>
struct ion_arrays {
  Real *current = nullptr, *conductance = nullptr;   ///< where somebody wants to know the current
  Real const *inside = nullptr, *outside = nullptr;  ///< where these change
  Real* reversal = nullptr;
  std::uint8_t const* changes = nullptr;  ///< whether they do in a compartment; null: in all
  double unit = 0;                        ///< see `reversal_of`
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
  Real* stimulus;  ///< what comes from electrodes; null where nobody wants to know it

  NERNST_CALLABLE void operator()(std::int64_t k) const {
    if ((flows[k] & through_membrane) != 0) current[k] = conductance[k] = 0;
    if ((flows[k] & at_places) != 0) point_current[k] = point_conductance[k] = 0;
    if (stimulus != nullptr) stimulus[k] = 0;
    for (int n = 0; n < ion_count; ++n) {
      ion_arrays<Real> const& ion = ions[n];
      if (ion.current != nullptr) ion.current[k] = ion.conductance[k] = 0;
      if (ion.inside != nullptr && (ion.changes == nullptr || ion.changes[k] != 0))
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

/// Counts what flows out of a compartment, before and behind the currents of an electrode.
template <class Real>
struct stimulus_count {
  cable_equation<Real> all;
  Real sign;
  Real* stimulus;

  NERNST_CALLABLE void operator()(std::int64_t k) const {
    stimulus[k] += sign * (all.current[k] + all.current_density[k] * all.area[k]);
  }
};

/// Whole cells of one structure side by side.
struct whole_cells {
  forest trees = {};
  std::uint32_t place = 0;   ///< where row 0 is
  std::uint32_t number = 0;  ///< of their block
  int rows = 0;
};

/// A cell, by what stands together and its place there.
struct cell_of_block {
  std::uint32_t block;
  int column;
};

/// What flows between the compartments of a cell, and through their membranes: see `flow_group`.
template <class Real>
struct flow_computation {
  cell_of_block const* cells;  ///< by thread
  whole_cells const* blocks;
  Real const *axial_conductance, *v, *too_far, *stimulus;
  Real *axial, *membrane;

  NERNST_CALLABLE void operator()(std::int64_t thread) const {
    whole_cells const& of = blocks[cells[thread].block];
    std::size_t const first = of.place + static_cast<std::size_t>(cells[thread].column);
    for (int row = 0; row < of.rows; ++row) {
      std::size_t const k = first + static_cast<std::size_t>(detail::place_of(of.trees, row));
      membrane[k] = stimulus[k];
      axial[k] = 0;
    }
    for (int c = 0; c < of.trees.compartments; ++c) {
      eliminated_row const& now = of.trees.order[c];
      if (now.parent < 0) continue;
      auto const here = first + static_cast<std::size_t>(detail::place_of(of.trees, now.row));
      auto const up = first + static_cast<std::size_t>(detail::place_of(of.trees, now.parent));
      Real const inward = axial_conductance[here] * (potential(up) - potential(here));
      axial[here] = inward;
      membrane[here] += inward;
      membrane[up] -= inward;
    }
  }

 private:
  NERNST_FUNCTION Real potential(std::size_t k) const {
    return too_far == nullptr ? v[k] : v[k] - too_far[k];
  }
};

/// What an electrode outside sees of cells side by side: see `potential_group`.
template <class Real>
struct potential_computation {
  whole_cells const* blocks;
  double const* weight;  ///< by place
  Real const *axial_conductance, *v;
  Real* potential;  ///< by block and electrode
  std::uint32_t electrodes, electrode;

  NERNST_CALLABLE void operator()(std::int64_t thread) const {
    whole_cells const& of = blocks[thread];
    double sum = 0;
    for (int c = 0; c < of.trees.compartments; ++c) {
      eliminated_row const& now = of.trees.order[c];
      if (now.parent < 0) continue;
      auto const here = of.place + static_cast<std::size_t>(detail::place_of(of.trees, now.row));
      auto const up = of.place + static_cast<std::size_t>(detail::place_of(of.trees, now.parent));
      for (std::size_t k = 0; k < static_cast<std::size_t>(of.trees.cells); ++k) {
        Real const inward = axial_conductance[here + k] * (v[up + k] - v[here + k]);
        sum += static_cast<double>(inward) * (weight[here + k] - weight[up + k]);
      }
    }
    potential[std::size_t{of.number} * electrodes + electrode] = static_cast<Real>(sum);
  }
};

/// What stands together in memory of the cable equation: cells of one structure side by side, or a
/// part of one.
struct solved_block {
  std::uint32_t place = 0;  ///< where row 0 is
  int cells = 1;
  piece_view piece = {};
  row_run const* runs = nullptr;
  int run_count = 0;
};

/// Which of its works on a cell is due.
enum class elimination_stage : std::uint8_t { whole, up, stem, down };

/// Solves the cable equation of a cell, or of a part of one.
template <class Real>
struct cell_solution {
  cell_of_block const* cells;  ///< by thread
  solved_block const* blocks;
  cable_equation<Real> equation;
  step_scheme scheme;
  elimination_stage stage;
  Real *v, *inverse, *rest, *factor;

  NERNST_CALLABLE void operator()(std::int64_t thread) const {
    solved_block const& of = blocks[cells[thread].block];
    std::size_t const k = of.place;
    chain_solver<Real> const solver{.of = equation.from(k),
                                    .v = v + k,
                                    .inverse = inverse + k,
                                    .rest = rest + k,
                                    .factor = factor + k,
                                    .cells = of.cells};
    auto const cell = solver.cell(cells[thread].column);
    if (stage != elimination_stage::down) {
      for (int r = 0; r < of.run_count; ++r) cell.assemble(of.runs[r]);
      cell.eliminate(of.piece);
    }
    if (stage != elimination_stage::up) cell.substitute(of.piece, scheme);
  }
};

/// The currents of joints that close rings, in a compartment.
template <class Real>
struct ring_currents {
  ring_end const* ends;        ///< those of one compartment one after the other
  std::uint32_t const* begin;  ///< by thread, and the end
  Real *current, *conductance;
  Real const* v;

  NERNST_CALLABLE void operator()(std::int64_t thread) const {
    for (std::uint32_t k = begin[thread]; k < begin[thread + 1]; ++k)
      ends[k].add_to(current, conductance, v);
  }
};

/// Cells of one structure side by side, of which some are joined to others.
struct held_block {
  forest free = {}, begun = {}, held = {};  ///< see `held_rows`
  std::uint32_t place = 0;                  ///< where row 0 is
};

/// Solves what of the cable equation of such a cell needs no others: up to where joints may end, or
/// from there on.
template <class Real>
struct held_solution {
  cell_of_block const* cells;     ///< by thread
  std::uint8_t const* is_joined;  ///< by thread
  held_block const* blocks;
  cable_equation<Real> equation;
  step_scheme scheme;
  bool is_behind_joints;
  Real *v, *inverse, *rest;

  NERNST_CALLABLE void operator()(std::int64_t thread) const {
    held_block const& of = blocks[cells[thread].block];
    int const first = cells[thread].column, last = first + 1;
    held_solver<Real> const solver{.free = of.free,
                                   .begun = of.begun,
                                   .held = of.held,
                                   .of = equation.from(of.place),
                                   .v = v + of.place,
                                   .inverse = inverse + of.place,
                                   .rest = rest + of.place};
    if (!is_behind_joints) return solver.to_joints(first, last);
    if (is_joined[thread] == 0) solver.alone(first, last, scheme);
    solver.from_joints(first, last, scheme);
  }
};

/// Solves the cable equation of what joints hold of a tree of cells.
template <class Real>
struct tree_solution {
  forest const* trees;  ///< by thread
  cable_equation<Real> equation;
  step_scheme scheme;
  Real *v, *inverse, *rest;

  NERNST_CALLABLE void operator()(std::int64_t thread) const {
    advance(trees[thread], scheme, equation, v, inverse, rest);
  }
};

/// The element of a mechanism that is in a compartment.
struct element_there {
  int group = -1;  ///< negative where the mechanism is not
  std::uint32_t element = 0;
};

/// Cells of one structure side by side in which something diffuses.
template <class Real>
struct diffusing_block {
  diffusion_solver<Real> solver = {};
  std::uint32_t place = 0;  ///< where row 0 is
};

/// Lets all that diffuse of a mechanism do so in a cell.
template <class Real>
struct diffusion_computation {
  cell_of_block const* cells;  ///< by thread
  diffusing_block<Real> const* blocks;
  element_there const* there;             ///< by place
  diffusing_state<Real> const* by_group;  ///< of the first that diffuses, of the second, ...
  int states, groups;
  double dt;

  NERNST_CALLABLE void operator()(std::int64_t thread) const {
    diffusing_block<Real> of = blocks[cells[thread].block];
    of.solver.trees.first = cells[thread].column;
    of.solver.trees.last = cells[thread].column + 1;
    for (int k = 0; k < states; ++k) {
      exchange<true>(of, by_group + k * groups);
      of.solver.advance(dt);
      exchange<false>(of, by_group + k * groups);
    }
  }

 private:
  template <bool Takes>
  NERNST_FUNCTION void exchange(diffusing_block<Real> const& of,
                                diffusing_state<Real> const* all) const {
    diffusion_solver<Real> const& s = of.solver;
    for (int r = 0; r < s.row_count; ++r) {
      auto const k = static_cast<std::size_t>(detail::place_of(s.trees, s.rows[r].row)) +
                     static_cast<std::size_t>(s.trees.first);
      element_there const e = there[of.place + k];
      if (e.group < 0) continue;
      diffusing_state<Real> const& here = all[e.group];
      if constexpr (Takes) {
        s.x[k] = here.state[e.element];
        s.volume[k] = here.volume[e.element];
        s.transport[k] = here.transport[e.element];
      } else {
        here.state[e.element] = s.x[k];
        if (here.concentration != nullptr) here.concentration[of.place + k] = s.x[k];
      }
    }
  }
};

}  // namespace nernst::cable
