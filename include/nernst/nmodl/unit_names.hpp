// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/literal_text.hpp>
#include <nernst/ir/name_table.hpp>

namespace nernst::nmodl::detail {

struct unit_name {
  std::string_view name;
  std::string_view meaning = {};  ///< in terms of others; base units have none
  std::string_view legacy = {};   ///< where that is another
  int base = ir::none;
};

/// Names of units and constants, with the notation of `unit_table`. The sources of constants: the
/// definition of the SI of 2019 (e, k, mole, planck, c), and NEURON's values before 2020.
inline constexpr unit_name unit_names[] = {
    {"m"sv, {}, {}, 0},
    {"kg"sv, {}, {}, 1},
    {"sec"sv, {}, {}, 2},
    {"coul"sv, {}, {}, 3},
    {"candela"sv, {}, {}, 4},
    {"K"sv, {}, {}, 5},
    {"bit"sv, {}, {}, 6},
    // numbers
    {"fuzz"sv, "1"sv},
    {"two"sv, "2"sv},
    {"pi"sv, "3.14159265358979323846"sv},
    {"percent"sv, "1|100"sv},
    {"%"sv, "1|100"sv},
    {"dozen"sv, "12"sv},
    {"radian"sv, ".5 / pi"sv},
    {"degree"sv, "1|180 pi-radian"sv},
    {"circle"sv, "2 pi-radian"sv},
    {"steradian"sv, "radian2"sv},
    {"sr"sv, "steradian"sv},
    // constants
    {"c"sv, "2.99792458+8 m/sec"sv},
    {"g"sv, "9.80665 m/sec2"sv},
    {"mole"sv, "6.02214076+23"sv, "6.022169+23"sv},
    {"e"sv, "1.602176634-19 coul"sv, "1.6021917-19 coul"sv},
    {"faraday"sv, "e-mole"sv, "9.6485309+4 coul"sv},
    {"boltzmann"sv, "1.380649-23 joule/K"sv, "1.38064852-23 joule/K"sv},
    {"k"sv, "boltzmann"sv},
    {"gasconstant"sv, "k-mole"sv, "8.3144598 joule/K"sv},
    {"R"sv, "gasconstant"sv},
    {"planck"sv, "6.62607015-34 joule-sec"sv, "6.626-34 joule-sec"sv},
    {"hbar"sv, "planck/two-pi"sv, "1.055-34 joule-sec"sv},
    // time
    {"second"sv, "sec"sv},
    {"s"sv, "sec"sv},
    {"minute"sv, "60 sec"sv},
    {"min"sv, "minute"sv},
    {"hour"sv, "60 min"sv},
    {"hr"sv, "hour"sv},
    {"day"sv, "24 hr"sv},
    {"week"sv, "7 day"sv},
    {"year"sv, "365.24219879 day"sv},
    {"ms"sv, "millisec"sv},
    {"us"sv, "microsec"sv},
    {"ns"sv, "nanosec"sv},
    {"hertz"sv, "/sec"sv},
    {"Hz"sv, "hertz"sv},
    {"hz"sv, "/sec"sv},
    {"khz"sv, "1+3 /sec"sv},
    {"mhz"sv, "1+6 /sec"sv},
    // mass
    {"gram"sv, "millikg"sv},
    {"gramme"sv, "gram"sv},
    {"gm"sv, "gram"sv},
    {"mg"sv, "milligram"sv},
    {"tonne"sv, "1+6 gm"sv},
    {"amu"sv, "1.66044-27 kg"sv},
    {"dalton"sv, "amu"sv},
    // length, area and volume
    {"meter"sv, "m"sv},
    {"metre"sv, "meter"sv},
    {"cm"sv, "centimeter"sv},
    {"mm"sv, "millimeter"sv},
    {"km"sv, "kilometer"sv},
    {"nm"sv, "nanometer"sv},
    {"micron"sv, "micrometer"sv},
    {"angstrom"sv, "decinanometer"sv},
    {"inch"sv, "2.54 cm"sv},
    {"foot"sv, "12 inch"sv},
    {"feet"sv, "foot"sv},
    {"hectare"sv, "1+4 m2"sv},
    {"cc"sv, "cm3"sv},
    {"liter"sv, "kilocc"sv},
    {"litre"sv, "liter"sv},
    {"ml"sv, "milliliter"sv},
    // mechanics, energy and temperature
    {"newton"sv, "kg-m/sec2"sv},
    {"N"sv, "newton"sv},
    {"nt"sv, "newton"sv},
    {"dyne"sv, "cm-gm/sec2"sv},
    {"pascal"sv, "nt/m2"sv},
    {"bar"sv, "1+5 nt/m2"sv},
    {"atmosphere"sv, "1.01325+5 nt/m2"sv},
    {"atm"sv, "atmosphere"sv},
    {"poise"sv, "gm/cm-sec"sv},
    {"joule"sv, "nt-m"sv},
    {"erg"sv, "cm2-gm/sec2"sv},
    {"cal"sv, "4.1868 joule"sv},
    {"calorie"sv, "cal"sv},
    {"kcal"sv, "kilocal"sv},
    {"ev"sv, "e-volt"sv},
    {"eV"sv, "e-V"sv},
    {"kelvin"sv, "K"sv},
    {"degC"sv, "K"sv},
    {"degF"sv, "5|9 degC"sv},
    // electricity and magnetism
    {"coulomb"sv, "coul"sv},
    {"C"sv, "coul"sv},
    {"ampere"sv, "coul/sec"sv},
    {"amp"sv, "ampere"sv},
    {"watt"sv, "joule/sec"sv},
    {"volt"sv, "watt/amp"sv},
    {"V"sv, "volt"sv},
    {"ohm"sv, "volt/amp"sv},
    {"kilohm"sv, "kiloohm"sv},
    {"megohm"sv, "megaohm"sv},
    {"mho"sv, "/ohm"sv},
    {"siemens"sv, "/ohm"sv},
    {"farad"sv, "coul/volt"sv},
    {"pf"sv, "picofarad"sv},
    {"henry"sv, "sec2/farad"sv},
    {"mh"sv, "millihenry"sv},
    {"weber"sv, "volt-sec"sv},
    {"tesla"sv, "weber/m2"sv},
    {"gauss"sv, "1-4 weber/m2"sv},
    // light, rays and information
    {"cd"sv, "candela"sv},
    {"lumen"sv, "cd sr"sv},
    {"lux"sv, "cd sr/m2"sv},
    {"curie"sv, "3.7+10 /sec"sv},
    {"becquerel"sv, "1|3.7+10 curie"sv},
    {"baud"sv, "bit/sec"sv},
    {"byte"sv, "8 bit"sv},
};

/// The names by their hash: looking one up takes few steps of constant evaluation.
class unit_index {
 public:
  constexpr unit_index() {
    for (unit_name const& u : unit_names) {
      std::size_t slot = first_slot(u.name);
      while (rows_[slot] != nullptr) slot = (slot + 1) % capacity;
      rows_[slot] = &u;
    }
  }
  /// The row of a name, or null.
  constexpr unit_name const* find(std::string_view name) const {
    std::size_t slot = first_slot(name);
    while (rows_[slot] != nullptr && rows_[slot]->name != name) slot = (slot + 1) % capacity;
    return rows_[slot];
  }

 private:
  static constexpr std::size_t capacity = 256;
  static constexpr std::size_t first_slot(std::string_view name) {
    std::uint32_t const hash = ir::hash_of(name);
    return (hash ^ hash >> 15) % capacity;
  }

  unit_name const* rows_[capacity] = {};
};
inline constexpr unit_index units_by_name{};

/// What most files define in UNITS.
inline constexpr unit_name usual_units[] = {
    {"mV"sv, "millivolt"sv},    {"mA"sv, "milliamp"sv},        {"uA"sv, "microamp"sv},
    {"nA"sv, "nanoamp"sv},      {"pA"sv, "picoamp"sv},         {"S"sv, "siemens"sv},
    {"mS"sv, "millisiemens"sv}, {"uS"sv, "microsiemens"sv},    {"nS"sv, "nanosiemens"sv},
    {"pS"sv, "picosiemens"sv},  {"mM"sv, "millimole/liter"sv}, {"um"sv, "micron"sv},
    {"uF"sv, "microfarad"sv}};

struct unit_prefix {
  std::string_view name;
  double factor;
};
/// In the order in which they are tried.
inline constexpr unit_prefix unit_prefixes[] = {
    {"atto"sv, 1e-18}, {"femto"sv, 1e-15}, {"pico"sv, 1e-12}, {"nano"sv, 1e-9},
    {"micro"sv, 1e-6}, {"milli"sv, 1e-3},  {"centi"sv, 1e-2}, {"deci"sv, 1e-1},
    {"deka"sv, 1e1},   {"hecta"sv, 1e2},   {"hecto"sv, 1e2},  {"kilo"sv, 1e3},
    {"mega"sv, 1e6},   {"meg"sv, 1e6},     {"giga"sv, 1e9},   {"tera"sv, 1e12}};

}  // namespace nernst::nmodl::detail
