// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/model.hpp>

#include <limits>
#include <numbers>
#include <string_view>

namespace nernst::brian::detail {

/// What a name stands for.
enum class meaning : char {
  unresolved,  ///< nobody has asked yet
  unknown,
  variable,   ///< the symbol `index`
  neighbour,  ///< a variable of the neuron after the synapse, the place `index` in its list
  value,      ///< `value` in SI units of `unit`
  function,   ///< the place `index` in `builtins`
  own,        ///< a function of the user, the place `index` in the model's list
  table,      ///< a timed array, the symbol `index`
  local,      ///< a name that a block of statements has made: the node `index`
  special,    ///< a variable that every model has, the place `index` in `builtins`
  word,       ///< a word of the language
};

/// The functions that are more than one operation.
enum class special_function : char { none, whole, timestep, uniform, normal, poisson, binomial };
/// The variables that are always there.
enum class special_variable : char {
  time,
  time_step,
  step,
  index,
  target_index,
  count,
  noise,
  not_refractory,
  last_spike,
  reserved
};

struct builtin {
  std::string_view name;
  meaning what = meaning::word;
  ir::op code = ir::op::literal;
  int arity = 0;
  int which = 0;  ///< a special_function or special_variable
  double value = 0;
  ir::dimension unit = {};
  bool reserved = true;  ///< a name of Brian 2's own: nothing else can have it
};

constexpr builtin function(std::string_view name, ir::op code, int arity = 1,
                           bool reserved = true) {
  return {name, meaning::function, code, arity, 0, 0, {}, reserved};
}
constexpr builtin function(std::string_view name, special_function which, int arity,
                           bool reserved = true) {
  return {name, meaning::function, ir::op::literal, arity, static_cast<int>(which), 0,
          {},   reserved};
}
constexpr builtin special(std::string_view name, special_variable which) {
  return {name, meaning::special, ir::op::literal, 0, static_cast<int>(which), 0, {}, true};
}
constexpr builtin constant_value(std::string_view name, double value, ir::dimension unit = {},
                                 bool reserved = false) {
  return {name, meaning::value, ir::op::literal, 0, 0, value, unit, reserved};
}
constexpr builtin word(std::string_view name) {
  return {name, meaning::word};
}

namespace unit_of {
inline constexpr ir::dimension per_mole{0, 0, 0, 0, 0, -1},
    per_kelvin = ir::units::joule / ir::units::kelvin;
}

inline constexpr builtin builtins[] = {
    function("exp", ir::op::exp),
    function("exprel", ir::op::exprel),
    function("expm1", ir::op::expm1),
    function("log", ir::op::log),
    function("log10", ir::op::log10),
    function("log1p", ir::op::log1p),
    function("sqrt", ir::op::sqrt),
    function("sin", ir::op::sin),
    function("cos", ir::op::cos),
    function("tan", ir::op::tan),
    function("arcsin", ir::op::asin),
    function("arccos", ir::op::acos),
    function("arctan", ir::op::atan),
    function("sinh", ir::op::sinh),
    function("cosh", ir::op::cosh),
    function("tanh", ir::op::tanh),
    function("abs", ir::op::abs),
    function("sign", ir::op::sign),
    function("ceil", ir::op::ceil),
    function("floor", ir::op::floor),
    function("clip", ir::op::clip, 3),
    function("int", special_function::whole, 1),
    function("timestep", special_function::timestep, 2),
    function("rand", special_function::uniform, 0),
    function("randn", special_function::normal, 0),
    function("poisson", special_function::poisson, 1),
    function("binomial", special_function::binomial, 2, false),
    function("erf", ir::op::erf, 1, false),
    function("asin", ir::op::asin, 1, false),
    function("acos", ir::op::acos, 1, false),
    function("atan", ir::op::atan, 1, false),
    function("atan2", ir::op::atan2, 2, false),
    function("arctan2", ir::op::atan2, 2, false),
    function("min", ir::op::minimum, 2, false),
    function("minimum", ir::op::minimum, 2, false),
    function("max", ir::op::maximum, 2, false),
    function("maximum", ir::op::maximum, 2, false),
    function("pow", ir::op::power, 2, false),
    function("where", ir::op::select, 3, false),
    special("t", special_variable::time),
    special("dt", special_variable::time_step),
    special("t_in_timesteps", special_variable::step),
    special("i", special_variable::index),
    special("j", special_variable::target_index),
    special("N", special_variable::count),
    special("xi", special_variable::noise),
    special("not_refractory", special_variable::not_refractory),
    special("lastspike", special_variable::last_spike),
    special("refractory", special_variable::reserved),
    special("refractory_until", special_variable::reserved),
    constant_value("pi", std::numbers::pi, {}, true),
    constant_value("e", std::numbers::e, {}, true),
    constant_value("inf", std::numeric_limits<double>::infinity(), {}, true),
    constant_value("avogadro_constant", 6.022140857e23, unit_of::per_mole),
    constant_value("boltzmann_constant", 1.38064852e-23, unit_of::per_kelvin),
    constant_value("electric_constant", 8.854187817e-12, ir::units::farad / ir::units::metre),
    constant_value("electron_mass", 9.10938356e-31, ir::units::kilogram),
    constant_value("elementary_charge", 1.6021766208e-19, ir::units::coulomb),
    constant_value("faraday_constant", 96485.33289, ir::units::coulomb / ir::units::mole),
    constant_value("gas_constant", 8.3144598,
                   ir::units::joule / ir::units::mole / ir::units::kelvin),
    constant_value("magnetic_constant", 4 * std::numbers::pi * 1e-7,
                   ir::units::newton / (ir::units::ampere * ir::units::ampere)),
    constant_value("molar_mass_constant", 1e-3, ir::units::kilogram / ir::units::mole),
    constant_value("zero_celsius", 273.15, ir::units::kelvin),
    constant_value("True", 1, {}, true),
    constant_value("False", 0, {}, true),
    word("and"),
    word("or"),
    word("not"),
    word("None"),
    word("as"),
    word("assert"),
    word("async"),
    word("await"),
    word("break"),
    word("class"),
    word("continue"),
    word("def"),
    word("del"),
    word("elif"),
    word("else"),
    word("except"),
    word("finally"),
    word("for"),
    word("from"),
    word("global"),
    word("if"),
    word("import"),
    word("in"),
    word("is"),
    word("lambda"),
    word("nonlocal"),
    word("pass"),
    word("raise"),
    word("return"),
    word("try"),
    word("while"),
    word("with"),
    word("yield"),
};
inline constexpr int builtin_count = static_cast<int>(std::size(builtins));

/// FNV-1a, as `tokenize` computes it.
constexpr std::uint32_t hash_of(std::string_view s) {
  std::uint32_t h = 2166136261U;
  char const *const text = s.data(), *const end = text + s.size();
  for (char const* p = text; p != end; ++p) h = (h ^ static_cast<unsigned char>(*p)) * 16777619U;
  return h;
}
constexpr int slot_of(std::uint32_t hash, int capacity) {
  return static_cast<int>((hash ^ hash >> 15) & static_cast<std::uint32_t>(capacity - 1));
}

/// The places of the builtins by the hash of their names, + 1; 0 where there is none.
struct builtin_index {
  static constexpr int capacity = 256;
  static_assert(2 * builtin_count <= capacity);
  std::uint8_t place[capacity] = {};
  std::uint32_t hash_at[capacity] = {};

  constexpr builtin_index() {
    for (int k = 0; k < builtin_count; ++k) {
      int slot = slot_of(hash_of(builtins[k].name), capacity);
      while (place[slot] != 0) slot = (slot + 1) % capacity;
      place[slot] = static_cast<std::uint8_t>(k + 1);
      hash_at[slot] = hash_of(builtins[k].name);
    }
  }
  /// The place of a name with hash `hash`, or `none`.
  constexpr int find(std::string_view name, std::uint32_t hash) const {
    for (int slot = slot_of(hash, capacity); place[slot] != 0; slot = (slot + 1) % capacity)
      if (hash_at[slot] == hash && builtins[place[slot] - 1].name == name) return place[slot] - 1;
    return ir::none;
  }
};
inline constexpr builtin_index builtins_by_name{};

}  // namespace nernst::brian::detail
