// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/number.hpp>
#include <nernst/ir/dimension.hpp>

#include <optional>

namespace nernst::brian {

/// What the name of a unit stands for.
struct named_unit {
  double value = 1;  ///< in SI units
  ir::dimension unit;
  bool is_base = false;   ///< may stand in the line of a model: `volt`, but not `mV` or `volt2`
  bool reserved = false;  ///< a name of Brian 2's own: nothing else can have it
};

namespace detail {

struct full_unit {
  std::string_view name;
  ir::dimension unit;
  int exponent = 0;  // in SI units, as a power of ten
  bool powers = true;
};
inline constexpr full_unit full_units[] = {
    {"volt", ir::units::volt},
    {"second", ir::units::second},
    {"siemens", ir::units::siemens},
    {"amp", ir::units::ampere},
    {"metre", ir::units::metre},
    {"meter", ir::units::metre},
    {"hertz", ir::units::hertz},
    {"farad", ir::units::farad},
    {"ampere", ir::units::ampere},
    {"ohm", ir::units::ohm},
    {"molar", ir::units::molar, 3},
    {"mole", ir::units::mole},
    {"mol", ir::units::mole},
    {"kilogram", ir::units::kilogram},
    {"kilogramme", ir::units::kilogram},
    {"gram", ir::units::kilogram, -3},
    {"gramme", ir::units::kilogram, -3},
    {"kelvin", ir::units::kelvin},
    {"candle", ir::units::candela},
    {"candela", ir::units::candela},
    {"radian", ir::units::one},
    {"steradian", ir::units::one},
    {"newton", ir::units::newton},
    {"pascal", ir::units::pascal},
    {"joule", ir::units::joule},
    {"watt", ir::units::watt},
    {"coulomb", ir::units::coulomb},
    {"weber", ir::units::weber},
    {"tesla", ir::units::tesla},
    {"henry", ir::units::henry},
    {"lumen", ir::units::candela},
    {"lux", ir::dimension{-2, 0, 0, 0, 0, 0, 1}},
    {"becquerel", ir::units::hertz},
    {"gray", ir::dimension{2, 0, -2, 0}},
    {"sievert", ir::dimension{2, 0, -2, 0}},
    {"katal", ir::units::katal},
    {"litre", ir::dimension{3, 0, 0, 0}, -3, false},
    {"liter", ir::dimension{3, 0, 0, 0}, -3, false},
};

struct short_unit {
  std::string_view symbol;
  ir::dimension unit;
  int exponent = 0;
  std::string_view prefixes;  ///< that make names, '1' for none
  std::string_view brian;     ///< those that are names in Brian 2
  bool powers = false;
};
inline constexpr short_unit short_units[] = {
    {"V", ir::units::volt, 0, "numk", "m"},      {"A", ir::units::ampere, 0, "fpnum", "pnum"},
    {"F", ir::units::farad, 0, "fpnum", "pnu"},  {"S", ir::units::siemens, 0, "fpnum", "nu"},
    {"s", ir::units::second, 0, "fpnum", "um"},  {"m", ir::units::metre, 0, "numcdk", "umc", true},
    {"Hz", ir::units::hertz, 0, "1mkMG", "1kM"}, {"M", ir::units::molar, 3, "fpnum", "num"},
    {"Pa", ir::units::pascal, 0, "1hkMG", ""},   {"C", ir::units::coulomb, 0, "fpnum", ""},
    {"N", ir::units::newton, 0, "pnum", ""},     {"J", ir::units::joule, 0, "pnumk", ""},
    {"W", ir::units::watt, 0, "numk", ""},       {"T", ir::units::tesla, 0, "num", ""},
    {"H", ir::units::henry, 0, "num", ""},       {"Wb", ir::units::weber, 0, "1", ""},
    {"K", ir::units::kelvin, 0, "um", ""},       {"g", ir::units::kilogram, -3, "pnumk", ""},
};

/// The power of ten of a prefix, or `no_prefix`.
inline constexpr int no_prefix = 99;
struct prefix_table {
  std::int8_t exponent[128];
  constexpr prefix_table() : exponent{} {
    for (auto& e : exponent) e = no_prefix;
    constexpr std::string_view names = "yzafpnumcd1hkMGTPEZY";
    constexpr std::int8_t powers[] = {-24, -21, -18, -15, -12, -9, -6, -3, -2, -1,
                                      0,   2,   3,   6,   9,   12, 15, 18, 21, 24};
    for (std::size_t k = 0; k < names.size(); ++k) exponent[static_cast<int>(names[k])] = powers[k];
  }
};
inline constexpr prefix_table prefixes{};
constexpr int prefix_exponent(char c) {
  return c > 0 ? prefixes.exponent[static_cast<int>(c)] : no_prefix;
}

/// The full names by their last letter.
struct full_unit_index {
  static constexpr int count = static_cast<int>(std::size(full_units));
  std::int8_t first[27] = {}, unit[count] = {};
  constexpr full_unit_index() {
    int at = 0;
    for (int c = 0; c < 26; ++c) {
      first[c] = static_cast<std::int8_t>(at);
      for (int k = 0; k < count; ++k)
        if (full_units[k].name.back() == 'a' + c) unit[at++] = static_cast<std::int8_t>(k);
    }
    first[26] = static_cast<std::int8_t>(at);
  }
};
inline constexpr full_unit_index full_units_by_end{};

constexpr named_unit make_unit(ir::dimension unit, int exponent, int n, bool reserved) {
  int const e = n * exponent;
  return {e == 0 ? 1.0 : scaled(1, e), n == 1 ? unit : power(unit, n), e == 0 && n == 1, reserved};
}

/// The unit with a full name, with or without prefix, to the power `n`.
constexpr std::optional<named_unit> full_name(char const* text, int size, int n) {
  int const end = text[size - 1] - 'a';
  if (end < 0 || end >= 26) return std::nullopt;
  for (int k = full_units_by_end.first[end]; k < full_units_by_end.first[end + 1]; ++k) {
    full_unit const& u = full_units[full_units_by_end.unit[k]];
    int const length = static_cast<int>(u.name.size()), before = size - length;
    if (before < 0 || before > 2 || text[before] != u.name.data()[0]) continue;
    int i = 1;
    while (i < length && text[before + i] == u.name.data()[i]) ++i;
    if (i < length) continue;
    int const prefix = before == 0                        ? 0
                       : before == 1                      ? prefix_exponent(text[0])
                       : text[0] == 'd' && text[1] == 'a' ? 1
                                                          : no_prefix;
    if (prefix == no_prefix || (n > 1 && !u.powers) || (before > 0 && u.name.starts_with("kilo")))
      continue;
    return make_unit(u.unit, u.exponent + prefix, n, u.name != "candela");
  }
  return std::nullopt;
}
/// The symbols by their last letter, which tells them apart: place + 1.
struct short_unit_index {
  std::int8_t place[128] = {};
  constexpr short_unit_index() {
    for (int k = 0; k < static_cast<int>(std::size(short_units)); ++k)
      place[static_cast<int>(short_units[k].symbol.back())] = static_cast<std::int8_t>(k + 1);
  }
};
inline constexpr short_unit_index short_units_by_end{};

/// The unit with a symbol, with or without prefix, to the power `n`.
constexpr std::optional<named_unit> short_name(char const* text, int size, int n) {
  if (text[size - 1] < 0) return std::nullopt;
  int const place = short_units_by_end.place[static_cast<int>(text[size - 1])];
  if (place == 0) return std::nullopt;
  short_unit const& u = short_units[place - 1];
  int const before = size - static_cast<int>(u.symbol.size());
  if (before < 0 || before > 1 || text[before] != u.symbol[0] || (n > 1 && !u.powers))
    return std::nullopt;
  char const prefix = before == 0 ? '1' : text[0];
  if (u.prefixes.find(prefix) == std::string_view::npos || (before == 1 && prefix == '1'))
    return std::nullopt;
  return make_unit(u.unit, u.exponent + prefix_exponent(prefix), n,
                   u.brian.find(prefix) != std::string_view::npos);
}

}  // namespace detail

/// The unit of a name, or nothing. Full names take every prefix and a power (`volt`, `mvolt`,
/// `umetre2`); the usual ones have symbols
/// (`mV`, `nS`, `um2`). Names and values are those of nernst/language/units.hpp, which are those of
/// Brian 2 and some more.
constexpr std::optional<named_unit> find_unit(std::string_view name) {
  char const* const text = name.data();
  int size = static_cast<int>(name.size());
  if (size < 2) return std::nullopt;
  int const n = text[size - 1] == '2' ? 2 : text[size - 1] == '3' ? 3 : 1;
  size -= n > 1;
  if (size <= 3)
    if (auto const u = detail::short_name(text, size, n)) return u;
  return detail::full_name(text, size, n);
}

/// The name of a base unit of a dimension, as a model's line may have it, or how people write the
/// dimension.
constexpr ir::text base_unit_name(ir::dimension d) {
  for (detail::full_unit const& u : detail::full_units)
    if (u.unit == d && u.exponent == 0 && !d.is_one()) return u.name;
  if (d == ir::units::molar) return "mmolar";
  return ir::to_text(d);
}

}  // namespace nernst::brian
