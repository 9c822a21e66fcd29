// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/functors.hpp>
#include <nernst/kernel/compiled.hpp>

namespace nernst::cable {

namespace detail {
/// A variable that every compartment has, or one of an ion in it.
struct compartment_variable {
  ir::string_view id;
  ir::role kind;
  ir::dimension unit;
  ir::lower_bound bound = ir::lower_bound::unbounded;
};

using ir::lower_bound;
using ir::role;
inline constexpr ir::dimension metre2 = power(ir::units::metre, 2);

/// `current` and `conductance` are what mechanisms have made of them in the latest step: outwards,
/// those that are spread over the membrane, and those at places. `_voltage_change` is by how much
/// the voltage has changed in it, up to its middle in Crank and Nicolson's.
inline constexpr compartment_variable of_compartments[] = {
    {"v", role::state, ir::units::volt},
    {"membrane_capacitance", role::parameter, ir::units::farad / metre2},
    {"axial_resistivity", role::parameter, ir::units::ohm* ir::units::metre},
    {"area", role::parameter, metre2},
    {"diameter", role::parameter, ir::units::metre},
    {"inverse_area", role::parameter, power(ir::units::metre, -2)},
    {"length", role::parameter, ir::units::metre},
    {"distance", role::parameter, ir::units::metre},
    {"volume", role::parameter, power(ir::units::metre, 3)},
    {"current", role::state, ir::units::ampere / metre2},
    {"conductance", role::state, ir::units::siemens / metre2},
    {"point_current", role::state, ir::units::ampere},
    {"point_conductance", role::state, ir::units::siemens},
    {"_voltage_change", role::state, ir::units::volt},
    {"initialised", role::shared, {}},
};
inline constexpr compartment_variable of_ions[] = {
    {"reversal", role::parameter, ir::units::volt},
    {"inside", role::parameter, ir::units::molar, lower_bound::at_least_0},
    {"outside", role::parameter, ir::units::molar, lower_bound::at_least_0},
    {"current", role::state, ir::units::ampere / metre2},
    {"conductance", role::state, ir::units::siemens / metre2},
};

/// From the parent, out through the membrane with what charges it, in from electrodes.
inline constexpr compartment_variable of_flows[] = {
    {"axial_current", role::state, ir::units::ampere},
    {"membrane_current", role::state, ir::units::ampere},
    {"stimulus_current", role::state, ir::units::ampere},
};

inline constexpr compartment_variable of_electrodes[] = {
    {"potential", role::state, ir::units::volt},
};

/// A model that consists of variables.
template <auto const& Variables>
struct variables_only {
  using own_method = void;
  using functions = ir::type_list<>;

  friend constexpr ir::model lower(variables_only const&) {
    ir::model m;
    for (compartment_variable const& v : Variables)
      m.add({.id = v.id, .kind = v.kind, .unit = v.unit, .bound = v.bound});
    return m;
  }
};
}  // namespace detail

/// The model of compartments: what is known of each beside its mechanisms.
struct compartment_model {
  static constexpr detail::variables_only<detail::of_compartments> model{};
};
/// The model of an ion in compartments.
struct ion_model {
  static constexpr detail::variables_only<detail::of_ions> model{};
};

/// How many charges an ion has, and what it begins with.
struct ion_properties {
  ir::string_view name;
  int charge = 0;
  double inside = 1, outside = 1;  ///< in mol/m^3
  double reversal = 0;             ///< in V
};
/// As in NEURON; ions that are not in the table begin with 1 mmol/l on both sides and 0 mV.
inline constexpr ion_properties usual_ions[] = {
    {"na", 1, 10, 140, 0.050},
    {"k", 1, 54.4, 2.5, -0.077},
    {"ca", 2, 5e-5, 2, 0.1324579341637009},
    {"cl", -1, 1, 1, 0},
};
constexpr ion_properties properties_of(ir::string_view name, int charge) {
  for (ion_properties const& i : usual_ions)
    if (i.name == name) return i;
  return {name, charge};
}

}  // namespace nernst::cable
