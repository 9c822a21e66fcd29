// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/cell_group.hpp>
#include <nernst/cable/ion_group-inl.hpp>
#include <nernst/cable/mechanism_group-inl.hpp>

#include <algorithm>

// What cells do in a step.

namespace nernst::cable {

template <class Real>
int cell_group<Real>::stages() const {
  if (!layout_.is_divided()) return joined_.empty() ? 1 : 3;
  bool const looks = flows_ != nullptr || !potentials_.empty();
  return looks || diffuses() ? 4 : 3;
}

template <class Real>
void cell_group<Real>::update(int partition, kernel::step_context const& now) {
  for (mechanism_group<Real>* const m : active_) m->begin_step(partition);
  bool const is_all = stages() == 1;
  for_each_block(partition, [&](int b) {
    cell_block const& block = layout_.block(b);
    if (order_ == step_order::states_first) advance_states(b, partition, now);
    begin(block);
    find_currents(b, partition, now);
    if (!joined_.empty()) return;
    layout_.is_whole(block) ? solve(block) : solve_up(block);
    if (is_all) end_block(b, partition, now);
  });
  if (is_all) return end_steps(partition, now);
  if (joined_.empty()) return;
  add_currents_of_rings(partition);
  for_each_block(partition, [&](int b) {
    cell_block const& block = layout_.block(b);
    layout_.is_whole(block) ? solve_to_joints(block) : solve_up(block);
  });
}

template <class Real>
void cell_group<Real>::go_on(int stage, int partition, kernel::step_context const& now) {
  bool const is_last = stage == 2;
  if (stage == 1 && !joined_.empty()) solve_trees(partition);
  for_each_block(partition, [&](int b) {
    cell_block const& block = layout_.block(b);
    bool const is_whole = layout_.is_whole(block);
    if (stage == 1 && !is_whole && block.part == 0) solve_stem(block);
    if (is_last && !is_whole) solve_down(block);
    if (is_last && is_whole && !joined_.empty()) solve_from_joints(block);
    if (is_last) end_block(b, partition, now);
    if (stage == 3 && block.part == 0) end_cells(b);
  });
  if (is_last) end_steps(partition, now);
}

/// What follows from the new voltages.
template <class Real>
void cell_group<Real>::end_block(int block, int partition, kernel::step_context const& now) {
  if (scheme_ == step_scheme::crank_nicolson_with_ions) correct_ions(layout_.block(block));
  if (!layout_.is_divided()) find_outside(block);
  if (order_ == step_order::voltage_first) advance_states(block, partition, now);
}
/// Of cells of which some are divided: what concerns whole ones.
template <class Real>
void cell_group<Real>::end_cells(int block) {
  find_outside(block);
  diffuse(block);
}

template <class Real>
void cell_group<Real>::end_steps(int partition, kernel::step_context const& now) {
  for (mechanism_group<Real>* const m : active_) m->end_step(partition, now);
}

/// What is known of a whole cell: the currents between its compartments, the potential around it.
template <class Real>
void cell_group<Real>::find_outside(int block) {
  cell_block const& of = layout_.block(block);
  if (flows_ != nullptr) find_flows(of);
  for (potential_group<Real>* const p : potentials_)
    p->compute(block, of, trees_of(of), axial_.data(), v_);
}

template <class Real>
void cell_group<Real>::begin(cell_block const& of) {
  std::uint32_t const begin = of.first_place, end = layout_.end_of(of);
  auto const clear = [](Real* values, std::uint32_t from, std::uint32_t to) {
    std::fill(values + from, values + to, Real(0));
  };
  for (row_run const& rows : rows_of(of).runs[static_cast<std::size_t>(of.part)]) {
    auto const place = [&](int row) {
      return of.base() + static_cast<std::uint32_t>(row) * of.cells;
    };
    std::uint32_t const from = place(rows.first), to = place(rows.last);
    for (Real* const values : {current_, conductance_})
      if (rows.has_density) clear(values, from, to);
    for (Real* const values : {point_current_, point_conductance_})
      if (rows.has_points) clear(values, from, to);
  }
  for (ion_group<Real>* const i : ions_) {
    if (i->is_counted) {
      clear(i->current(), begin, end);
      clear(i->conductance(), begin, end);
    }
    i->find_reversal(begin, end, temperature_, reversal_source::concentrations);
  }
}

/// At the middle of the step, as in NEURON, or at its start, as in Brian.
template <class Real>
void cell_group<Real>::find_currents(int block, int partition, kernel::step_context const& now) {
  kernel::step_context middle = now;
  if (order_ == step_order::voltage_first) middle.time += this->dt() / 2;
  cell_block const& of = layout_.block(block);
  if (flows_ != nullptr) flows_->clear(of.first_place, layout_.end_of(of));
  for (mechanism_group<Real>* const m : changing_) {
    bool const is_counted = flows_ != nullptr && m->model().is_electrode;
    if (is_counted) flows_->count(of.first_place, layout_.end_of(of), Real(1), equation());
    m->add_currents(block, partition, middle);
    if (is_counted) flows_->count(of.first_place, layout_.end_of(of), Real(-1), equation());
  }
}

template <class Real>
cable_equation<Real> cell_group<Real>::equation() const {
  return {.axial = axial_.data(),
          .diagonal = diagonal_.data(),
          .steady_conductance = steady_conductance_.data(),
          .steady_inflow = steady_inflow_.data(),
          .area = area_,
          .current_density = current_,
          .conductance_density = conductance_,
          .current = point_current_,
          .conductance = point_conductance_};
}

template <class Real>
void cell_group<Real>::solve(cell_block const& of) {
  solve_up(of);
  solver_of(of).substitute(piece_of(of), scheme_);
}

// ---- joined cells

template <class Real>
held_solver<Real> cell_group<Real>::held_solver_of(cell_block const& of) const {
  held_rows const& rows = *rows_of(of).held;
  std::uint32_t const k = of.first_place;
  held_solver<Real> found{.free = side_by_side(rows.free, of),
                          .begun = side_by_side(rows.begun, of),
                          .held = side_by_side(rows.held, of),
                          .of = equation().from(k),
                          .v = v_ + k,
                          .inverse = inverse_.data() + k,
                          .rest = rest_ + k};
  found.free.tips = rows.tips.data();
  found.free.tip_count = static_cast<int>(rows.tips.size());
  return found;
}

template <class Real>
void cell_group<Real>::solve_to_joints(cell_block const& of) {
  if (rows_of(of).held) held_solver_of(of).to_joints(0, static_cast<int>(of.cells));
}

template <class Real>
void cell_group<Real>::solve_trees(int partition) {
  cable_equation<Real> all = equation();
  all.axial = tree_axial_.data();
  for (std::size_t t = joined_.first_tree(partition); t < joined_.first_tree(partition + 1); ++t)
    cable::advance(joined_.tree(t), scheme_, all, v_, inverse_.data(), rest_);
}

template <class Real>
void cell_group<Real>::solve_from_joints(cell_block const& of) {
  if (!rows_of(of).held) return solve(of);
  held_solver<Real> const solver = held_solver_of(of);
  auto const is_joined = [&](int k) {
    return joined_.is_joined(layout_.order()[of.first + static_cast<std::uint32_t>(k)]);
  };
  auto const count = static_cast<int>(of.cells);
  for (int first = 0; first < count;) {
    int last = first;
    while (last < count && !is_joined(last)) ++last;
    solver.alone(first, last, scheme_);
    first = last + 1;
  }
  solver.from_joints(0, count, scheme_);
}

template <class Real>
void cell_group<Real>::add_currents_of_rings(int partition) {
  for (ring_end const& end : rings_[static_cast<std::size_t>(partition)])
    end.add_to(point_current_, point_conductance_, v_);
}

// ---- cells that are not joined

template <class Real>
chain_solver<Real> cell_group<Real>::solver_of(cell_block const& of) const {
  std::uint32_t const k = of.base();
  auto const& alike = alike_[of.structure];
  return {.of = equation().from(k),
          .v = v_ + k,
          .inverse = inverse_.data() + k,
          .rest = rest_ + k,
          .factor = factor_.data() + k,
          .cells = static_cast<int>(of.cells),
          .alike = alike.empty() ? nullptr : alike.data()};
}

template <class Real>
tree_piece const& cell_group<Real>::piece_of(cell_block const& of) const {
  int const piece = layout_.division(of.structure).piece_of(of.part);
  return rows_of(of).chains->pieces()[static_cast<std::size_t>(piece)];
}

/// A piece or, where it is a part of the stem, nothing yet: others still need what is there.
template <class Real>
void cell_group<Real>::solve_up(cell_block const& of) const {
  if (is_in_stem(of)) return;
  chain_solver<Real> const solver = solver_of(of);
  for (row_run const& rows : rows_of(of).runs[static_cast<std::size_t>(of.part)])
    solver.assemble(rows);
  solver.eliminate(piece_of(of));
}
template <class Real>
void cell_group<Real>::solve_stem(cell_block const& of) const {
  chain_solver<Real> const solver = solver_of(of);
  for (row_run const& rows : rows_of(of).stem_runs) solver.assemble(rows);
  solver.eliminate(piece_of(of));
  solver.substitute(piece_of(of), scheme_);
}
template <class Real>
void cell_group<Real>::solve_down(cell_block const& of) const {
  if (!is_in_stem(of)) solver_of(of).substitute(piece_of(of), scheme_);
}

/// By the voltages at the end of a step of backward Euler, and in the middle of others.
template <class Real>
void cell_group<Real>::find_flows(cell_block const& of) {
  bool const is_beyond = scheme_ != step_scheme::backward_euler;
  std::uint32_t const end =
      of.base() + of.cells * static_cast<std::uint32_t>(layout_.row(of.structure).size());
  flows_->compute(of, end, trees_of(of), axial_.data(), v_, is_beyond ? rest_ : nullptr);
}

/// Their currents have been computed at the old voltages.
template <class Real>
void cell_group<Real>::correct_ions(cell_block const& of) {
  for (ion_group<Real>* const i : ions_)
    for (std::uint32_t k = of.first_place; k < layout_.end_of(of) && i->is_counted; ++k)
      i->current()[k] += i->conductance()[k] * rest_[k];
}

template <class Real>
void cell_group<Real>::advance_states(int block, int partition, kernel::step_context const& now) {
  for (mechanism_group<Real>* const m : active_) m->advance(block, partition, now);
  if (!layout_.is_divided()) diffuse(block);
}
template <class Real>
void cell_group<Real>::diffuse(int block) {
  for (longitudinal_diffusion<Real>& d : diffusions_) d.advance(block, this->dt());
}

}  // namespace nernst::cable
