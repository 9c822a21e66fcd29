// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/dimension.hpp>
#include <nernst/nmodl/unit_table.hpp>

namespace nernst::nmodl {

/// How a variable of a file looks from outside: in SI units, where its unit is one of physics.
struct interface_unit {
  ir::dimension unit = {};
  double si = 1;  ///< what the number 1 of the file is there
};

namespace detail {

/// A factor that was rounded on its way is the power of ten that it was meant to be.
constexpr double without_rounding(double factor) {
  double power = 1;
  for (int k = 0; k < 30 && factor > power * 3; ++k) power *= 10;
  double inverse = 1;
  for (int k = 0; k < 30 && factor * inverse < 0.3; ++k) inverse *= 10;
  double const exact = inverse > 1 ? 1 / inverse : power;
  double const off = factor / exact - 1;
  return off < 1e-12 && off > -1e-12 ? exact : factor;
}

}  // namespace detail

/// The SI unit of what a file writes with a unit. Concentrations are in mol/m^3, whether the file's
/// mole is a number or not. Temperatures, which have no zero in common, and what else contains
/// moles or bits, stay numbers as in the file.
constexpr interface_unit interface_unit_of(unit_table const& units, ir::string_view text) {
  unit_table::reading const r = units.read(text);
  if (!r.ok()) return {};
  enum { metre, kilogram, second, coulomb, candela, kelvin, bit };
  auto const& p = r.value.powers;
  double factor = r.value.factor;
  if (p[kelvin] != 0 || p[bit] != 0 || p[candela] != 0) return {};
  for (signed char const power : p)
    if (power < -8 || power > 8) return {};
  ir::dimension unit(p[metre], p[kilogram], p[second] + p[coulomb], p[coulomb]);
  if (unit == power(ir::units::metre, -3)) {
    constexpr double many = 1e18;
    if (factor > many) factor /= units.read("mole").value.factor;
    unit = ir::units::molar;
  }
  bool const has_moles = factor > 1e18 || factor < 1e-18;
  if (unit.is_one() || has_moles) return {};
  return {unit, detail::without_rounding(factor)};
}

}  // namespace nernst::nmodl
