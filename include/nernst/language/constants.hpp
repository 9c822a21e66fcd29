// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/units.hpp>

#include <numbers>

// Physical constants under Brian's names, with Brian's values: CODATA 2014.

namespace nernst::dsl {

inline constexpr quantity avogadro_constant = 6.022140857e23 / mole;
inline constexpr quantity boltzmann_constant = 1.38064852e-23 * joule / kelvin;
inline constexpr quantity electric_constant = 8.854187817e-12 * farad / metre;
inline constexpr quantity electron_mass = 9.10938356e-31 * kilogram;
inline constexpr quantity elementary_charge = 1.6021766208e-19 * coulomb;
inline constexpr quantity faraday_constant = 96485.33289 * coulomb / mole;
inline constexpr quantity gas_constant = 8.3144598 * joule / mole / kelvin;
inline constexpr quantity magnetic_constant =
    4 * std::numbers::pi * 1e-7 * newton / (ampere * ampere);
inline constexpr quantity molar_mass_constant = gram / mole;
/// 0 degrees Celsius.
inline constexpr quantity zero_celsius = 273.15 * kelvin;

}  // namespace nernst::dsl
