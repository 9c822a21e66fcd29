// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/cells.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace nernst::cable {

template <class Real>
std::vector<int> painter<Real>::in(region const& where) const {
  std::vector<int> all;
  for (covered const& c : cells_.shape().covered_by(where))
    if (c.fraction >= enough_of_a_compartment) all.push_back(c.compartment);
  if (all.empty())
    nernst::detail::refuse<std::invalid_argument>(
        {cells_.name(), ": expected a region with compartments, found none of which half is in ",
         where.text()});
  return all;
}

template <class Real>
std::vector<int> painter<Real>::at(places const& where) const {
  std::vector<int> all = cells_.shape().holding(where);
  if (all.empty())
    nernst::detail::refuse<std::invalid_argument>(
        {cells_.name(), ": expected places, found none in ", where.text()});
  return all;
}

template <class Real>
std::vector<std::uint32_t> painter<Real>::numbers(std::vector<int> const& compartments) const {
  std::vector<std::uint32_t> all;
  auto const rows = static_cast<std::uint32_t>(cells_.shape().size());
  for (std::uint32_t cell = first_; cell < last_; ++cell)
    for (int const c : compartments) all.push_back(cell * rows + static_cast<std::uint32_t>(c));
  return all;
}

template <class Real>
void painter<Real>::add_ion(std::string_view name, int charge) {
  if (cells_.ion(name) != nullptr) return;
  ion_properties const what = properties_of(name, charge);
  auto outline =
      nernst::detail::group_outline_of<ion_model, Real>(cells_.name() + " " + std::string(name));
  auto const made =
      net_.install({std::move(outline), cells_.size()}, [&](population_outline<Real> const& of,
                                                            executor const& run, int) {
        return std::make_unique<ion_group<Real>>(of, run, cells_.layout().place_bounds(), what);
      });
  auto& ion = static_cast<ion_group<Real>&>(*made.all);
  auto const fill = [&](std::string_view id, double value) {
    std::fill_n(ion.array(id), ion.size(), static_cast<Real>(value));
  };
  fill("inside", what.inside);
  fill("outside", what.outside);
  fill("reversal", what.reversal);
  cells_.add(ion);
}

template <class Real>
ion_group<Real>& painter<Real>::require_ion(std::string_view name) {
  if (cells_.ion(name) == nullptr) {
    if (properties_of(name, 0).charge == 0)
      nernst::detail::refuse<std::invalid_argument>(
          {cells_.name(), ": expected an ion with a known charge, found '", name,
           "' (cells.add(ion<\"", name, "\", 2>{}) gives it one)"});
    add_ion(name, 0);
  }
  return *cells_.ion(name);
}

template <class Real>
void painter<Real>::add_ions_of(kernel::compiled_model const& model) {
  for (kernel::variable const& v : model.variables) {
    std::string_view const id = v.symbol.id;
    std::size_t const dot = id.find('.');
    if (v.symbol.kind == ir::role::local && dot != std::string_view::npos)
      require_ion(id.substr(0, dot));
  }
}

template <class Real>
nernst::detail::population_slice<Real> painter<Real>::add(engine::group_outline<Real>&& outline,
                                                          std::vector<int> compartments,
                                                          painted_values const& given) {
  kernel::compiled_model const& model = outline.model;
  add_ions_of(model);
  mechanism_layout const where(cells_.layout(), compartments, first_, last_);
  if (model.placed == ir::placement::density) cells_.require_free(model, where);
  auto const made =
      net_.install({std::move(outline), where.size()}, [&](population_outline<Real> const& of,
                                                           executor const& run, int) {
        return std::make_unique<mechanism_group<Real>>(
            mechanism_outline<Real>{of, where, first_, last_, compartments}, run, cells_);
      });
  auto& group = static_cast<mechanism_group<Real>&>(*made.all);
  cells_.add(group);
  std::vector<std::uint32_t> const places = group.places();
  auto const place = [&](std::uint32_t cell, std::size_t k) {
    return places[(cell - first_) * compartments.size() + k];
  };
  for (painted_value const& one : given) set(group, one.id, one, compartments, place);
  return made;
}

template <class Real>
void painter<Real>::set(std::vector<int> const& compartments, painted_values const& given) {
  auto const place = [&](std::uint32_t cell, std::size_t k) {
    return cells_.layout().place(cell, compartments[k]);
  };
  for (painted_value const& one : given) {
    std::size_t const dot = one.id.find('.');
    if (dot == std::string_view::npos)
      set(cells_, one.id, one, compartments, place);
    else
      set(require_ion(one.id.substr(0, dot)), one.id.substr(dot + 1), one, compartments, place);
  }
}

template <class Real>
void painter<Real>::set(
    population_base<Real>& of, std::string_view variable, painted_value const& given,
    std::vector<int> const& compartments,
    std::function<std::uint32_t(std::uint32_t cell, std::size_t k)> const& place) const {
  int const s = of.model().find(variable);
  bool const is_shared = s != ir::none && ir::is_shared(of.model().variables[s].symbol.kind);
  if (s == ir::none || !(is_shared || of.can_be_set(s)))
    nernst::detail::refuse<std::invalid_argument>(
        {of.name(), ": expected a variable that can be set, found '", given.id, "'"});
  std::vector<double> const value = cells_.shape().values(given.value, 1);
  if (is_shared) {
    of.values()[s] = value.front();
    return;
  }
  Real* const to = of.array_to_set(s);
  for (std::uint32_t cell = first_; cell < last_; ++cell)
    for (std::size_t k = 0; k < compartments.size(); ++k)
      to[place(cell, k)] = static_cast<Real>(value[static_cast<std::size_t>(compartments[k])]);
}

}  // namespace nernst::cable
