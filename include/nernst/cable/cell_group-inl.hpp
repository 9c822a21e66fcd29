// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/cell_group.hpp>
#include <nernst/cable/ion_group-inl.hpp>
#include <nernst/cable/mechanism_group-inl.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace nernst::cable {

template <class Real>
cell_group<Real>::cell_group(population_outline<Real> const& outline, executor const& run,
                             std::shared_ptr<compartments const> shape, cell_layout layout)
    : base(outline, run, layout.place_bounds()), shape_(std::move(shape)),
      layout_(std::move(layout)), number_(layout_.numbers()) {
  this->numbers_ = number_.data();
  v_ = this->array("v");
  area_ = this->array("area");
  current_ = this->array("current");
  conductance_ = this->array("conductance");
  point_current_ = this->array("point_current");
  point_conductance_ = this->array("point_conductance");
  for (int c = 0; c < layout_.rows(); ++c) {
    auto const from = static_cast<std::size_t>(c);
    double const area = shape_->area[from];
    double const distance = shape_->shape().distance(shape_->centre[from]);
    for (std::uint32_t cell = 0; cell < cells(); ++cell) {
      std::uint32_t const k = layout_.place(cell, c);
      v_[k] = Real(-0.065);
      own("membrane_capacitance")[k] = Real(0.01);
      own("axial_resistivity")[k] = Real(0.354);
      area_[k] = static_cast<Real>(area);
      own("diameter")[k] = static_cast<Real>(shape_->diameter[from]);
      own("inverse_area")[k] = static_cast<Real>(area > 0 ? 1 / area : 0);
      own("length")[k] = static_cast<Real>(shape_->length[from]);
      own("distance")[k] = static_cast<Real>(distance);
      own("volume")[k] = static_cast<Real>(shape_->volume[from]);
    }
  }
  std::size_t const size = nernst::detail::host_array<Real>::whole_lines(this->size());
  std::size_t number = static_cast<std::size_t>(this->model_.arrays);
  for (auto* const each :
       {&axial_, &diagonal_, &steady_conductance_, &steady_inflow_, &inverse_, &rest_}) {
    *each = nernst::detail::host_array<Real>(size, number++);
    std::fill_n(each->data(), size, Real(0));
  }
}

template <class Real>
ion_group<Real>* cell_group<Real>::ion(std::string_view name) const {
  for (ion_group<Real>* const i : ions_)
    if (i->ion() == name) return i;
  return nullptr;
}

template <class Real>
std::pair<population_base<Real>*, int> cell_group<Real>::find_local(std::string_view id,
                                                                    ir::placement of) const {
  auto* const here = const_cast<cell_group*>(this);
  std::size_t const dot = id.find('.');
  if (dot != std::string_view::npos) {
    ion_group<Real>* const found = ion(id.substr(0, dot));
    if (found == nullptr)
      nernst::detail::refuse<std::logic_error>(
          {this->name(), ": expected an ion of the cells, found '", id.substr(0, dot), "'"});
    return {found, found->model().find(id.substr(dot + 1))};
  }
  bool const is_point = of == ir::placement::point;
  if (id == kernel::total_current)
    id = is_point ? "point_current" : "current";
  else if (id == kernel::total_conductance)
    id = is_point ? "point_conductance" : "conductance";
  else if (id == kernel::inverse_area)
    id = "inverse_area";
  return {here, this->model_.find(id)};
}

template <class Real>
void cell_group<Real>::add(ion_group<Real>& ion) {
  ions_.push_back(&ion);
}

/// How many elements of a mechanism are in compartments in which others are.
template <class Real>
std::size_t cell_group<Real>::common(mechanism_layout const& some,
                                     mechanism_layout const& others) const {
  std::vector<char> is_taken(this->size());
  for (std::int32_t const place : others.compartment_place())
    is_taken[static_cast<std::size_t>(place)] = 1;
  std::size_t count = 0;
  for (std::int32_t const place : some.compartment_place())
    count += static_cast<std::size_t>(is_taken[static_cast<std::size_t>(place)]);
  return count;
}

template <class Real>
void cell_group<Real>::require_free(kernel::compiled_model const& mechanism,
                                    mechanism_layout const& where) const {
  std::size_t taken = 0;
  for (mechanism_group<Real> const* const m : mechanisms_)
    if (&m->model() == &mechanism) taken += common(where, m->where());
  if (taken > 0)
    nernst::detail::refuse<std::invalid_argument>(
        {this->name(), ": expected compartments without this mechanism, found it in ", taken,
         " of ", where.size(), " (regions are taken away from others by `-`)"});
}

template <class Real>
void cell_group<Real>::require_one_writer(mechanism_group<Real> const& mechanism) const {
  for (ion_group<Real> const* const i : ions_)
    for (std::string_view const side : {".inside", ".outside"}) {
      std::string const id = i->ion() + std::string(side);
      if (!mechanism.writes(id)) continue;
      for (mechanism_group<Real> const* const other : mechanisms_)
        if (other->writes(id) && common(mechanism.where(), other->where()) > 0)
          nernst::detail::refuse<std::invalid_argument>(
              {mechanism.name(), ": expected to be the only mechanism that writes '", id,
               "' of a compartment, found '", other->name(), "' there, too"});
    }
}

template <class Real>
void cell_group<Real>::add(mechanism_group<Real>& mechanism) {
  mechanisms_.push_back(&mechanism);
  for (ion_group<Real>* const i : ions_) {
    bool const names =
        mechanism.uses(i->ion() + ".inside") || mechanism.uses(i->ion() + ".outside");
    bool const writes =
        mechanism.writes(i->ion() + ".inside") || mechanism.writes(i->ion() + ".outside");
    i->is_derived = i->is_derived || names;
    i->is_changing = i->is_changing || writes;
    i->is_counted = i->is_counted || mechanism.reads(i->ion() + ".current");
  }
}

template <class Real>
std::vector<population_base<Real>*> cell_group<Real>::driven() const {
  std::vector<population_base<Real>*> all(ions_.begin(), ions_.end());
  all.insert(all.end(), mechanisms_.begin(), mechanisms_.end());
  all.insert(all.end(), potentials_.begin(), potentials_.end());
  return all;
}

// ---- before a run

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
  for (std::uint32_t cell = 0; cell < cells(); ++cell) {
    for (int c = 0; c < layout_.rows(); ++c) {
      std::uint32_t const k = layout_.place(cell, c);
      double const area = shape_->area[static_cast<std::size_t>(c)];
      diagonal_[k] = static_cast<Real>(static_cast<double>(capacitance[k]) * area * rate) +
                     steady_conductance_[k];
    }
    for (int c = 0; c < layout_.rows(); ++c) {
      auto const from = static_cast<std::size_t>(c);
      int const parent = shape_->parent[from];
      if (parent == none) continue;
      std::uint32_t const k = layout_.place(cell, c), up = layout_.place(cell, parent);
      double const here = static_cast<double>(resistivity[k]);
      double const there = static_cast<double>(resistivity[up]);
      axial_[k] = static_cast<Real>(
          1 / (shape_->resistance[from] * here + shape_->resistance_in_parent[from] * there));
      if (order_of_rows_->is_tip(from)) continue;
      diagonal_[k] += axial_[k];
      diagonal_[up] += axial_[k];
    }
  }
}

template <class Real>
void cell_group<Real>::find_rows() {
  auto const rows = static_cast<std::size_t>(layout_.rows());
  known_.clear();
  for (std::size_t c = 0; c < rows; ++c)
    known_.push_back({.row = layout_.row()[c],
                      .is_idle = !(shape_->area[c] > 0),
                      .has_density = false,
                      .has_points = false});
  for (mechanism_group<Real> const* const m : active_)
    for (int const c : m->compartments()) known_[static_cast<std::size_t>(c)].is_idle = false;
  for (mechanism_group<Real> const* const m : changing_)
    for (int const c : m->compartments()) {
      known_of_row& k = known_[static_cast<std::size_t>(c)];
      (m->model().placed == ir::placement::point ? k.has_points : k.has_density) = true;
    }
  order_of_rows_.emplace(shape_->parent, known_);
  rows_with_density_.clear();
  rows_with_points_.clear();
  for (known_of_row const& k : known_) {
    if (k.has_density) rows_with_density_.push_back(k.row);
    if (k.has_points) rows_with_points_.push_back(k.row);
  }
}

/// Currents that are linear in the voltage, with coefficients that stay the same, are computed
/// once: at 0 V.
template <class Real>
void cell_group<Real>::find_steady() {
  std::vector<mechanism_group<Real>*> steady;
  changing_.clear();
  for (mechanism_group<Real>* const m : active_) {
    bool const is_steady = m->is_steady() && may_be_steady_ && !keeps_currents_;
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
  if (initialised() < static_cast<double>(mechanisms_.size())) initialise();
  find_steady();
  find_rows();
  find_conductances();
}

template <class Real>
void cell_group<Real>::initialise() {
  auto const derive = [this] {
    for (ion_group<Real>* const i : ions_)
      if (i->is_derived) i->find_reversal(0, i->size(), temperature_);
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
  set_initialised(mechanisms_.size());
}

// ---- in a step

template <class Real>
void cell_group<Real>::update(int partition, kernel::step_context const& now) {
  for (mechanism_group<Real>* const m : active_) m->begin_step(partition);
  for (int b = layout_.first_block(partition); b < layout_.last_block(partition); ++b) {
    cell_block const& block = layout_.blocks()[static_cast<std::size_t>(b)];
    if (order_ == step_order::states_first) advance_states(b, partition, now);
    begin(block);
    find_currents(b, partition, now);
    solve(block);
    if (order_ == step_order::voltage_first) advance_states(b, partition, now);
    for (potential_group<Real>* const p : potentials_)
      p->compute(b, block, order_of_rows_->trees(1, 0, 1), axial_.data(), v_);
  }
  for (mechanism_group<Real>* const m : active_) m->end_step(partition, now);
}

template <class Real>
void cell_group<Real>::begin(cell_block const& of) {
  auto const clear = [](Real* first, std::size_t count) { std::fill_n(first, count, Real(0)); };
  std::uint32_t const first = of.first_place;
  std::size_t const count = end_of(of) - first;
  auto const clear_rows = [&](std::vector<int> const& rows, Real* a, Real* b) {
    for (int const row : rows) {
      std::size_t const begin = first + static_cast<std::size_t>(row) * of.cells;
      clear(a + begin, of.cells);
      clear(b + begin, of.cells);
    }
  };
  clear_rows(rows_with_density_, current_, conductance_);
  clear_rows(rows_with_points_, point_current_, point_conductance_);
  for (ion_group<Real>* const i : ions_) {
    if (i->is_counted) {
      clear(i->current() + first, count);
      clear(i->conductance() + first, count);
    }
    if (i->is_changing) i->find_reversal(first, end_of(of), temperature_);
  }
}

/// At the middle of the step, as in NEURON, or at its start, as in Brian.
template <class Real>
void cell_group<Real>::find_currents(int block, int partition, kernel::step_context const& now) {
  kernel::step_context middle = now;
  if (order_ == step_order::voltage_first) middle.time += this->dt() / 2;
  for (mechanism_group<Real>* const m : changing_) m->add_currents(block, partition, middle);
}

template <class Real>
void cell_group<Real>::solve(cell_block const& of) {
  std::uint32_t const k = of.first_place;
  int const count = static_cast<int>(of.cells);
  cable_equation<Real> const equation{.axial = axial_.data() + k,
                                      .diagonal = diagonal_.data() + k,
                                      .steady_conductance = steady_conductance_.data() + k,
                                      .steady_inflow = steady_inflow_.data() + k,
                                      .area = area_ + k,
                                      .current_density = current_ + k,
                                      .conductance_density = conductance_ + k,
                                      .current = point_current_ + k,
                                      .conductance = point_conductance_ + k};
  cable::advance(order_of_rows_->trees(count, 0, count), scheme_, equation, v_ + k,
                 inverse_.data() + k, rest_.data() + k);
  if (scheme_ == step_scheme::crank_nicolson_with_ions) correct_ions(of);
}

/// Their currents have been computed at the old voltages.
template <class Real>
void cell_group<Real>::correct_ions(cell_block const& of) {
  for (ion_group<Real>* const i : ions_)
    for (std::uint32_t k = of.first_place; k < end_of(of) && i->is_counted; ++k)
      i->current()[k] += i->conductance()[k] * rest_[k];
}

template <class Real>
void cell_group<Real>::advance_states(int block, int partition, kernel::step_context const& now) {
  for (mechanism_group<Real>* const m : active_) m->advance(block, partition, now);
}

template <class Real>
std::size_t cell_group<Real>::memory_bytes() const {
  std::size_t const own = axial_.memory_bytes() + diagonal_.memory_bytes() +
                          steady_conductance_.memory_bytes() + steady_inflow_.memory_bytes() +
                          inverse_.memory_bytes() + rest_.memory_bytes();
  return base::memory_bytes() + own + number_.size() * sizeof(std::uint32_t);
}

}  // namespace nernst::cable
