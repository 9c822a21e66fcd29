// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/builtin.hpp>
#include <nernst/ir/constants.hpp>
#include <nernst/ir/name_table.hpp>
#include <nernst/ir/operation.hpp>

#include <limits>
#include <numbers>

namespace nernst::brian::detail {

/// What a name stands for.
enum class meaning : char {
  unresolved,  ///< nobody has asked yet
  unknown,
  variable,  ///< a symbol of the model
  value,     ///< a number with a unit
  function,  ///< an operation of the language
  timestep,  ///< the function of that name
  own,       ///< a function of the user
  table,     ///< a timed array
  local,     ///< a name that a block of statements has made
  special,   ///< a variable that every model has
  word,      ///< a word of the language
};

/// A name of the language.
struct word {
  std::string_view name = {};
  meaning what = meaning::word;
  ir::op code = ir::op::literal;  ///< of a function
  double value = 0;               ///< of a value
  ir::dimension unit = {};
  bool is_brian = true;  ///< a name of Brian 2's own: nothing else can have it
};

constexpr word function(std::string_view name, ir::op code, bool is_brian) {
  return {.name = name, .what = meaning::function, .code = code, .is_brian = is_brian};
}
constexpr word number(std::string_view name, double value) {
  return {.name = name, .what = meaning::value, .value = value};
}
constexpr word special(std::string_view name, bool is_brian = true) {
  return {.name = name, .what = meaning::special, .is_brian = is_brian};
}

/// Names beside those of the functions of one number, of the variables that every model has, and of
/// physical constants, which stand in tables of their own.
inline constexpr word more_words[] = {
    function("clip"sv, ir::op::clip, true),
    function("rand"sv, ir::op::uniform, true),
    function("randn"sv, ir::op::normal, true),
    function("poisson"sv, ir::op::poisson, true),
    function("binomial"sv, ir::op::binomial, false),
    function("atan2"sv, ir::op::atan2, false),
    function("arctan2"sv, ir::op::atan2, false),
    function("min"sv, ir::op::minimum, false),
    function("minimum"sv, ir::op::minimum, false),
    function("max"sv, ir::op::maximum, false),
    function("maximum"sv, ir::op::maximum, false),
    function("pow"sv, ir::op::power, false),
    function("where"sv, ir::op::select, false),
    {.name = "timestep"sv, .what = meaning::timestep},
    special("j"sv),
    special("refractory"sv),
    special("refractory_until"sv),
    number("pi"sv, std::numbers::pi),
    number("e"sv, std::numbers::e),
    number("inf"sv, std::numeric_limits<double>::infinity()),
    number("True"sv, 1),
    number("False"sv, 0),
    {"and"sv},
    {"or"sv},
    {"not"sv},
    {"None"sv},
    {"as"sv},
    {"assert"sv},
    {"async"sv},
    {"await"sv},
    {"break"sv},
    {"class"sv},
    {"continue"sv},
    {"def"sv},
    {"del"sv},
    {"elif"sv},
    {"else"sv},
    {"except"sv},
    {"finally"sv},
    {"for"sv},
    {"from"sv},
    {"global"sv},
    {"if"sv},
    {"import"sv},
    {"in"sv},
    {"is"sv},
    {"lambda"sv},
    {"nonlocal"sv},
    {"pass"sv},
    {"raise"sv},
    {"return"sv},
    {"try"sv},
    {"while"sv},
    {"with"sv},
    {"yield"sv},
};

/// All names of the language, by their hash.
class vocabulary {
 public:
  constexpr vocabulary() {
    for (word const& w : more_words) enter(w);
#define NERNST_ROW(called, text, ...)                                                              \
  enter(function(#called, ir::op::called, std::string_view(text) == #called));                     \
  enter(function(text, ir::op::called, true));
    NERNST_FUNCTIONS(NERNST_ROW)
#undef NERNST_ROW
    // What synapses know is a name like others elsewhere.
    for (ir::symbol const& s : ir::builtins) enter(special(s.id, !ir::is_of_synapse(s.kind)));
    for (ir::physical_constant const& c : ir::physical_constants)
      enter({.name = c.name,
             .what = meaning::value,
             .value = c.value,
             .unit = c.unit,
             .is_brian = false});
  }

  /// The word with a name and its hash, or null.
  constexpr word const* find(std::string_view name, std::uint32_t hash) const {
    for (int slot = first_slot(hash); !words_[slot].name.empty(); slot = (slot + 1) % capacity)
      if (hashes_[slot] == hash && words_[slot].name == name) return &words_[slot];
    return nullptr;
  }
  constexpr word const* find(std::string_view name) const { return find(name, ir::hash_of(name)); }

 private:
  static constexpr int capacity = 512;

  static constexpr int first_slot(std::uint32_t hash) {
    return static_cast<int>((hash ^ hash >> 15) % capacity);
  }
  /// The first word with a name stays.
  constexpr void enter(word const& w) {
    if (w.name.empty() || find(w.name) != nullptr) return;
    std::uint32_t const hash = ir::hash_of(w.name);
    int slot = first_slot(hash);
    while (!words_[slot].name.empty()) slot = (slot + 1) % capacity;
    words_[slot] = w;
    hashes_[slot] = hash;
  }

  word words_[capacity] = {};
  std::uint32_t hashes_[capacity] = {};
};
inline constexpr vocabulary words{};

}  // namespace nernst::brian::detail
