// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/device_cells.hpp>
#include <nernst/kernel/access.hpp>

namespace nernst::cable {

// ---- at the beginning of a run

template <class Space, class Real>
void device_cells<Space, Real>::load(memory& to) {
  load_arrays(to);
  load_flows();
  load_ions(to);
  load_turns();
  load_blocks(to);
  load_whole_cells(to);
  joints_ = {};
  if (!of_.joined_.empty()) joints_ = device_joints<Space, Real>(to, of_, equation_);
  diffusions_.clear();
  for (longitudinal_diffusion<Real>& d : of_.diffusions_) diffusions_.emplace_back(to, d);
}

template <class Space, class Real>
void device_cells<Space, Real>::load_arrays(memory& to) {
  auto const there = [&](auto const& working) { return to.lend(working.data(), working.size()); };
  v_ = to.there(of_.v_);
  current_ = to.there(of_.current_);
  conductance_ = to.there(of_.conductance_);
  point_current_ = to.there(of_.point_current_);
  point_conductance_ = to.there(of_.point_conductance_);
  inverse_ = there(of_.inverse_);
  rest_ = to.there(of_.rest_);
  factor_ = there(of_.factor_);
  equation_ = {.axial = there(of_.axial_),
               .diagonal = there(of_.diagonal_),
               .steady_conductance = there(of_.steady_conductance_),
               .steady_inflow = there(of_.steady_inflow_),
               .area = to.there(of_.area_),
               .current_density = current_,
               .conductance_density = conductance_,
               .current = point_current_,
               .conductance = point_conductance_};
}

template <class Space, class Real>
void device_cells<Space, Real>::load_flows() {
  std::vector<std::uint8_t> flows(of_.size());
  for (cell_block const& b : of_.layout_.blocks())
    for (row_run const& rows : of_.rows_of(b).runs[static_cast<std::size_t>(b.part)])
      for (int row = rows.first; row < rows.last; ++row)
        std::fill_n(flows.begin() + b.base() + static_cast<std::uint32_t>(row) * b.cells, b.cells,
                    static_cast<std::uint8_t>((rows.has_density ? through_membrane : nowhere) |
                                              (rows.has_points ? at_places : nowhere)));
  flows_ = array<std::uint8_t>(flows);
}

template <class Space, class Real>
void device_cells<Space, Real>::load_ions(memory& to) {
  std::vector<ion_arrays<Real>> all;
  changes_.clear();
  for (ion_group<Real> const* const i : of_.ions_) {
    ion_arrays<Real> ion{.unit = i->unit_at(of_.temperature_)};
    if (i->is_counted) {
      ion.current = to.there(i->current());
      ion.conductance = to.there(i->conductance());
    }
    if (i->changes()) {
      ion.inside = to.there(i->array("inside"));
      ion.outside = to.there(i->array("outside"));
      ion.reversal = to.there(i->array("reversal"));
      ion.changes = changes_of(*i);
    }
    if (i->is_counted || i->changes()) all.push_back(ion);
  }
  ions_ = array<ion_arrays<Real>>(all);
}

/// In which compartments an ion's concentrations change, or null where they do in all.
template <class Space, class Real>
std::uint8_t const* device_cells<Space, Real>::changes_of(ion_group<Real> const& ion) {
  if (ion.changes_everywhere()) return nullptr;
  std::vector<std::uint8_t> changes;
  for (reversal_source const source : ion.sources())
    changes.push_back(source == reversal_source::concentrations);
  changes_.emplace_back(changes);
  return changes_.back().data();
}

template <class Space, class Real>
void device_cells<Space, Real>::load_turns() {
  turns_.clear();
  for (mechanism const* const m : of_.active_) {
    std::vector<std::uint32_t> const list = m->turns();
    if (list.empty()) continue;
    auto const place = [&](std::size_t k) { return m->where().compartment_place()[list[k]]; };
    std::vector<std::uint32_t> begin{0}, end;
    for (std::uint32_t k = 1; k < list.size(); ++k)
      if (place(k) != place(k - 1)) begin.push_back(k);
    end.assign(begin.begin() + 1, begin.end());
    end.push_back(static_cast<std::uint32_t>(list.size()));
    turns_.emplace(m, turns{array<std::uint32_t>(begin), array<std::uint32_t>(end),
                            array<std::uint32_t>(list)});
  }
}

/// Whether a stage treats a block. Joints hold the cells of others.
template <class Space, class Real>
bool device_cells<Space, Real>::has(cell_block const& of, elimination_stage stage) const {
  if (of_.rows_of(of).held) return false;
  if (of_.layout_.is_whole(of)) return stage == elimination_stage::whole;
  if (stage == elimination_stage::stem) return of.part == 0;
  return stage != elimination_stage::whole && !of_.is_in_stem(of);
}

template <class Space, class Real>
void device_cells<Space, Real>::load_blocks(memory& to) {
  std::vector<solved_block> blocks;
  stages_.clear();
  for (elimination_stage const stage : {elimination_stage::whole, elimination_stage::up,
                                        elimination_stage::stem, elimination_stage::down}) {
    std::vector<cell_of_block> cells;
    for (cell_block const& b : of_.layout_.blocks()) {
      if (!has(b, stage)) continue;
      for (std::uint32_t k = 0; k < b.cells; ++k)
        cells.push_back({static_cast<std::uint32_t>(blocks.size()), static_cast<int>(k)});
      blocks.push_back(block_in(to, b, stage));
    }
    if (!cells.empty()) stages_.push_back({stage, cells.size(), array<cell_of_block>(cells)});
  }
  blocks_ = array<solved_block>(blocks);
}

template <class Space, class Real>
solved_block device_cells<Space, Real>::block_in(memory& to, cell_block const& of,
                                                 elimination_stage stage) const {
  structure_rows const& rows = of_.rows_of(of);
  bool const is_stem = stage == elimination_stage::stem;
  std::vector<row_run> const& runs =
      is_stem ? rows.stem_runs : rows.runs[static_cast<std::size_t>(of.part)];
  return {.place = of.base(),
          .cells = static_cast<int>(of.cells),
          .piece = piece_in(to, of),
          .runs = copy(to, runs),
          .run_count = static_cast<int>(runs.size())};
}

template <class Space, class Real>
forest device_cells<Space, Real>::trees_in(memory& to, cell_block const& of) const {
  forest trees = of_.rows_of(of).order->trees(static_cast<int>(of.cells), 0, 0);
  trees.order = to.lend(trees.order, static_cast<std::size_t>(trees.compartments));
  trees.tips = to.lend(trees.tips, static_cast<std::size_t>(trees.tip_count));
  return trees;
}

/// Where somebody wants to know what whole cells do.
template <class Space, class Real>
void device_cells<Space, Real>::load_whole_cells(memory& to) {
  if (of_.flows_ == nullptr && of_.potentials_.empty()) return;
  std::vector<whole_cells> all;
  std::vector<cell_of_block> cells;
  std::uint32_t number = 0;
  for (cell_block const& b : of_.layout_.blocks()) {
    if (b.part == 0) {
      for (std::uint32_t k = 0; k < b.cells; ++k)
        cells.push_back({static_cast<std::uint32_t>(all.size()), static_cast<int>(k)});
      all.push_back({.trees = trees_in(to, b),
                     .place = b.base(),
                     .number = number,
                     .rows = static_cast<int>(of_.layout_.row(b.structure).size())});
    }
    ++number;
  }
  whole_ = array<whole_cells>(all);
  cells_ = array<cell_of_block>(cells);
  for (potential_group<Real> const* const p : of_.potentials_)
    for (std::size_t e = 0; e < p->electrodes(); ++e) copy(to, p->weights(e));
}

template <class Space, class Real>
piece_view device_cells<Space, Real>::piece_in(memory& to, cell_block const& of) const {
  tree_piece const& piece = of_.piece_of(of);
  piece_view there(piece);
  there.chains = copy(to, piece.chains);
  there.hanging = copy(to, piece.hanging);
  there.tips = copy(to, piece.tips);
  return there;
}

// ---- the kernels of a step

template <class Space, class Real>
void device_cells<Space, Real>::add_to(sequence& to, kernels& all) {
  bool const states_first = of_.order_ == step_order::states_first;
  if (states_first) add_states(to, all);
  add_start(to, all.memory());
  add_currents(to, all);
  add_solution(to);
  if (of_.scheme_ == step_scheme::crank_nicolson_with_ions) add_correction(to, all.memory());
  if (of_.flows_ != nullptr) add_flows(to, all.memory());
  add_potentials(to, all.memory());
  if (!states_first) add_states(to, all);
}

template <class Space, class Real>
void device_cells<Space, Real>::add_start(sequence& to, memory const& in) {
  Real* const stimulus = of_.flows_ == nullptr ? nullptr : in.there(of_.flows_->stimulus());
  to.add("nernst::cells::start", of_.size(),
         compartment_start<Real>{.flows = flows_.data(),
                                 .current = current_,
                                 .conductance = conductance_,
                                 .point_current = point_current_,
                                 .point_conductance = point_conductance_,
                                 .ions = ions_.data(),
                                 .ion_count = static_cast<int>(ions_.size()),
                                 .stimulus = stimulus});
}

template <class Space, class Real>
device::elements device_cells<Space, Real>::elements_of(mechanism const& m, int kernel) const {
  device::elements which;
  which.count = m.size();
  auto const found = turns_.find(&m);
  bool const adds = kernel::writes_compartments(m.model(), m.model().kernels[kernel]);
  if (found == turns_.end() || !adds) return which;
  which.parts = static_cast<int>(found->second.begin.size());
  which.begin = found->second.begin.data();
  which.end = found->second.end.data();
  which.list = found->second.list.data();
  return which;
}

template <class Space, class Real>
void device_cells<Space, Real>::add_currents(sequence& to, kernels& all) {
  double const later = of_.order_ == step_order::voltage_first ? of_.dt() / 2 : 0;
  for (mechanism* const m : of_.changing_) {
    bool const is_counted = of_.flows_ != nullptr && m->model().is_electrode;
    if (is_counted) add_stimulus(to, Real(1), all.memory());
    all.execute_driven(to, *m, m->current_kernel(), elements_of(*m, m->current_kernel()), later);
    for (int const k : m->ion_current_kernels())
      all.execute_driven(to, *m, k, elements_of(*m, k), later);
    if (is_counted) add_stimulus(to, Real(-1), all.memory());
  }
}

template <class Space, class Real>
void device_cells<Space, Real>::add_stimulus(sequence& to, Real sign, memory const& in) {
  to.add("nernst::cells::stimulus", of_.size(),
         stimulus_count<Real>{equation_, sign, in.there(of_.flows_->stimulus())});
}

template <class Space, class Real>
void device_cells<Space, Real>::add_flows(sequence& to, memory const& in) {
  flow_group<Real> const& flows = *of_.flows_;
  bool const is_beyond = of_.scheme_ != step_scheme::backward_euler;
  to.add("nernst::cells::flows", static_cast<std::int64_t>(cells_.size()),
         flow_computation<Real>{.cells = cells_.data(),
                                .blocks = whole_.data(),
                                .axial_conductance = equation_.axial,
                                .v = v_,
                                .too_far = is_beyond ? rest_ : nullptr,
                                .stimulus = in.there(flows.stimulus()),
                                .axial = in.there(flows.axial()),
                                .membrane = in.there(flows.membrane())});
}

template <class Space, class Real>
void device_cells<Space, Real>::add_potentials(sequence& to, memory const& in) {
  for (potential_group<Real> const* const p : of_.potentials_)
    for (std::size_t e = 0; e < p->electrodes(); ++e)
      to.add("nernst::cells::potential", static_cast<std::int64_t>(whole_.size()),
             potential_computation<Real>{.blocks = whole_.data(),
                                         .weight = in.there(p->weights(e).data()),
                                         .axial_conductance = equation_.axial,
                                         .v = v_,
                                         .potential = in.there(p->potential()),
                                         .electrodes = static_cast<std::uint32_t>(p->electrodes()),
                                         .electrode = static_cast<std::uint32_t>(e)});
}

template <class Space, class Real>
void device_cells<Space, Real>::add_solution(sequence& to) {
  joints_.add_currents(to, point_current_, point_conductance_);
  for (stage_cells const& s : stages_)
    to.add("nernst::cells::solve", static_cast<std::int64_t>(s.count),
           solution{.cells = s.cells.data(),
                    .blocks = blocks_.data(),
                    .equation = equation_,
                    .scheme = of_.scheme_,
                    .stage = s.stage,
                    .v = v_,
                    .inverse = inverse_,
                    .rest = rest_,
                    .factor = factor_});
  joints_.add_solution(to, of_.scheme_);
}

template <class Space, class Real>
void device_cells<Space, Real>::add_correction(sequence& to, memory const& in) {
  for (ion_group<Real> const* const i : of_.ions_)
    if (i->is_counted)
      to.add("nernst::cells::correct", of_.size(),
             ion_correction<Real>{.current = in.there(i->current()),
                                  .conductance = in.there(i->conductance()),
                                  .change = rest_});
}

template <class Space, class Real>
void device_cells<Space, Real>::add_states(sequence& to, kernels& all) {
  for (mechanism* const m : of_.active_) {
    int const kernel = m->update_kernel();
    all.update_driven(to, *m, kernel, elements_of(*m, kernel));
  }
  for (device_diffusion<Space, Real> const& d : diffusions_) d.add_to(to, of_.dt());
}

}  // namespace nernst::cable
