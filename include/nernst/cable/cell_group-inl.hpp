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
      layout_(std::move(layout)), number_(layout_.numbers()), rows_(shapes_.size()),
      alike_(shapes_.size()) {
  this->numbers_ = number_.data();
  v_ = this->array("v");
  area_ = this->array("area");
  current_ = this->array("current");
  conductance_ = this->array("conductance");
  point_current_ = this->array("point_current");
  point_conductance_ = this->array("point_conductance");
  rest_ = this->array("_voltage_change");
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
  std::size_t number = static_cast<std::size_t>(this->model_.arrays);
  for (auto* const each :
       {&axial_, &diagonal_, &steady_conductance_, &steady_inflow_, &inverse_, &factor_})
    *each = working_array(number++);
}

template <class Real>
nernst::detail::host_array<Real> cell_group<Real>::working_array(std::size_t number) const {
  std::size_t const size = nernst::detail::host_array<Real>::whole_lines(this->size());
  nernst::detail::host_array<Real> all(size, number);
  std::fill_n(all.data(), size, Real(0));
  return all;
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
  else if (id == "Cm")
    id = "membrane_capacitance";
  else if (id == "Ri")
    id = "axial_resistivity";
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
void cell_group<Real>::require_free(kernel::compiled_model const& mechanism, std::string_view name,
                                    mechanism_layout const& where) const {
  std::size_t taken = 0;
  for (mechanism_group<Real> const* const m : mechanisms_)
    if (&m->model() == &mechanism) taken += common(where, m->where());
  if (taken > 0)
    nernst::detail::refuse<std::invalid_argument>(
        {this->name(), ": expected compartments without '", name, "', found it in ", taken, " of ",
         where.size(), " (regions are taken away from others by `-`)"});
}

template <class Real>
void cell_group<Real>::require_one_writer(mechanism_group<Real> const& mechanism) const {
  for (ion_group<Real> const* const i : ions_)
    for (std::string_view const side : {".inside", ".outside"}) {
      std::string const id = i->ion() + std::string(side);
      if (!mechanism.writes(id)) continue;
      require_one_writer(mechanism, id, mechanism);
      for (mechanism_group<Real> const* const other : mechanisms_)
        if (other->writes(id)) require_one_writer(mechanism, id, *other);
    }
}

template <class Real>
void cell_group<Real>::require_one_writer(mechanism_group<Real> const& mechanism,
                                          std::string_view id,
                                          mechanism_group<Real> const& other) const {
  std::vector<char> is_written(this->size());
  if (&other != &mechanism)
    for (std::int32_t const k : other.where().compartment_place())
      is_written[static_cast<std::size_t>(k)] = 1;
  for (std::int32_t const k : mechanism.where().compartment_place()) {
    auto const place = static_cast<std::size_t>(k);
    if (is_written[place] != 0)
      nernst::detail::refuse<std::invalid_argument>(
          {mechanism.name(), ": expected to be the only mechanism that writes '", id,
           "' of compartment ", number_[place], " of ", this->name(), ", found ",
           &other == &mechanism ? "several elements" : "'" + other.name() + "'", " there"});
    if (&other == &mechanism) is_written[place] = 1;
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
    i->promote(mechanism.where().compartment_place(), writes  ? reversal_source::concentrations
                                                      : names ? reversal_source::initial
                                                              : reversal_source::painted);
    i->is_counted = i->is_counted || mechanism.reads(i->ion() + ".current");
  }
}

template <class Real>
void cell_group<Real>::join(std::vector<joint> const& more) {
  std::vector<joint> all = joined_.joints();
  for (joint const& j : more) {
    for (std::uint32_t const number : {j.from, j.to})
      if (number >= this->size())
        nernst::detail::refuse<std::out_of_range>(
            {this->name(), ": expected a compartment below ", this->size(), ", found ", number});
    if (j.from == j.to)
      nernst::detail::refuse<std::invalid_argument>(
          {this->name(), ": expected two compartments to be joined, found ", j.from, " twice"});
    if (!(j.conductance > 0 && std::isfinite(j.conductance)))
      nernst::detail::refuse<std::invalid_argument>(
          {this->name(), ": expected a conductance above 0 between compartments, found ",
           j.conductance, " S"});
    all.push_back(j);
  }
  joined_ = joined_cells(layout_, std::move(all));
}

template <class Real>
std::vector<population_base<Real>*> cell_group<Real>::driven() const {
  std::vector<population_base<Real>*> all(ions_.begin(), ions_.end());
  all.insert(all.end(), mechanisms_.begin(), mechanisms_.end());
  all.insert(all.end(), potentials_.begin(), potentials_.end());
  if (flows_ != nullptr) all.push_back(flows_);
  return all;
}

template <class Real>
bool cell_group<Real>::diffuses() const {
  return std::any_of(mechanisms_.begin(), mechanisms_.end(),
                     [](mechanism_group<Real> const* m) { return !m->model().diffusions.empty(); });
}

template <class Real>
std::size_t cell_group<Real>::memory_bytes() const {
  std::size_t const own = axial_.memory_bytes() + diagonal_.memory_bytes() +
                          steady_conductance_.memory_bytes() + steady_inflow_.memory_bytes() +
                          inverse_.memory_bytes() + factor_.memory_bytes() +
                          tree_axial_.size() * sizeof(Real);
  return base::memory_bytes() + own + number_.size() * sizeof(std::uint32_t);
}

}  // namespace nernst::cable
