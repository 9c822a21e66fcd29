// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/cell_group.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

// What cells find out before a run.

namespace nernst::cable {

template <class Real>
bool cell_group<Real>::writes_concentrations(mechanism_group<Real> const& m) const {
  for (ion_group<Real> const* const i : ions_)
    if (m.writes(i->ion() + ".inside") || m.writes(i->ion() + ".outside")) return true;
  return false;
}

/// Those that write concentrations come before those that read them.
template <class Real>
void cell_group<Real>::find_order() {
  active_.clear();
  for (bool const writers : {true, false})
    for (mechanism_group<Real>* const m : mechanisms_)
      if (m->is_active() && writes_concentrations(*m) == writers) active_.push_back(m);
  for (mechanism_group<Real>* const m : active_) m->find_ions();
}

/// A mechanism that was painted in several parts diffuses between them, too.
template <class Real>
void cell_group<Real>::find_diffusions() {
  diffusions_.clear();
  if (diffuses() && layout_.is_divided() && order_ == step_order::states_first)
    nernst::detail::refuse<std::invalid_argument>(
        {this->name(),
         ": expected step_order::voltage_first, as a state diffuses in a cell that is large enough "
         "for several threads, found step_order::states_first"});
  std::vector<kernel::compiled_model const*> known;
  for (mechanism_group<Real>* const m : active_) {
    bool const is_known = std::find(known.begin(), known.end(), &m->model()) != known.end();
    if (m->model().diffusions.empty() || is_known) continue;
    known.push_back(&m->model());
    std::vector<mechanism_group<Real>*> parts;
    for (mechanism_group<Real>* const other : active_)
      if (&other->model() == &m->model()) parts.push_back(other);
    diffusions_.emplace_back(std::move(parts));
  }
}

template <class Real>
void cell_group<Real>::require_above_0(char const* what, Real found) const {
  if (!(found > 0 && std::isfinite(found)))
    nernst::detail::refuse<std::invalid_argument>({this->name(), ": expected values of '", what,
                                                   "' above 0, found ",
                                                   static_cast<double>(found)});
}

template <class Real>
void cell_group<Real>::find_conductances() {
  Real const* const resistivity = own("axial_resistivity");
  Real const* const capacitance = own("membrane_capacitance");
  double const rate = change_rate(scheme_, this->dt());
  for (std::uint32_t k = 0; k < this->size(); ++k) {
    require_above_0("axial_resistivity", resistivity[k]);
    require_above_0("membrane_capacitance", capacitance[k]);
  }
  for_each_compartment([&](std::uint32_t k, std::uint32_t structure, std::size_t c) {
    double const area = shape(structure).area[c];
    diagonal_[k] = static_cast<Real>(static_cast<double>(capacitance[k]) * area * rate) +
                   steady_conductance_[k];
  });
  for (std::uint32_t cell = 0; cell < cells(); ++cell) {
    std::uint32_t const structure = layout_.structure(cell);
    compartments const& of = shape(structure);
    for (int c = 0; c < layout_.rows(cell); ++c) {
      auto const from = static_cast<std::size_t>(c);
      int const parent = of.parent[from];
      if (parent == none) continue;
      std::uint32_t const k = layout_.place(cell, c), up = layout_.place(cell, parent);
      double const here = static_cast<double>(resistivity[k]);
      double const there = static_cast<double>(resistivity[up]);
      axial_[k] = static_cast<Real>(
          1 / (of.resistance[from] * here + of.resistance_in_parent[from] * there));
      if (rows_[structure].order->is_tip(from)) continue;
      diagonal_[k] += axial_[k];
      diagonal_[up] += axial_[k];
    }
  }
}

template <class Real>
void cell_group<Real>::find_rows() {
  for (std::uint32_t s = 0; s < layout_.structures(); ++s) find_rows(s);
}

template <class Real>
void cell_group<Real>::find_rows(std::uint32_t structure) {
  compartments const& of = shape(structure);
  std::vector<int> const& row = layout_.row(structure);
  structure_rows found;
  for (std::size_t c = 0; c < row.size(); ++c)
    found.known.push_back(
        {.row = row[c], .is_idle = !(of.area[c] > 0), .has_density = false, .has_points = false});
  for (mechanism_group<Real> const* const m : active_)
    for (int const c : m->compartments()[structure])
      found.known[static_cast<std::size_t>(c)].is_idle = false;
  for (mechanism_group<Real> const* const m : changing_)
    for (int const c : m->compartments()[structure]) {
      known_of_row& k = found.known[static_cast<std::size_t>(c)];
      (m->model().placed == ir::placement::point ? k.has_points : k.has_density) = true;
    }
  tree_division const& division = layout_.division(structure);
  know_joints(structure, found.known);
  found.order.emplace(of.parent, found.known);
  found.chains.emplace(of.parent, found.known, *found.order, division.piece);
  for (std::size_t part = 0; part + 1 < division.bounds.size(); ++part)
    found.runs.push_back(found.chains->runs(division.bounds[part], division.bounds[part + 1]));
  found.stem_runs =
      found.chains->runs(0, division.bounds[static_cast<std::size_t>(division.stem_parts)]);
  rows_[structure] = std::move(found);
}

/// The pieces of each cell before its stem.
template <class Real>
void cell_group<Real>::eliminate_steady() {
  for (auto& rows : alike_) rows.clear();
  for (cell_block const& of : layout_.blocks()) {
    if (of.part != 0 || rows_of(of).held) continue;
    auto const& pieces = rows_of(of).chains->pieces();
    for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece)
      solver_of(of).prepare(*piece, diagonal_.data() + of.base());
  }
  std::vector<char> differ(rows_.size());
  for (cell_block const& of : layout_.blocks()) {
    bool const may_be = layout_.is_whole(of) && !rows_of(of).held && differ[of.structure] == 0;
    if (!may_be || !are_alike(of)) differ[of.structure] = 1;
  }
  for (std::size_t s = 0; s < alike_.size(); ++s)
    if (differ[s] != 0) alike_[s].clear();
}

/// Enters the steady rows of the first cell of a structure. \returns whether those of a block are
/// the same.
template <class Real>
bool cell_group<Real>::are_alike(cell_block const& of) {
  chain_solver<Real> const solver = solver_of(of);
  auto& alike = alike_[of.structure];
  if (alike.empty())
    for (int row = 0; row < of.last_row; ++row) alike.push_back(solver.steady(row, 0));
  for (row_run const& rows : rows_of(of).runs[static_cast<std::size_t>(of.part)])
    for (int row = rows.first; row < rows.last && !rows.varies; ++row)
      for (int cell = 0; cell < solver.cells; ++cell)
        if (solver.steady(row, cell) != alike[static_cast<std::size_t>(row)]) return false;
  return true;
}

/// Something flows where joints end.
template <class Real>
void cell_group<Real>::know_joints(std::uint32_t structure,
                                   std::vector<known_of_row>& known) const {
  for (std::size_t k = 0; k < joined_.joints().size(); ++k)
    for (bool const second : {false, true}) {
      compartment_of_cell const end = joined_.end(k, second);
      if (layout_.structure(end.cell) != structure) continue;
      known_of_row& there = known[static_cast<std::size_t>(end.compartment)];
      there.is_idle = false;
      there.has_points = there.has_points || !joined_.is_in_tree(k);
    }
}

/// The trees of cells, and what joints add to the equations.
template <class Real>
void cell_group<Real>::find_joined() {
  std::vector<std::vector<int> const*> parent;
  for (std::uint32_t s = 0; s < layout_.structures(); ++s) parent.push_back(&shape(s).parent);
  std::vector<std::vector<char>> held = joined_.held(layout_, parent);
  for (std::uint32_t s = 0; s < layout_.structures(); ++s)
    if (std::find(held[s].begin(), held[s].end(), 1) != held[s].end())
      rows_[s].held.emplace(*rows_[s].order, layout_.row(s), std::move(held[s]));
  joined_.find_trees(layout_, parent);
  tree_axial_.assign(this->size(), Real(0));
  for (tree_edge const& e : joined_.edges())
    tree_axial_[e.place] =
        e.of_joint < 0
            ? axial_[static_cast<std::size_t>(e.of_compartment)]
            : static_cast<Real>(joined_.joints()[static_cast<std::size_t>(e.of_joint)].conductance);
  rings_.assign(static_cast<std::size_t>(layout_.partitions()), {});
  for (std::size_t k = 0; k < joined_.joints().size(); ++k)
    for (bool const second : {false, true}) {
      auto const place = [&](bool of_second) {
        compartment_of_cell const end = joined_.end(k, of_second);
        return layout_.place(end.cell, end.compartment);
      };
      std::uint32_t const here = place(second);
      double const g = joined_.joints()[k].conductance;
      if (joined_.is_in_tree(k))
        diagonal_[here] += static_cast<Real>(g);
      else
        rings_[static_cast<std::size_t>(this->owner(here))].push_back({here, place(!second), g});
    }
}

/// Currents that are linear in the voltage, with coefficients that stay the same, are computed
/// once: at 0 V.
template <class Real>
void cell_group<Real>::find_steady() {
  std::vector<mechanism_group<Real>*> steady;
  changing_.clear();
  for (mechanism_group<Real>* const m : active_) {
    bool const is_wanted = keeps_currents_ || (flows_ != nullptr && m->model().is_electrode);
    bool const is_steady = m->is_steady() && may_be_steady_ && !is_wanted;
    if (is_steady)
      steady.push_back(m);
    else if (m->has_current())
      changing_.push_back(m);
  }
  std::size_t const size = this->size();
  std::vector<std::vector<Real>> kept;
  for (Real* const each : {v_, current_, conductance_}) {
    kept.emplace_back(each, each + size);
    std::fill_n(each, size, Real(0));
  }
  kernel::step_context const now{};
  for (int p = 0; p < layout_.partitions(); ++p)
    for (int b = layout_.first_block(p); b < layout_.last_block(p); ++b)
      for (mechanism_group<Real>* const m : steady) m->add_currents(b, p, now);
  for (std::size_t k = 0; k < size; ++k) {
    steady_conductance_[k] = conductance_[k] * area_[k];
    steady_inflow_[k] = -current_[k] * area_[k];
  }
  auto from = kept.begin();
  for (Real* const each : {v_, current_, conductance_}) {
    std::copy(from->begin(), from->end(), each);
    ++from;
  }
}

template <class Real>
void cell_group<Real>::prepare(double dt) {
  base::prepare(dt);
  find_order();
  for (mechanism_group<Real>* const m : mechanisms_) {
    int const t = m->model().find("temperature");
    if (t != ir::none) m->values()[t] = temperature_;
    m->prepare(dt);
  }
  find_diffusions();
  written_links<Real> links(*this);
  for (mechanism_group<Real> const* const m : mechanisms_) links.require_own(*m);
  if (initialised() < static_cast<double>(mechanisms_.size())) initialise();
  find_steady();
  find_rows();
  find_conductances();
  if (!joined_.empty()) find_joined();
  eliminate_steady();
}

template <class Real>
void cell_group<Real>::initialise() {
  auto const derive = [this] {
    for (ion_group<Real> const* const i : ions_)
      i->find_reversal(0, i->size(), temperature_, reversal_source::initial);
  };
  kernel::step_context now{};
  now.key.seed = *seed_;
  derive();
  for (bool const writers : {true, false}) {
    for (std::size_t k = static_cast<std::size_t>(initialised()); k < mechanisms_.size(); ++k) {
      mechanism_group<Real>& m = *mechanisms_[k];
      if (writes_concentrations(m) != writers) continue;
      if (m.events() != nullptr) m.events()->forget();
      for (int p = 0; p < layout_.partitions(); ++p)
        for (int b = layout_.first_block(p); b < layout_.last_block(p); ++b)
          m.initialise(b, p, now);
    }
    derive();
  }
  for (ion_group<Real> const* const i : ions_) i->require_concentrations();
  set_initialised(mechanisms_.size());
}

}  // namespace nernst::cable
