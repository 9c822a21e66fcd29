// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/dimension.hpp>
#include <nernst/ir/string_view.hpp>

#include <numbers>

namespace nernst::ir {

/// A physical constant.
struct physical_constant {
  string_view name;
  double value = 0;  ///< in SI units
  dimension unit = {};
};

/// The constants under Brian's names, with Brian's values: CODATA 2014.
inline constexpr physical_constant physical_constants[] = {
    {"avogadro_constant", 6.022140857e23, units::one / units::mole},
    {"boltzmann_constant", 1.38064852e-23, units::joule / units::kelvin},
    {"electric_constant", 8.854187817e-12, units::farad / units::metre},
    {"electron_mass", 9.10938356e-31, units::kilogram},
    {"elementary_charge", 1.6021766208e-19, units::coulomb},
    {"faraday_constant", 96485.33289, units::coulomb / units::mole},
    {"gas_constant", 8.3144598, units::joule / units::mole / units::kelvin},
    {"magnetic_constant", 4 * std::numbers::pi * 1e-7,
     units::newton / (units::ampere * units::ampere)},
    {"molar_mass_constant", 1e-3, units::kilogram / units::mole},
    {"zero_celsius", 273.15, units::kelvin},  // 0 degrees Celsius
};

/// CODATA 2018, by which NEURON 9 computes what ions do: in C/mol, and in J/(mol K).
namespace codata_2018 {
inline constexpr double faraday_constant = 96485.33212331001, gas_constant = 8.31446261815324;
}

/// The constant of that name, or null.
constexpr physical_constant const* find_constant(string_view name) {
  for (physical_constant const& c : physical_constants)
    if (c.name == name) return &c;
  return nullptr;
}

}  // namespace nernst::ir
