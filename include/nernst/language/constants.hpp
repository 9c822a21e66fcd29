// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/constants.hpp>
#include <nernst/ir/fixed_string.hpp>
#include <nernst/ir/quantity.hpp>

// Physical constants under Brian's names, with Brian's values: see ir/constants.hpp.

namespace nernst::language {

namespace detail {
/// The constant of that name in the table of constants.
template <ir::fixed_string Name>
constexpr auto constant_named() {
  static_assert(ir::find_constant(Name.view()) != nullptr, "a name that is not in the table");
  constexpr ir::physical_constant c = *ir::find_constant(Name.view());
  return ir::quantity<ir::unit_of<c.unit>>(c.value);
}
}  // namespace detail

inline constexpr auto avogadro_constant = detail::constant_named<"avogadro_constant">();
inline constexpr auto boltzmann_constant = detail::constant_named<"boltzmann_constant">();
inline constexpr auto electric_constant = detail::constant_named<"electric_constant">();
inline constexpr auto electron_mass = detail::constant_named<"electron_mass">();
inline constexpr auto elementary_charge = detail::constant_named<"elementary_charge">();
inline constexpr auto faraday_constant = detail::constant_named<"faraday_constant">();
inline constexpr auto gas_constant = detail::constant_named<"gas_constant">();
inline constexpr auto magnetic_constant = detail::constant_named<"magnetic_constant">();
inline constexpr auto molar_mass_constant = detail::constant_named<"molar_mass_constant">();
/// 0 degrees Celsius.
inline constexpr auto zero_celsius = detail::constant_named<"zero_celsius">();

}  // namespace nernst::language
