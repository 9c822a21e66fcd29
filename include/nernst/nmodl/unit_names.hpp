// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/name_table.hpp>
#include <nernst/ir/string_view.hpp>

namespace nernst::nmodl::detail {

struct unit_name {
  ir::string_view name;
  ir::string_view meaning = {};  ///< in terms of others; base units have none
  ir::string_view legacy = {};   ///< where that is another
  int base = ir::none;
};

/// Names of units and constants, with the notation of `unit_table`. The sources of constants: the
/// definition of the SI of 2019 (e, k, mole, planck, c), and NEURON's values before 2020.
inline constexpr unit_name unit_names[] = {
    {"m", {}, {}, 0},
    {"kg", {}, {}, 1},
    {"sec", {}, {}, 2},
    {"coul", {}, {}, 3},
    {"candela", {}, {}, 4},
    {"K", {}, {}, 5},
    {"bit", {}, {}, 6},
    // numbers
    {"fuzz", "1"},
    {"two", "2"},
    {"pi", "3.14159265358979323846"},
    {"percent", "1|100"},
    {"%", "1|100"},
    {"dozen", "12"},
    {"radian", ".5 / pi"},
    {"degree", "1|180 pi-radian"},
    {"circle", "2 pi-radian"},
    {"steradian", "radian2"},
    {"sr", "steradian"},
    // constants
    {"c", "2.99792458+8 m/sec"},
    {"g", "9.80665 m/sec2"},
    {"mole", "6.02214076+23", "6.022169+23"},
    {"e", "1.602176634-19 coul", "1.6021917-19 coul"},
    {"faraday", "e-mole", "9.6485309+4 coul"},
    {"boltzmann", "1.380649-23 joule/K", "1.38064852-23 joule/K"},
    {"k", "boltzmann"},
    {"gasconstant", "k-mole", "8.3144598 joule/K"},
    {"R", "gasconstant"},
    {"planck", "6.62607015-34 joule-sec", "6.626-34 joule-sec"},
    {"hbar", "planck/two-pi", "1.055-34 joule-sec"},
    // time
    {"second", "sec"},
    {"s", "sec"},
    {"minute", "60 sec"},
    {"min", "minute"},
    {"hour", "60 min"},
    {"hr", "hour"},
    {"day", "24 hr"},
    {"week", "7 day"},
    {"year", "365.24219879 day"},
    {"ms", "millisec"},
    {"us", "microsec"},
    {"ns", "nanosec"},
    {"hertz", "/sec"},
    {"Hz", "hertz"},
    {"hz", "/sec"},
    {"khz", "1+3 /sec"},
    {"mhz", "1+6 /sec"},
    // mass
    {"gram", "millikg"},
    {"gramme", "gram"},
    {"gm", "gram"},
    {"mg", "milligram"},
    {"tonne", "1+6 gm"},
    {"amu", "1.66044-27 kg"},
    {"dalton", "amu"},
    // length, area and volume
    {"meter", "m"},
    {"metre", "meter"},
    {"cm", "centimeter"},
    {"mm", "millimeter"},
    {"km", "kilometer"},
    {"nm", "nanometer"},
    {"micron", "micrometer"},
    {"angstrom", "decinanometer"},
    {"inch", "2.54 cm"},
    {"foot", "12 inch"},
    {"feet", "foot"},
    {"hectare", "1+4 m2"},
    {"cc", "cm3"},
    {"liter", "kilocc"},
    {"litre", "liter"},
    {"ml", "milliliter"},
    // mechanics, energy and temperature
    {"newton", "kg-m/sec2"},
    {"N", "newton"},
    {"nt", "newton"},
    {"dyne", "cm-gm/sec2"},
    {"pascal", "nt/m2"},
    {"bar", "1+5 nt/m2"},
    {"atmosphere", "1.01325+5 nt/m2"},
    {"atm", "atmosphere"},
    {"poise", "gm/cm-sec"},
    {"joule", "nt-m"},
    {"erg", "cm2-gm/sec2"},
    {"cal", "4.1868 joule"},
    {"calorie", "cal"},
    {"kcal", "kilocal"},
    {"ev", "e-volt"},
    {"eV", "e-V"},
    {"kelvin", "K"},
    {"degC", "K"},
    {"degF", "5|9 degC"},
    // electricity and magnetism
    {"coulomb", "coul"},
    {"C", "coul"},
    {"ampere", "coul/sec"},
    {"amp", "ampere"},
    {"watt", "joule/sec"},
    {"volt", "watt/amp"},
    {"V", "volt"},
    {"ohm", "volt/amp"},
    {"kilohm", "kiloohm"},
    {"megohm", "megaohm"},
    {"mho", "/ohm"},
    {"siemens", "/ohm"},
    {"farad", "coul/volt"},
    {"pf", "picofarad"},
    {"henry", "sec2/farad"},
    {"mh", "millihenry"},
    {"weber", "volt-sec"},
    {"tesla", "weber/m2"},
    {"gauss", "1-4 weber/m2"},
    // light, rays and information
    {"cd", "candela"},
    {"lumen", "cd sr"},
    {"lux", "cd sr/m2"},
    {"curie", "3.7+10 /sec"},
    {"becquerel", "1|3.7+10 curie"},
    {"baud", "bit/sec"},
    {"byte", "8 bit"},
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
  constexpr unit_name const* find(ir::string_view name) const {
    std::size_t slot = first_slot(name);
    while (rows_[slot] != nullptr && rows_[slot]->name != name) slot = (slot + 1) % capacity;
    return rows_[slot];
  }

 private:
  static constexpr std::size_t capacity = 256;
  static constexpr std::size_t first_slot(ir::string_view name) {
    std::uint32_t const hash = ir::hash_of(name);
    return (hash ^ hash >> 15) % capacity;
  }

  unit_name const* rows_[capacity] = {};
};
inline constexpr unit_index units_by_name{};

/// What most files define in UNITS.
inline constexpr unit_name usual_units[] = {
    {"mV", "millivolt"},   {"mA", "milliamp"},    {"uA", "microamp"},        {"nA", "nanoamp"},
    {"pA", "picoamp"},     {"S", "siemens"},      {"mS", "millisiemens"},    {"uS", "microsiemens"},
    {"nS", "nanosiemens"}, {"pS", "picosiemens"}, {"mM", "millimole/liter"}, {"um", "micron"},
    {"uF", "microfarad"}};

struct unit_prefix {
  ir::string_view name;
  double factor;
};
/// In the order in which they are tried.
inline constexpr unit_prefix unit_prefixes[] = {
    {"atto", 1e-18}, {"femto", 1e-15}, {"pico", 1e-12}, {"nano", 1e-9},
    {"micro", 1e-6}, {"milli", 1e-3},  {"centi", 1e-2}, {"deci", 1e-1},
    {"deka", 1e1},   {"hecta", 1e2},   {"hecto", 1e2},  {"kilo", 1e3},
    {"mega", 1e6},   {"meg", 1e6},     {"giga", 1e9},   {"tera", 1e12}};

}  // namespace nernst::nmodl::detail
