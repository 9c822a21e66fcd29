// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/membrane.hpp>
#include <nernst/cable/make_cells.hpp>

namespace nernst {

namespace cable {

/// The compartments with a membrane of neurons that are all of one mechanism, whatever its model.
template <class Real>
class membrane_elements {
 public:
  explicit membrane_elements(nernst::detail::population_slice<Real> const& of)
      : of_(of), mechanism_(static_cast<mechanism_group<Real>&>(*of.all)) {}

  /// Those of a region, and those that places are in: the ends of a branch are in its first and
  /// last. \throws std::invalid_argument where there is none.
  nernst::detail::population_slice<Real> in(region const& where) const;
  nernst::detail::population_slice<Real> at(places const& where) const;
  /// The same elements as compartments of the cells.
  nernst::detail::population_slice<Real>
  as_compartments(nernst::detail::population_slice<Real> const& cells) const;

  /// Where a variable of the model comes from that is one of the compartments; nowhere for others.
  linkage<Real> of_compartments(std::string_view id) const;

  /// Lets the threshold, if there is one, count in all.
  void set_threshold() const;
  /// Lets it count in these alone. \throws std::logic_error for a model without one.
  void set_threshold(places const& where) const;

 private:
  compartments const& shape() const { return mechanism_.cells().shape(0); }
  nernst::detail::population_slice<Real> chosen(std::vector<int> const& compartments,
                                                std::string const& text) const;
  int with_membrane(int compartment) const;

  nernst::detail::population_slice<Real> of_;
  mechanism_group<Real>& mechanism_;
};

}  // namespace cable

/// Neurons with branches whose compartments all do what one model says, as Brian's SpatialNeuron: a
/// population of the compartments that have a membrane, neuron by neuron in the order of `shape()`,
/// or of some of them: `neuron(shape["axon"])["gNa"] = ...`. Each frustum of the morphology is a
/// compartment. At first all variables are 0, also the voltage.
template <class Model, class Space, class Real>
class spatial_neuron : public population<Model, Space, Real> {
  using base = population<Model, Space, Real>;

 public:
  spatial_neuron(nernst::cells<Space, Real> const& cells, base const& of)
      : base(of), cells_(cells) {}

  /// What is the cable of it.
  nernst::cells<Space, Real> const& cells() const { return cells_; }
  compartments const& shape() const { return cells_.shape(); }

  /// Those of these whose membrane is in a region, half of it at least.
  /// \throws std::invalid_argument where there is none.
  spatial_neuron operator()(region const& where) const { return with(elements_of().in(where)); }
  /// Those of these that places are in; the ends of a branch are in its first and last compartment.
  /// \throws std::invalid_argument where there is none.
  spatial_neuron operator()(places const& where) const { return with(elements_of().at(where)); }
  /// Those of these with some numbers, as of any population.
  template <class... Numbers>
    requires std::invocable<base const&, Numbers const&...>
  spatial_neuron operator()(Numbers const&... numbers) const {
    return with(base::operator()(numbers...).slice());
  }

  /// The values of a variable of the model, or of what all compartments have: `v area diameter
  /// length distance volume Cm Ri Ic time_constant space_constant r_length_1 r_length_2 x y z`.
  /// \throws std::invalid_argument if there is none.
  values<Real> operator[](std::string_view id) const {
    linkage<Real> const there = elements_of().of_compartments(id);
    if (!there.given()) return base::operator[](id);
    return {elements_of().as_compartments(cells_.slice()).elements(),
            there.source().model().variables[there.symbol()].symbol};
  }
  template <class Variable>
    requires requires { Variable::id(); }
  auto operator[](Variable const& variable) const {
    return base::operator[](variable);
  }

  /// Lets the threshold count in these compartments alone, of each neuron; at first it does in all.
  /// \throws std::logic_error for a model without a threshold.
  void threshold_at(places const& where) const { elements_of().set_threshold(where); }

 private:
  spatial_neuron with(detail::population_slice<Real> const& some) const {
    return spatial_neuron(cells_, base(some));
  }
  cable::membrane_elements<Real> elements_of() const {
    return cable::membrane_elements<Real>(this->slice());
  }

  nernst::cells<Space, Real> cells_;
};

/// New neurons of a model made by `brian::spatial_neuron`, of one shape: `net.spatial_neuron<hh>(
/// shape, 1 * uF / cm2, 100 * ohm * cm)`.
template <class Model, class Space, class Real>
auto make_spatial_neuron(network<Space, Real>& net, morphology const& shape,
                         cable::area_capacitance capacitance = cable::area_capacitance(0.009),
                         cable::axial_resistivity resistivity = cable::axial_resistivity(1.5),
                         std::uint32_t number = 1, std::string name = {}) {
  auto const cells = make_cells(net, number, shape, each_frustum(), std::move(name),
                                detail::constants_of<Model>());
  cells.set(step_order::states_first);
  cells["v"] = cable::membrane_voltage{0};
  cells["membrane_capacitance"] = capacitance;
  cells["axial_resistivity"] = resistivity;
  spatial_neuron<Model, Space, Real> const neuron(cells, cells.template paint<Model>(dsl::whole));
  cable::membrane_elements<Real>(neuron.slice()).set_threshold();
  return neuron;
}

}  // namespace nernst

// Never compiled apart, as are the cells that it is made of.
#include <nernst/cable/spatial_neuron-inl.hpp>
