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
                             std::vector<std::shared_ptr<compartments const>> shapes,
                             cell_layout layout)
    : base(outline, run, layout.place_bounds()), shapes_(std::move(shapes)),
      layout_(std::move(layout)), number_(layout_.numbers()), rows_(shapes_.size()) {
  this->numbers_ = number_.data();
  v_ = this->array("v");
  area_ = this->array("area");
  current_ = this->array("current");
  conductance_ = this->array("conductance");
  point_current_ = this->array("point_current");
  point_conductance_ = this->array("point_conductance");
  std::vector<std::vector<double>> distances;
  for (auto const& one : shapes_) {
    distances.emplace_back();
    for (location const& centre : one->centre)
      distances.back().push_back(one->shape().distance(centre));
  }
  for_each_compartment([&](std::uint32_t k, std::uint32_t structure, std::size_t c) {
    compartments const& of = shape(structure);
    v_[k] = Real(-0.065);
    own("membrane_capacitance")[k] = Real(0.01);
    own("axial_resistivity")[k] = Real(0.354);
    area_[k] = static_cast<Real>(of.area[c]);
    own("diameter")[k] = static_cast<Real>(of.diameter[c]);
    own("inverse_area")[k] = static_cast<Real>(of.area[c] > 0 ? 1 / of.area[c] : 0);
    own("length")[k] = static_cast<Real>(of.length[c]);
    own("distance")[k] = static_cast<Real>(distances[structure][c]);
    own("volume")[k] = static_cast<Real>(of.volume[c]);
  });
  std::size_t const size = nernst::detail::host_array<Real>::whole_lines(this->size());
  std::size_t number = static_cast<std::size_t>(this->model_.arrays);
  for (auto* const each :
       {&axial_, &diagonal_, &steady_conductance_, &steady_inflow_, &inverse_, &rest_}) {
    *each = nernst::detail::host_array<Real>(size, number++);
    std::fill_n(each->data(), size, Real(0));
  }
}

/// `act(place, structure, compartment)` for all.
template <class Real>
template <class Act>
void cell_group<Real>::for_each_compartment(Act const& act) const {
  for (std::uint32_t cell = 0; cell < cells(); ++cell)
    for (int c = 0; c < layout_.rows(cell); ++c)
      act(layout_.place(cell, c), layout_.structure(cell), static_cast<std::size_t>(c));
}

template <class Real>
ion_group<Real>* cell_group<Real>::ion(std::string_view name) const {
  for (ion_group<Real>* const i : ions_)
    if (i->ion() == name) return i;
  return nullptr;
}

template <class Real>
bool cell_group<Real>::has_in_compartments(engine::element_group<Real> const& of) const {
  bool has = &of == this;
  for (ion_group<Real> const* const i : ions_) has = has || &of == i;
  return has;
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
  if (flows_ != nullptr) all.push_back(flows_);
  return all;
}

// ---- in a step

template <class Real>
void cell_group<Real>::update(int partition, kernel::step_context const& now) {
  for (mechanism_group<Real>* const m : active_) m->begin_step(partition);
  for (int b = layout_.first_block(partition); b < layout_.last_block(partition); ++b) {
    cell_block const& block = layout_.block(b);
    if (order_ == step_order::states_first) advance_states(b, partition, now);
    begin(block);
    find_currents(b, partition, now);
    solve(block);
    if (order_ == step_order::voltage_first) advance_states(b, partition, now);
    for (potential_group<Real>* const p : potentials_)
      p->compute(b, block, trees_of(block), axial_.data(), v_);
  }
  for (mechanism_group<Real>* const m : active_) m->end_step(partition, now);
}

template <class Real>
void cell_group<Real>::begin(cell_block const& of) {
  auto const clear = [](Real* first, std::size_t count) { std::fill_n(first, count, Real(0)); };
  std::uint32_t const first = of.first_place;
  std::size_t const count = layout_.end_of(of) - first;
  auto const clear_rows = [&](std::vector<int> const& rows, Real* a, Real* b) {
    for (int const row : rows) {
      std::size_t const begin = first + static_cast<std::size_t>(row) * of.cells;
      clear(a + begin, of.cells);
      clear(b + begin, of.cells);
    }
  };
  clear_rows(rows_of(of).with_density, current_, conductance_);
  clear_rows(rows_of(of).with_points, point_current_, point_conductance_);
  for (ion_group<Real>* const i : ions_) {
    if (i->is_counted) {
      clear(i->current() + first, count);
      clear(i->conductance() + first, count);
    }
    if (i->is_changing) i->find_reversal(first, layout_.end_of(of), temperature_);
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
    if (is_counted) flows_->count(of.first_place, layout_.end_of(of), Real(1), equation_of({}));
    m->add_currents(block, partition, middle);
    if (is_counted) flows_->count(of.first_place, layout_.end_of(of), Real(-1), equation_of({}));
  }
}

/// That of a block, or of all of them.
template <class Real>
cable_equation<Real> cell_group<Real>::equation_of(cell_block const& of) const {
  std::uint32_t const k = of.first_place;
  return {.axial = axial_.data() + k,
          .diagonal = diagonal_.data() + k,
          .steady_conductance = steady_conductance_.data() + k,
          .steady_inflow = steady_inflow_.data() + k,
          .area = area_ + k,
          .current_density = current_ + k,
          .conductance_density = conductance_ + k,
          .current = point_current_ + k,
          .conductance = point_conductance_ + k};
}

template <class Real>
void cell_group<Real>::solve(cell_block const& of) {
  std::uint32_t const k = of.first_place;
  int const count = static_cast<int>(of.cells);
  cable::advance(rows_of(of).order->trees(count, 0, count), scheme_, equation_of(of), v_ + k,
                 inverse_.data() + k, rest_.data() + k);
  if (scheme_ == step_scheme::crank_nicolson_with_ions) correct_ions(of);
  if (flows_ != nullptr) find_flows(of);
}

/// By the voltages at the end of a step of backward Euler, and in the middle of others.
template <class Real>
void cell_group<Real>::find_flows(cell_block const& of) {
  bool const is_beyond = scheme_ != step_scheme::backward_euler;
  flows_->compute(of, layout_.end_of(of), trees_of(of), axial_.data(), v_,
                  is_beyond ? rest_.data() : nullptr);
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
  for (longitudinal_diffusion<Real>& d : diffusions_) d.advance(block, this->dt());
}

template <class Real>
std::size_t cell_group<Real>::memory_bytes() const {
  std::size_t const own = axial_.memory_bytes() + diagonal_.memory_bytes() +
                          steady_conductance_.memory_bytes() + steady_inflow_.memory_bytes() +
                          inverse_.memory_bytes() + rest_.memory_bytes();
  return base::memory_bytes() + own + number_.size() * sizeof(std::uint32_t);
}

}  // namespace nernst::cable
