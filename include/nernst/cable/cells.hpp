// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/cell_group.hpp>
#include <nernst/cable/cell_record.hpp>
#include <nernst/cable/coalesced.hpp>
#include <nernst/cable/mechanism_outline.hpp>
#include <nernst/engine/kernel_launch.hpp>
#include <nernst/kernel/superposition.hpp>
#include <nernst/network/network.hpp>

#include <algorithm>

namespace nernst {

namespace cable {

// What nvcc writes for the host names these units wrongly where they are arguments of templates.
using membrane_voltage = decltype(1.0 * language::volt);
using joint_conductance = decltype(1.0 * language::siemens);

/// Fires where the voltage of its compartment rises above a level, as NEURON's NetCon: where the
/// voltage is above it at the end of a step and was not before. The time of such a spike is the end
/// of the step.
struct detector {
  static constexpr auto level = language::parameter<"level">(language::volt);
  static constexpr auto model = language::point(language::threshold(language::voltage > level),
                                                language::refractory(language::voltage > level));
};

/// The least part of the membrane of a compartment that makes it belong to a region.
inline constexpr double enough_of_a_compartment = 0.5;

/// `variable = value` in the painting of a region, whatever the value is.
struct painted_value {
  std::string_view id;
  ir::dimension unit;
  language::written_expression value;

  template <int N>
  painted_value(language::statement<N> const& s)
      : id(s.target.id), unit(s.target.unit), value(language::flatten(s.value, N, unit)) {}
  painted_value(std::string_view variable, ir::dimension of, language::written_expression what)
      : id(variable), unit(of), value(std::move(what)) {}
};
using painted_values = std::vector<painted_value>;

/// Compartments that have places, each once; and by place, cell by cell, which of them that is, as
/// they count in all cells.
struct sorted_places {
  compartment_lists compartments;
  std::vector<std::uint32_t> element_at;
};

/// What the cells of a network do, whatever their models and their execution space.
template <class Real>
class painter {
 public:
  painter(network_base<Real>& net, cell_group<Real>& cells, std::uint32_t first, std::uint32_t last)
      : net_(net), cells_(cells), first_(first), last_(last) {}

  /// \throws std::invalid_argument for a region without compartments.
  compartment_lists in(region const& where) const;
  compartment_lists at(places const& where) const;
  /// New elements of a mechanism. \throws std::invalid_argument where a compartment of a density
  /// mechanism has it already.
  nernst::detail::population_slice<Real> add(engine::group_outline<Real>&& outline,
                                             compartment_lists compartments,
                                             painted_values const& given);
  /// Gives the compartments, or their ions, other values.
  void set(compartment_lists const& compartments, painted_values const& given);
  /// The same with reversal potentials, which then stay. \throws std::invalid_argument for others.
  void hold(compartment_lists const& compartments, painted_values const& given);
  void add_ion(std::string_view name, int charge);
  void join(std::vector<std::int32_t> const& from, std::vector<std::int32_t> const& to,
            double conductance);
  /// What counts the currents of compartments, from now on.
  flow_group<Real>& require_flows();
  /// What electrodes at these positions see of the cells, of which number k is moved by `moved[k]`,
  /// or none if that is empty. \throws std::invalid_argument for another number of them, and a
  /// conductivity that is not above 0.
  nernst::detail::population_slice<Real> add_electrodes(std::vector<position> const& at,
                                                        double conductivity,
                                                        std::vector<position> const& moved);
  /// The numbers of some compartments in all cells, cell by cell.
  std::vector<std::uint32_t> numbers(compartment_lists const& compartments) const;
  recorded_places recorded(compartment_lists compartments) const;
  sorted_places sorted(places const& where) const;
  /// Whose variable that is, and its name there. From now on its values are right.
  std::pair<population_base<Real>*, std::string_view> recordable(std::string_view id);
  /// The mechanism that is in these compartments, and the numbers of its elements there, cell by
  /// cell. \throws std::invalid_argument unless one painting has it in all of them.
  mechanism_group<Real>& find(kernel::compiled_model const& mechanism, std::string_view name,
                              compartment_lists const& compartments,
                              std::vector<std::uint32_t>& numbers) const;

 private:
  struct new_values {
    int symbol;
    std::vector<std::vector<double>> by_compartment;  ///< of each structure
  };
  template <class Find>
  compartment_lists lists(Find const& find) const;
  static bool is_empty(compartment_lists const& all) {
    return std::all_of(all.begin(), all.end(), [](auto const& one) { return one.empty(); });
  }

  void require_host(std::string_view found) const;

  using placing = std::function<std::uint32_t(std::uint32_t cell, std::size_t k)>;

  std::vector<new_values> values_of(painted_values const& given,
                                    kernel::compiled_model const& model, std::string const& name,
                                    std::string_view prefix) const;
  void require_bounds(std::vector<new_values> const& values, kernel::compiled_model const& model,
                      std::string const& name, compartment_lists const& compartments) const;
  std::vector<new_values> shape_of(kernel::compiled_model const& model) const;
  void set(population_base<Real>& of, new_values const& values,
           compartment_lists const& compartments, placing const& place) const;
  void add_ions_of(kernel::compiled_model const& model);
  ion_group<Real>& require_ion(std::string_view name);

  network_base<Real>& net_;
  cell_group<Real>& cells_;
  std::uint32_t first_, last_;
};

}  // namespace cable

/// Cells with branches in a network, or some of them: what is painted on their membranes, and what
/// is placed on them. A handle: copies speak of the same cells, which live as long as the network;
/// later each use is a std::logic_error. At first they have, as in NEURON, -65 mV, 1 uF/cm^2, 35.4
/// ohm cm and 6.3 degrees Celsius, and nothing flows through their membranes.
template <class Space = NERNST_DEFAULT_SPACE, class Real = NERNST_DEFAULT_REAL>
class cells {
 public:
  cells(network<Space, Real>& net, detail::population_slice<Real> const& of, std::uint32_t first,
        std::uint32_t last)
      : net_(&net), all_(of), first_(first), last_(last) {}

  /// How many there are.
  std::uint32_t size() const { return last_ - first_; }
  /// Cells [begin, end) of these, or one. \throws std::out_of_range
  cells operator()(std::uint32_t begin, std::uint32_t end) const {
    if (!(begin <= end && end <= size()))
      detail::refuse<std::out_of_range>({group().name(), ": expected cells in [0, ", size(),
                                         "), found [", begin, ", ", end, ")"});
    return cells(*net_, all_, first_ + begin, first_ + end);
  }
  cells operator()(std::uint32_t cell) const { return (*this)(cell, cell + 1); }
  /// The compartments of a cell.
  compartments const& shape(std::uint32_t cell = 0) const {
    return group().shape(group().layout().structure((*this)(cell).first_));
  }

  /// Spreads a mechanism over a region, with values for its variables, which may be expressions of
  /// distance, radius, diameter and position: `paint<leak>(dendrites, leak::g = ...)`. A
  /// compartment belongs to the region where at least half of its membrane does. Gives a
  /// `nernst::population` of its elements: those of one cell after those of another.
  /// \throws std::invalid_argument for a region without compartments, where the mechanism is in one
  /// already, and where another one writes the same concentration.
  template <class Mechanism, class... Values>
  auto paint(region const& where, Values const&... given) const {
    return add<Mechanism, ir::placement::density>(painter().in(where), given...);
  }
  /// The same of one that is known at run time only, see `c_abi::load`: `paint(hh, soma,
  /// hh["gnabar"] = ...)`. \throws std::invalid_argument for a point mechanism.
  template <detail::KnownAtRunTime Mechanism, class... Values>
  auto paint(Mechanism const& mechanism, region const& where, Values const&... given) const {
    return add(mechanism, ir::placement::density, painter().in(where), {given...});
  }
  /// Gives compartments of a region other values: `paint(axon, membrane_capacitance = ...)`, also
  /// of `axial_resistivity`, `voltage`, and of ions: `sodium.reversal = 60 * mV`.
  template <int... N>
  void paint(region const& where, language::statement<N> const&... given) const {
    painter().set(painter().in(where), {given...});
  }
  /// Gives ions of a region reversal potentials that stay, also where mechanisms use or write
  /// concentrations: `hold(dendrites, calcium.reversal = 140 * mV)`. NEURON's `ion_style` with an
  /// `e_style` of 1. \throws std::invalid_argument for other values.
  template <int... N>
  void hold(region const& where, language::statement<N> const&... given) const {
    painter().hold(painter().in(where), {given...});
  }
  /// Puts one element of a point mechanism at each of these places, in each cell. Gives a
  /// `nernst::population` of them: those of one cell after those of another.
  template <class Mechanism, class... Values>
  auto place(places const& where, Values const&... given) const {
    return add<Mechanism, ir::placement::point>(painter().at(where), given...);
  }
  template <detail::KnownAtRunTime Mechanism, class... Values>
  auto place(Mechanism const& mechanism, places const& where, Values const&... given) const {
    return add(mechanism, ir::placement::point, painter().at(where), {given...});
  }
  /// The same, where those in one compartment are computed as one element: a `nernst::coalesced`.
  /// The mechanism has to add up what spikes bring, as its equations say: else it is an error.
  template <class Mechanism, class... Values>
  auto place_coalesced(places const& where, Values const&... given) const {
    using handle = coalesced<Mechanism, Space, Real>;
    if constexpr (detail::any_mistaken<Values...>) {
      return detail::has_no_usable_model<handle>();
    } else if constexpr (kernel::require_placed<Mechanism, ir::placement::point>()) {
      if constexpr (!kernel::require_superposition<Mechanism>())
        return detail::has_no_usable_model<handle>();
      cable::sorted_places const sorted = painter().sorted(where);
      return handle(add<Mechanism, ir::placement::point>(sorted.compartments, given...),
                    sorted.element_at);
    } else {
      return detail::has_no_usable_model<handle>();
    }
  }
  /// Puts a source of spikes at each of these places, in each cell: see `cable::detector`.
  auto detect(places const& where,
              cable::membrane_voltage level = cable::membrane_voltage{0.01}) const {
    return place<cable::detector>(where, cable::detector::level = level);
  }
  /// Lets the cells have an ion beside those in `cable::usual_ions`, which they have when a
  /// mechanism names them.
  template <ir::fixed_string Name, int Charge>
  void add(language::ion<Name, Charge> const&) const {
    painter().add_ion(Name.view(), Charge);
  }

  /// The values of a variable of all compartments, cell by cell in the order of `shape()`.
  template <ir::fixed_string Name, ir::unit U, ir::role Kind>
  auto operator[](language::variable<Name, U, Kind> const&) const {
    return detail::checked_values<Real, U, ir::value_type::real>(
        all_.elements(), detail::variable_of(*all_.all, Name.view()));
  }
  values<Real> operator[](std::string_view id) const {
    return {all_.elements(), detail::variable_of(*all_.all, id)};
  }

  /// The numbers of the compartments that places are in, cell by cell: those of their values, by
  /// which variables of other elements are linked to them.
  std::vector<std::int32_t> numbers(places const& where) const {
    std::vector<std::uint32_t> const all = painter().numbers(painter().at(where));
    return {all.begin(), all.end()};
  }

  /// Joins compartments by a conductance, as gap junctions do: number `from[k]` and number `to[k]`.
  /// Cells that are joined without rings are computed as one, with the voltages of the end of the
  /// step on both sides; a joint that closes a ring has on each side the voltage that the other has
  /// at the beginning. \throws std::out_of_range, std::invalid_argument
  void join(std::vector<std::int32_t> const& from, std::vector<std::int32_t> const& to,
            cable::joint_conductance conductance) const {
    painter().join(from, to, conductance.si);
  }

  /// The temperature of all cells of the population. \throws std::invalid_argument unless it is
  /// above 0 K.
  void set_temperature(ir::quantity<"K"> temperature) const {
    if (!(temperature.si > 0))
      detail::refuse<std::invalid_argument>(
          {group().name(), ": expected a temperature above 0 K, found ", temperature.si, " K"});
    group().set_temperature(temperature.si);
  }
  /// How steps are made.
  void set(cable::step_scheme scheme) const { group().set(scheme); }
  void set(step_order order) const { group().set(order); }
  /// Lets all mechanisms begin anew, at the present voltages or at this one, with the next run.
  void initialise() const { group().forget(); }
  void initialise(cable::membrane_voltage v) const {
    values<Real> const voltages = (*this)["v"];
    voltages = v;
    group().forget();
  }

  /// Records the voltage, or another variable of compartments or their ions, at places, in each
  /// cell: once in every step from now on, or in those at multiples of a period. Of ions
  /// `calcium.inside`, `sodium.reversal`, `sodium.total_current` and so on. Currents are those of
  /// the step before, which flowed in its middle: `axial_current`, `membrane_current`,
  /// `stimulus_current` in A, and "current", what mechanisms spread over the membrane let through,
  /// in A/m^2.
  template <class Variable>
  cell_record<Real> record(Variable const& variable, places const& where,
                           ir::quantity<"s"> period = ir::quantity<"s">{0.0}) const {
    return record_in(name_of(variable), painter().at(where), period);
  }
  /// The same in all compartments of a region, which are the places then: `record(voltage, whole)`.
  template <class Variable>
  cell_record<Real> record(Variable const& variable, region const& where,
                           ir::quantity<"s"> period = ir::quantity<"s">{0.0}) const {
    return record_in(name_of(variable), painter().in(where), period);
  }
  /// The same of a variable of a mechanism: `record<hh>(hh::m, centre(soma))`. \throws
  /// std::invalid_argument where it is not.
  template <class Mechanism, class Variable>
  cell_record<Real> record(Variable const& variable, places const& where,
                           ir::quantity<"s"> period = ir::quantity<"s">{0.0}) const {
    return record_in<Mechanism>(name_of(variable), painter().at(where), period);
  }
  template <class Mechanism, class Variable>
  cell_record<Real> record(Variable const& variable, region const& where,
                           ir::quantity<"s"> period = ir::quantity<"s">{0.0}) const {
    return record_in<Mechanism>(name_of(variable), painter().in(where), period);
  }
  template <detail::KnownAtRunTime Mechanism>
  cell_record<Real> record(Mechanism const& mechanism, std::string_view variable,
                           places const& where,
                           ir::quantity<"s"> period = ir::quantity<"s">{0.0}) const {
    return record_of<Mechanism>(mechanism.as_model(), mechanism.name(), variable,
                                painter().at(where), period);
  }

  /// Records the potential at extracellular electrodes, of all cells of the population, by line
  /// sources in a medium of that conductivity (see `cable::line_source_weights`): once in every
  /// step from now on, or in those at multiples of a period. Cell k is moved by `moved[k]`; without
  /// that all are where the morphology is.
  potential_record<Real> record_potential(std::vector<position> const& electrodes,
                                          ir::quantity<"S/m"> conductivity,
                                          std::vector<position> const& moved = {},
                                          ir::quantity<"s"> period = ir::quantity<"s">{0.0}) const {
    auto const made = painter().add_electrodes(electrodes, conductivity.si, moved);
    auto const count = static_cast<std::uint32_t>(electrodes.size());
    return potential_record<Real>(net_->record_sums(made, "potential", count, period.si));
  }

  detail::population_slice<Real> const& slice() const { return all_; }
  cable::cell_group<Real>& group() const {
    return static_cast<cable::cell_group<Real>&>(*all_.all);
  }

 private:
  cell_record<Real> record_in(std::string_view variable, cable::compartment_lists compartments,
                              ir::quantity<"s"> period) const {
    cable::painter<Real> from = painter();
    std::vector<std::uint32_t> const numbers = from.numbers(compartments);
    auto const [of, id] = from.recordable(variable);
    return record_of<cable::compartment_model>(*of, id, numbers,
                                               from.recorded(std::move(compartments)), period);
  }
  template <class Mechanism>
  cell_record<Real> record_in(std::string_view variable, cable::compartment_lists compartments,
                              ir::quantity<"s"> period) const {
    return record_of<Mechanism>(kernel::compiled<Mechanism>::value,
                                detail::own_type_name<Mechanism>(), variable,
                                std::move(compartments), period);
  }
  template <class Mechanism>
  cell_record<Real> record_of(kernel::compiled_model const& model, std::string_view name,
                              std::string_view variable, cable::compartment_lists compartments,
                              ir::quantity<"s"> period) const {
    std::vector<std::uint32_t> numbers;
    cable::painter<Real> const from = painter();
    auto& of = from.find(model, name, compartments, numbers);
    return record_of<Mechanism>(of, variable, numbers, from.recorded(std::move(compartments)),
                                period);
  }
  template <class Model>
  cell_record<Real> record_of(population_base<Real>& of, std::string_view id,
                              std::vector<std::uint32_t> const& numbers,
                              cable::recorded_places places, ir::quantity<"s"> period) const {
    detail::population_slice<Real> const slice{of.handle(), &all_.network(), {0, of.size()}};
    auto const all = net_->record(nernst::population<Model, Space, Real>(slice), {std::string(id)},
                                  numbers, {ir::slot::start, 0}, period);
    return cell_record<Real>(all, std::move(places));
  }
  static std::string_view name_of(std::string_view id) { return id; }
  template <class V>
    requires requires { V::id(); }
  static std::string_view name_of(V const&) {
    return V::id();
  }
  cable::painter<Real> painter() const { return {*net_, group(), first_, last_}; }
  template <class Mechanism, ir::placement Placed, class... Values>
  auto add(cable::compartment_lists const& compartments, Values const&... given) const {
    using handle = nernst::population<Mechanism, Space, Real>;
    if constexpr (detail::any_mistaken<Values...>) {
      return detail::has_no_usable_model<handle>();
    } else if constexpr (kernel::require_placed<Mechanism, Placed>()) {
      auto outline = cable::detail::mechanism_outline_in<Mechanism, Space, Real>();
      return handle(
          painter().add(std::move(outline), compartments, cable::painted_values{given...}));
    } else {
      return detail::has_no_usable_model<handle>();
    }
  }

  template <detail::KnownAtRunTime Mechanism>
  auto add(Mechanism const& mechanism, ir::placement placed,
           cable::compartment_lists const& compartments, cable::painted_values const& given) const {
    return nernst::population<Mechanism, Space, Real>(
        painter().add(mechanism.template outline<Real>(placed, given), compartments, given));
  }

  network<Space, Real>* net_;
  detail::population_slice<Real> all_;
  std::uint32_t first_, last_;
};

namespace dsl {
/// What `cells.paint` gives compartments, beside what mechanisms see of them.
inline constexpr auto membrane_capacitance =
    language::parameter<"membrane_capacitance">(language::farad / language::metre2);
inline constexpr auto axial_resistivity =
    language::parameter<"axial_resistivity">(language::ohm * language::metre);
/// What `cells.record` knows of whole compartments: what flows into each from its parent; what goes
/// out through its membrane, also to charge it, and without what electrodes bring, as NEURON's
/// `i_membrane_`; and what these bring.
inline constexpr auto axial_current = language::state<"axial_current">(language::ampere);
inline constexpr auto membrane_current = language::state<"membrane_current">(language::ampere);
inline constexpr auto stimulus_current = language::state<"stimulus_current">(language::ampere);
}  // namespace dsl

}  // namespace nernst

// Never compiled apart: it depends on the width of packs.
#include <nernst/cable/cells-inl.hpp>
