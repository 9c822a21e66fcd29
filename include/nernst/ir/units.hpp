// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/dimension.hpp>
#include <nernst/ir/powers_of_ten.hpp>
#include <nernst/ir/short_string.hpp>

#include <optional>

namespace nernst::ir {

/// A unit of the language. Full names take every prefix and a power (`volt`, `mvolt`, `umetre2`);
/// the usual ones have symbols (`mV`, `nS`, `um2`).
struct unit_row {
  string_view name = {};
  dimension unit = {};
  int exponent = 0;   ///< in SI units, as a power of ten,
  double factor = 1;  ///< times this
  string_view symbol = {};
  /// With which prefixes the symbol is a name, `1` for none, and which of these names Brian 2 has.
  string_view prefixes = {}, brian_prefixes = {};
  bool symbol_has_powers = false;
  bool has_powers = true, takes_prefixes = true;
  bool is_brian = true;  ///< the full names are names in Brian 2
};

/// The one table of units. The names in C++ (language/units.hpp) are checked against it. Of units
/// with one dimension the first names it, and the first with a symbol is what people read.
inline constexpr unit_row unit_rows[] = {
    {.name = "volt", .unit = units::volt, .symbol = "V", .prefixes = "numk", .brian_prefixes = "m"},
    {.name = "second",
     .unit = units::second,
     .symbol = "s",
     .prefixes = "fpnum",
     .brian_prefixes = "um"},
    {.name = "siemens",
     .unit = units::siemens,
     .symbol = "S",
     .prefixes = "fpnum",
     .brian_prefixes = "nu"},
    {.name = "amp",
     .unit = units::ampere,
     .symbol = "A",
     .prefixes = "fpnum",
     .brian_prefixes = "pnum"},
    {.name = "metre",
     .unit = units::metre,
     .symbol = "m",
     .prefixes = "numcdk",
     .brian_prefixes = "umc",
     .symbol_has_powers = true},
    {.name = "meter", .unit = units::metre},
    {.name = "hertz",
     .unit = units::hertz,
     .symbol = "Hz",
     .prefixes = "1mkMG",
     .brian_prefixes = "1kM"},
    {.name = "farad",
     .unit = units::farad,
     .symbol = "F",
     .prefixes = "fpnum",
     .brian_prefixes = "pnu"},
    {.name = "ampere", .unit = units::ampere},
    {.name = "ohm", .unit = units::ohm, .symbol = "ohm"},
    {.name = "molar",
     .unit = units::molar,
     .exponent = 3,
     .symbol = "M",
     .prefixes = "fpnum",
     .brian_prefixes = "num"},
    {.name = "mole", .unit = units::mole, .symbol = "mol"},
    {.name = "mol", .unit = units::mole},
    {.name = "kilogram", .unit = units::kilogram, .symbol = "kg", .takes_prefixes = false},
    {.name = "kilogramme", .unit = units::kilogram, .takes_prefixes = false},
    {.name = "gram", .unit = units::kilogram, .exponent = -3, .symbol = "g", .prefixes = "pnumk"},
    {.name = "gramme", .unit = units::kilogram, .exponent = -3},
    {.name = "kelvin", .unit = units::kelvin, .symbol = "K", .prefixes = "um"},
    {.name = "candle", .unit = units::candela},
    {.name = "candela", .unit = units::candela, .symbol = "cd", .is_brian = false},
    {.name = "radian", .unit = units::one},
    {.name = "steradian", .unit = units::one},
    {.name = "newton", .unit = units::newton, .symbol = "N", .prefixes = "pnum"},
    {.name = "pascal", .unit = units::pascal, .symbol = "Pa", .prefixes = "1hkMG"},
    {.name = "joule", .unit = units::joule, .symbol = "J", .prefixes = "pnumk"},
    {.name = "watt", .unit = units::watt, .symbol = "W", .prefixes = "numk"},
    {.name = "coulomb", .unit = units::coulomb, .symbol = "C", .prefixes = "fpnum"},
    {.name = "weber", .unit = units::weber, .symbol = "Wb", .prefixes = "1"},
    {.name = "tesla", .unit = units::tesla, .symbol = "T", .prefixes = "num"},
    {.name = "henry", .unit = units::henry, .symbol = "H", .prefixes = "num"},
    {.name = "lumen", .unit = units::candela},
    {.name = "lux", .unit = units::lux},
    {.name = "becquerel", .unit = units::hertz},
    {.name = "gray", .unit = units::gray},
    {.name = "sievert", .unit = units::gray},
    {.name = "katal", .unit = units::katal, .symbol = "kat"},
    {.name = "litre", .unit = units::litre, .exponent = -3, .has_powers = false},
    {.name = "liter", .unit = units::litre, .exponent = -3, .has_powers = false},
};

/// Whether a unit is one of the SI, without a factor.
constexpr bool is_coherent(unit_row const& u) {
  return u.exponent == 0 && u.factor == 1;
}

/// A prefix, and its power of ten. `da` has two letters; `1` stands for no prefix.
struct prefix_row {
  char letter;
  int exponent;
};
inline constexpr prefix_row prefix_rows[] = {
    {'y', -24}, {'z', -21}, {'a', -18}, {'f', -15}, {'p', -12}, {'n', -9}, {'u', -6},
    {'m', -3},  {'c', -2},  {'d', -1},  {'1', 0},   {'h', 2},   {'k', 3},  {'M', 6},
    {'G', 9},   {'T', 12},  {'P', 15},  {'E', 18},  {'Z', 21},  {'Y', 24},
};

/// What the name of a unit stands for.
struct named_unit {
  double value = 1;  ///< in SI units
  dimension unit;
  bool is_base = false;   ///< may stand in the line of a model: `volt`, but not `mV` or `volt2`
  bool is_brian = false;  ///< a name in Brian 2
};

namespace detail {

/// Tables for finding names, by their last letter.
struct unit_index {
  static constexpr int count = static_cast<int>(sizeof unit_rows / sizeof *unit_rows);
  std::int8_t first[27] = {}, by_end[count] = {};  ///< full names
  std::int8_t symbol[128] = {};                    ///< place + 1
  bool is_prefix[128] = {};
  std::int8_t exponent[128] = {};  ///< of a prefix

  constexpr unit_index() {
    int at = 0;
    for (int c = 0; c < 26; ++c) {
      first[c] = static_cast<std::int8_t>(at);
      for (int k = 0; k < count; ++k)
        if (unit_rows[k].name.back() == 'a' + c) by_end[at++] = static_cast<std::int8_t>(k);
    }
    first[26] = static_cast<std::int8_t>(at);
    for (int k = 0; k < count; ++k)
      if (!unit_rows[k].prefixes.empty())
        symbol[static_cast<int>(unit_rows[k].symbol.back())] = static_cast<std::int8_t>(k + 1);
    for (prefix_row const& p : prefix_rows) {
      is_prefix[static_cast<int>(p.letter)] = true;
      exponent[static_cast<int>(p.letter)] = static_cast<std::int8_t>(p.exponent);
    }
  }
};
inline constexpr unit_index units_by_end{};

/// The exponent of the prefix before a full name.
constexpr std::optional<int> prefix_of(string_view before) {
  if (before.empty()) return 0;
  if (before == "da") return 1;
  bool const known =
      before.size() == 1 && before[0] > '1' && units_by_end.is_prefix[static_cast<int>(before[0])];
  if (!known) return std::nullopt;
  return units_by_end.exponent[static_cast<int>(before[0])];
}

/// A unit with a prefix, to the power `n`.
constexpr named_unit scaled_unit(unit_row const& u, int prefix, int n, bool is_brian) {
  int const e = n * (u.exponent + prefix);
  double value = power_of_ten(e);
  for (int k = 0; k < n && u.factor != 1; ++k) value *= u.factor;
  return {.value = value,
          .unit = n == 1 ? u.unit : power(u.unit, n),
          .is_base = value == 1 && n == 1,
          .is_brian = is_brian};
}

/// The unit with a full name, with or without prefix, to the power `n`.
constexpr std::optional<named_unit> find_full_name(string_view name, int n) {
  int const end = name.back() - 'a';
  if (end < 0 || end >= 26) return std::nullopt;
  for (int k = units_by_end.first[end]; k < units_by_end.first[end + 1]; ++k) {
    unit_row const& u = unit_rows[units_by_end.by_end[k]];
    if (u.name.size() > name.size()) continue;
    std::size_t const before = name.size() - u.name.size();
    if (before > 2 || name[before] != u.name[0] || name.substr(before) != u.name) continue;
    auto const prefix = prefix_of(name.substr(0, before));
    bool const fits = (n == 1 || u.has_powers) && (before == 0 || u.takes_prefixes);
    if (prefix && fits) return scaled_unit(u, *prefix, n, u.is_brian);
  }
  return std::nullopt;
}

/// The unit with a symbol, with or without prefix, to the power `n`.
constexpr std::optional<named_unit> find_symbol(string_view name, int n) {
  int const place = name.back() > 0 ? units_by_end.symbol[static_cast<int>(name.back())] : 0;
  if (place == 0) return std::nullopt;
  unit_row const& u = unit_rows[place - 1];
  if (u.symbol.size() > name.size() || (n > 1 && !u.symbol_has_powers)) return std::nullopt;
  std::size_t const before = name.size() - u.symbol.size();
  if (before > 1 || name[before] != u.symbol[0]) return std::nullopt;
  char const prefix = before == 0 ? '1' : name[0];
  bool const is_known = u.prefixes.find(prefix) != string_view::npos;
  if (!is_known || (before == 1 && prefix == '1')) return std::nullopt;
  bool const is_brian = u.brian_prefixes.find(prefix) != string_view::npos;
  return scaled_unit(u, units_by_end.exponent[static_cast<int>(prefix)], n, is_brian);
}

/// The rows that name a dimension for people.
struct symbol_index {
  std::uint64_t code[unit_index::count] = {};
  std::int8_t row[unit_index::count] = {};
  int size = 0;

  constexpr symbol_index() {
    for (int k = 0; k < unit_index::count; ++k) {
      unit_row const& u = unit_rows[k];
      if (!is_coherent(u) || u.symbol.empty()) continue;
      code[size] = u.unit.code;
      row[size++] = static_cast<std::int8_t>(k);
    }
  }
};
inline constexpr symbol_index units_by_code{};

/// The symbol of a coherent unit of a dimension, or nothing.
constexpr string_view coherent_symbol(dimension d) {
  std::uint64_t const* const code = units_by_code.code;
  int const size = units_by_code.size;
  for (int k = 0; k < size; ++k)
    if (code[k] == d.code) return unit_rows[units_by_code.row[k]].symbol;
  return {};
}
/// What people write for a dimension, or nothing.
constexpr string_view symbol_of(dimension d) {
  if (d.is_one()) return "1";
  string_view const symbol = coherent_symbol(d);
  return symbol.empty() && d == units::molar ? "mol/m^3" : symbol;
}

/// What may stand behind a symbol.
struct unit_suffix {
  dimension unit, inverse;
  string_view name;

  constexpr unit_suffix(dimension d, string_view text)
      : unit(d), inverse(power(d, -1)), name(text) {}
};
inline constexpr unit_suffix unit_suffixes[] = {{units::one, ""},
                                                {units::hertz, "/s"},
                                                {dimension{-2, 0, 0, 0}, "/m^2"},
                                                {dimension{-1, 0, 0, 0}, "/m"},
                                                {dimension{0, 0, -2, 0}, "/s^2"},
                                                {dimension{0, 0, {-1, 2}, 0}, "/s^(1/2)"},
                                                {units::second, "*s"},
                                                {units::metre, "*m"}};

}  // namespace detail

/// The unit of a name, or nothing.
constexpr std::optional<named_unit> find_unit(string_view name) {
  if (name.size() < 2) return std::nullopt;
  int const n = name.back() == '2' ? 2 : name.back() == '3' ? 3 : 1;
  string_view const stem = name.substr(0, name.size() - (n > 1));
  if (stem.size() <= 3)
    if (auto const u = detail::find_symbol(stem, n)) return u;
  return detail::find_full_name(stem, n);
}

/// How people write a dimension: a known unit (`V`), a known unit over seconds or an area (`V/s`,
/// `S/m^2`), else a product of base units.
constexpr phrase to_text(dimension d) {
  for (detail::unit_suffix const& s : detail::unit_suffixes) {
    if (!can_multiply(d, s.inverse)) continue;
    dimension const rest = d * s.inverse;
    if (rest == s.unit && !rest.is_one()) continue;
    if (!s.unit.is_one() && (rest.is_one() || rest == units::hertz)) continue;
    string_view const symbol = detail::symbol_of(rest);
    if (!symbol.empty()) return phrase(symbol) += s.name;
  }
  if (can_raise(d, {1, 2})) {
    string_view const root = detail::coherent_symbol(power(d, {1, 2}));
    if (!root.empty()) return phrase(root) += "^2";
  }
  if (can_raise(d, -1)) {
    string_view const inverse = detail::coherent_symbol(power(d, -1));
    if (!inverse.empty()) return phrase("1/") += inverse;
  }
  constexpr char const* base[dimension::bases] = {"m", "kg", "s", "A", "K", "mol", "cd"};
  phrase t;
  for (int i = 0; i < dimension::bases; ++i) {
    rational const e = d.exponent(i);
    if (e == rational(0)) continue;
    if (t.size > 0) t += ' ';
    t += base[i];
    if (e == rational(1)) continue;
    t += '^';
    if (e.denominator == 1) {
      t.append(e.numerator);
    } else {
      t += '(';
      t.append(e.numerator);
      t += '/';
      t.append(e.denominator);
      t += ')';
    }
  }
  return t;
}

/// The name of a base unit of a dimension, as a model's line may have it, or how people write the
/// dimension.
constexpr phrase base_unit_name(dimension d) {
  for (unit_row const& u : unit_rows)
    if (u.unit == d && is_coherent(u) && !d.is_one()) return u.name;
  return d == units::molar ? phrase("mmolar") : to_text(d);
}

}  // namespace nernst::ir
