// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/cells.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace nernst::cable {

/// What `find` gives of each structure that the cells have.
template <class Real>
template <class Find>
compartment_lists painter<Real>::lists(Find const& find) const {
  cell_layout const& layout = cells_.layout();
  std::vector<char> is_there(layout.structures());
  for (std::uint32_t cell = first_; cell < last_; ++cell) is_there[layout.structure(cell)] = 1;
  compartment_lists all(layout.structures());
  for (std::uint32_t s = 0; s < layout.structures(); ++s)
    if (is_there[s] != 0) all[s] = find(cells_.shape(s));
  return all;
}

template <class Real>
compartment_lists painter<Real>::in(region const& where) const {
  compartment_lists all = lists([&](compartments const& of) {
    std::vector<int> found;
    for (covered const& c : of.covered_by(where))
      if (c.fraction >= enough_of_a_compartment) found.push_back(c.compartment);
    return found;
  });
  if (is_empty(all))
    nernst::detail::refuse<std::invalid_argument>(
        {cells_.name(), ": expected a region with compartments, found none of which half is in ",
         where.text()});
  return all;
}

template <class Real>
compartment_lists painter<Real>::at(places const& where) const {
  compartment_lists all = lists([&](compartments const& of) { return of.holding(where); });
  if (is_empty(all))
    nernst::detail::refuse<std::invalid_argument>(
        {cells_.name(), ": expected places, found none in ", where.text()});
  return all;
}

template <class Real>
std::vector<std::uint32_t> painter<Real>::numbers(compartment_lists const& compartments) const {
  std::vector<std::uint32_t> all;
  cell_layout const& layout = cells_.layout();
  for (std::uint32_t cell = first_; cell < last_; ++cell)
    for (int const c : compartments[layout.structure(cell)]) all.push_back(layout.number(cell, c));
  return all;
}

template <class Real>
recorded_places painter<Real>::recorded(compartment_lists compartments) const {
  recorded_places all{.compartments = std::move(compartments)};
  for (std::uint32_t cell = first_; cell < last_; ++cell) {
    all.structure.push_back(cells_.layout().structure(cell));
    all.first.push_back(all.first.back() + all.compartments[all.structure.back()].size());
  }
  return all;
}

template <class Real>
sorted_places painter<Real>::sorted(places const& where) const {
  compartment_lists const all = at(where);
  sorted_places found{all, {}};
  std::uint32_t first = 0;
  for (std::vector<int>& there : found.compartments) {
    std::sort(there.begin(), there.end());
    there.erase(std::unique(there.begin(), there.end()), there.end());
  }
  for (std::uint32_t cell = first_; cell < last_; ++cell) {
    std::uint32_t const structure = cells_.layout().structure(cell);
    std::vector<int> const& there = found.compartments[structure];
    for (int const c : all[structure]) {
      auto const k = std::lower_bound(there.begin(), there.end(), c) - there.begin();
      found.element_at.push_back(first + static_cast<std::uint32_t>(k));
    }
    first += static_cast<std::uint32_t>(there.size());
  }
  return found;
}

template <class Real>
std::pair<population_base<Real>*, std::string_view> painter<Real>::recordable(std::string_view id) {
  std::size_t const dot = id.find('.');
  for (detail::compartment_variable const& v : detail::of_flows)
    if (v.id == id) return {&require_flows(), id};
  if (dot == std::string_view::npos) {
    if (!engine::is_known(cells_.model(), id))
      nernst::detail::refuse<std::invalid_argument>(
          {cells_.name(),
           ": expected voltage, current, axial_current, membrane_current, "
           "stimulus_current or what ions have, such as calcium.inside, found '",
           id, "'"});
    if (id == "current" || id == "conductance") cells_.keep_currents();
    return {&cells_, id};
  }
  ion_group<Real>* const ion = cells_.ion(id.substr(0, dot));
  if (ion == nullptr)
    nernst::detail::refuse<std::invalid_argument>(
        {cells_.name(), ": expected an ion that mechanisms use, found '", id.substr(0, dot), "'"});
  std::string_view const variable = id.substr(dot + 1);
  ion->is_counted = ion->is_counted || variable == "current";
  return {ion, variable};
}

template <class Real>
mechanism_group<Real>& painter<Real>::find(kernel::compiled_model const& mechanism,
                                           std::string_view name,
                                           compartment_lists const& compartments,
                                           std::vector<std::uint32_t>& numbers) const {
  for (mechanism_group<Real>* const m : cells_.mechanisms()) {
    bool const has_cells = m->first_cell() <= first_ && last_ <= m->last_cell();
    if (&m->model() != &mechanism || !has_cells) continue;
    std::vector<std::vector<std::size_t>> found(compartments.size());
    bool has_all = true;
    for (std::size_t s = 0; s < compartments.size(); ++s) {
      std::vector<int> const& there = m->compartments()[s];
      for (int const c : compartments[s]) {
        auto const k = std::find(there.begin(), there.end(), c);
        has_all = has_all && k != there.end();
        found[s].push_back(static_cast<std::size_t>(k - there.begin()));
      }
    }
    if (!has_all) continue;
    for (std::uint32_t cell = first_; cell < last_; ++cell)
      for (std::size_t const k : found[cells_.layout().structure(cell)])
        numbers.push_back(m->where().number(cell, k));
    return *m;
  }
  nernst::detail::refuse<std::invalid_argument>(
      {cells_.name(), ": expected '", name,
       "' in all compartments of the record, painted or placed there by one call"});
}

/// \throws std::invalid_argument on a device, for what cells do on the host alone.
template <class Real>
void painter<Real>::require_host(std::string_view found) const {
  if (cells_.accelerated() != nullptr)
    nernst::detail::refuse<std::invalid_argument>(
        {cells_.name(), ": expected a network on a host space, as cells of a device have no ",
         found});
}

template <class Real>
void painter<Real>::join(std::vector<std::int32_t> const& from, std::vector<std::int32_t> const& to,
                         double conductance) {
  if (from.size() != to.size())
    nernst::detail::refuse<std::invalid_argument>(
        {"join: expected ", from.size(), " compartments at the other ends, found ", to.size()});
  std::vector<joint> all;
  for (std::size_t k = 0; k < from.size(); ++k)
    all.push_back(
        {static_cast<std::uint32_t>(from[k]), static_cast<std::uint32_t>(to[k]), conductance});
  cells_.join(all);
}

template <class Real>
void painter<Real>::add_ion(std::string_view name, int charge) {
  if (cells_.ion(name) != nullptr) return;
  ion_properties const what = properties_of(name, charge);
  auto outline =
      nernst::detail::group_outline_of<ion_model, Real>(cells_.name() + " " + std::string(name));
  auto const made =
      net_.install({std::move(outline), cells_.size()},
                   [&](population_outline<Real> const& of, executor const& run, int) {
                     return std::make_unique<ion_group<Real>>(
                         of, run, cells_.layout().place_bounds(), cells_.numbers(), what);
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
flow_group<Real>& painter<Real>::require_flows() {
  if (cells_.flows() == nullptr) {
    auto outline = nernst::detail::group_outline_of<flow_model, Real>(cells_.name() + " currents");
    auto const made =
        net_.install({std::move(outline), cells_.size()},
                     [&](population_outline<Real> const& of, executor const& run, int) {
                       return std::make_unique<flow_group<Real>>(
                           of, run, cells_.layout().place_bounds(), cells_.numbers());
                     });
    cells_.add(static_cast<flow_group<Real>&>(*made.all));
  }
  return *cells_.flows();
}

template <class Real>
nernst::detail::population_slice<Real>
painter<Real>::add_electrodes(std::vector<position> const& at, double conductivity,
                              std::vector<position> const& moved) {
  detail::require_positive("record_potential: expected a conductivity", conductivity);
  cell_layout const& layout = cells_.layout();
  if (at.empty())
    nernst::detail::refuse<std::invalid_argument>(
        {"record_potential: expected an electrode at least, found none"});
  if (!moved.empty() && moved.size() != layout.cells())
    nernst::detail::refuse<std::invalid_argument>({"record_potential: expected ", layout.cells(),
                                                   " positions of cells, found ", moved.size()});
  std::vector<std::vector<double>> weights;
  for (position const& electrode : at) {
    std::vector<double> by_place(cells_.size());
    std::vector<std::vector<double>> of(layout.structures());
    for (std::uint32_t cell = 0; cell < layout.cells(); ++cell) {
      std::vector<double>& one = of[layout.structure(cell)];
      if (one.empty() || !moved.empty())
        one = line_source_weights(cells_.shape(layout.structure(cell)), electrode,
                                  moved.empty() ? position{} : moved[cell], conductivity);
      for (int c = 0; c < layout.rows(cell); ++c)
        by_place[layout.place(cell, c)] = one[static_cast<std::size_t>(c)];
    }
    weights.push_back(std::move(by_place));
  }
  auto const electrodes = static_cast<std::uint32_t>(at.size());
  std::vector<std::uint32_t> bounds;
  for (int p = 0; p < layout.partitions(); ++p)
    bounds.push_back(static_cast<std::uint32_t>(layout.first_block(p)) * electrodes);
  auto const blocks = static_cast<std::uint32_t>(layout.blocks().size());
  bounds.push_back(blocks * electrodes);
  auto outline =
      nernst::detail::group_outline_of<potential_model, Real>(cells_.name() + " electrodes");
  auto const made = net_.install({std::move(outline), blocks * electrodes},
                                 [&](population_outline<Real> const& of, executor const& run, int) {
                                   return std::make_unique<potential_group<Real>>(
                                       of, run, bounds, std::move(weights));
                                 });
  cells_.add(static_cast<potential_group<Real>&>(*made.all));
  return made;
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
                                                          compartment_lists compartments,
                                                          painted_values const& given) {
  kernel::compiled_model const& model = outline.model;
  if (outline.device_launches == nullptr) require_host("mechanisms of libraries");
  mechanism_layout const where(cells_.layout(), compartments, first_, last_);
  if (model.placed == ir::placement::density) cells_.require_free(model, outline.name, where);
  std::vector<new_values> values = shape_of(model);
  for (new_values& one : values_of(given, model, outline.name, {}))
    values.push_back(std::move(one));
  require_bounds(values, model, outline.name, compartments);
  add_ions_of(model);
  auto const made =
      net_.install({std::move(outline), where.size()}, [&](population_outline<Real> const& of,
                                                           executor const& run, int) {
        auto group = std::make_unique<mechanism_group<Real>>(
            mechanism_outline<Real>{of, where, first_, last_, compartments}, run, cells_);
        cells_.require_one_writer(*group);
        return group;
      });
  auto& group = static_cast<mechanism_group<Real>&>(*made.all);
  cells_.add(group);
  std::vector<std::uint32_t> const places = group.places();
  auto const place = [&](std::uint32_t cell, std::size_t k) {
    return places[group.where().number(cell, k)];
  };
  for (new_values const& one : values) set(group, one, compartments, place);
  return made;
}

namespace detail {
inline double x_of(compartments const& of, std::size_t c) {
  return of.shape().point_at(of.centre[c]).x;
}
inline double y_of(compartments const& of, std::size_t c) {
  return of.shape().point_at(of.centre[c]).y;
}
inline double z_of(compartments const& of, std::size_t c) {
  return of.shape().point_at(of.centre[c]).z;
}
/// The length that a half of a compartment has as a resistance; where it has none a metre, as
/// Brian's spheres.
inline double half_length(double resistance) {
  return resistance > 0 ? 1 / resistance : 1;
}
inline double first_half_length(compartments const& of, std::size_t c) {
  return half_length(of.resistance[c]);
}
inline double second_half_length(compartments const& of, std::size_t c) {
  bool const is_last = c + 1 == of.parent.size();
  return half_length(is_last ? 0 : of.resistance_in_parent[c + 1]);
}

/// A parameter of `brian::spatial_neuron`, in a compartment with a membrane.
struct shape_parameter {
  std::string_view id;
  double (*of)(compartments const& shape, std::size_t compartment);
};
inline constexpr shape_parameter shape_parameters[] = {{"_x", x_of},
                                                       {"_y", y_of},
                                                       {"_z", z_of},
                                                       {"_r_length_1", first_half_length},
                                                       {"_r_length_2", second_half_length}};
}  // namespace detail

/// What a model knows of the shape of its compartments.
template <class Real>
std::vector<typename painter<Real>::new_values>
painter<Real>::shape_of(kernel::compiled_model const& model) const {
  std::vector<new_values> all;
  for (detail::shape_parameter const& p : detail::shape_parameters) {
    int const s = model.find(p.id);
    if (s == ir::none) continue;
    all.push_back({s, {}});
    for (std::uint32_t k = 0; k < cells_.layout().structures(); ++k) {
      compartments const& of = cells_.shape(k);
      std::vector<double>& values = all.back().by_compartment.emplace_back(of.parent.size());
      for (std::size_t c = 0; c < values.size(); ++c)
        if (of.area[c] > 0) values[c] = p.of(of, c);
    }
  }
  return all;
}

template <class Real>
void painter<Real>::set(compartment_lists const& compartments, painted_values const& given) {
  std::vector<std::pair<population_base<Real>*, new_values>> all;
  for (painted_value const& one : given) {
    std::size_t const dot = one.id.find('.');
    bool const is_of_ion = dot != std::string_view::npos;
    population_base<Real>* of = &cells_;
    if (is_of_ion) of = &require_ion(one.id.substr(0, dot));
    std::string_view const prefix = is_of_ion ? one.id.substr(0, dot + 1) : std::string_view{};
    std::vector<new_values> const values = values_of({one}, of->model(), of->name(), prefix);
    require_bounds(values, of->model(), of->name(), compartments);
    all.emplace_back(of, values.front());
  }
  auto const place = [&](std::uint32_t cell, std::size_t k) {
    return cells_.layout().place(cell, compartments[cells_.layout().structure(cell)][k]);
  };
  for (auto const& [of, values] : all) set(*of, values, compartments, place);
}

template <class Real>
void painter<Real>::hold(compartment_lists const& compartments, painted_values const& given) {
  for (painted_value const& one : given)
    if (!one.id.ends_with(".reversal"))
      nernst::detail::refuse<std::invalid_argument>(
          {cells_.name(), ": expected the reversal potential of an ion, found '", one.id, "'"});
  set(compartments, given);
  mechanism_layout const where(cells_.layout(), compartments, first_, last_);
  for (painted_value const& one : given)
    require_ion(one.id.substr(0, one.id.find('.')))
        .promote(where.compartment_place(), reversal_source::held);
}

namespace detail {
/// The names of what can be set.
inline std::string settable(kernel::compiled_model const& model) {
  std::string all;
  for (kernel::variable const& v : model.variables) {
    bool const has_name = v.symbol.id.view().find_first_of("._") != 0;
    if (has_name && (ir::is_stored(v.symbol.kind) || ir::is_shared(v.symbol.kind)))
      all += (all.empty() ? "" : ", ") + std::string(v.symbol.id.view());
  }
  return all;
}
}  // namespace detail

/// \throws std::invalid_argument for what cannot be set, and values in another unit.
template <class Real>
std::vector<typename painter<Real>::new_values>
painter<Real>::values_of(painted_values const& given, kernel::compiled_model const& model,
                         std::string const& name, std::string_view prefix) const {
  std::vector<new_values> all;
  for (painted_value const& one : given) {
    int const s = one.id.starts_with(prefix) ? model.find(one.id.substr(prefix.size())) : ir::none;
    ir::role const kind = s == ir::none ? ir::role::time : model.variables[s].symbol.kind;
    if (!ir::is_stored(kind) && !ir::is_shared(kind))
      nernst::detail::refuse<std::invalid_argument>(
          {name, ": expected a variable that can be set (",
           &model == &cells_.model() ? "voltage, membrane_capacitance, axial_resistivity"
                                     : detail::settable(model),
           "), found '", one.id, "'"});
    if (ir::dimension const unit = model.variables[s].symbol.unit; unit != one.unit)
      nernst::detail::refuse<std::invalid_argument>(
          {nernst::detail::label(name, one.id), ": expected a value in ", ir::to_text(unit).view(),
           ", found one in ", ir::to_text(one.unit).view()});
    all.push_back({s, {}});
    for (std::uint32_t k = 0; k < cells_.layout().structures(); ++k)
      all.back().by_compartment.push_back(cells_.shape(k).values(one.value, 1));
  }
  return all;
}

/// \throws std::invalid_argument for values that the model does not allow.
template <class Real>
void painter<Real>::require_bounds(std::vector<new_values> const& values,
                                   kernel::compiled_model const& model, std::string const& name,
                                   compartment_lists const& compartments) const {
  for (new_values const& one : values) {
    ir::symbol const& s = model.variables[one.symbol].symbol;
    for (std::size_t structure = 0; structure < compartments.size(); ++structure)
      for (int const c : compartments[structure]) {
        double const value = one.by_compartment[structure][static_cast<std::size_t>(c)];
        if (!ir::is_within(s.bound, value))
          nernst::detail::refuse<std::invalid_argument>({nernst::detail::label(name, s.id),
                                                         ": expected ", ir::to_text(s.bound),
                                                         " in compartment ", c, ", found ", value});
      }
  }
}

template <class Real>
void painter<Real>::set(population_base<Real>& of, new_values const& values,
                        compartment_lists const& compartments, placing const& place) const {
  if (ir::is_shared(of.model().variables[values.symbol].symbol.kind)) {
    of.values()[values.symbol] = values.by_compartment.front().front();
    return;
  }
  Real* const to = of.array_to_set(values.symbol);
  for (std::uint32_t cell = first_; cell < last_; ++cell) {
    std::uint32_t const structure = cells_.layout().structure(cell);
    std::vector<double> const& from = values.by_compartment[structure];
    for (std::size_t k = 0; k < compartments[structure].size(); ++k)
      to[place(cell, k)] =
          static_cast<Real>(from[static_cast<std::size_t>(compartments[structure][k])]);
  }
}

}  // namespace nernst::cable
