// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/builtin.hpp>
#include <nernst/ir/constants.hpp>
#include <nernst/ir/name_table.hpp>
#include <nernst/ir/operation.hpp>
#include <nernst/ir/special_values.hpp>

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
  ir::string_view name = {};
  meaning what = meaning::word;
  ir::op code = ir::op::literal;  ///< of a function
  double value = 0;               ///< of a value
  ir::dimension unit = {};
  bool is_brian = true;  ///< a name of Brian 2's own: nothing else can have it
};

constexpr word function(ir::string_view name, ir::op code, bool is_brian) {
  return {.name = name, .what = meaning::function, .code = code, .is_brian = is_brian};
}
constexpr word number(ir::string_view name, double value) {
  return {.name = name, .what = meaning::value, .value = value};
}
constexpr word special(ir::string_view name, bool is_brian = true) {
  return {.name = name, .what = meaning::special, .is_brian = is_brian};
}

/// Names beside those of the functions of one number, of the variables that every model has, and of
/// physical constants, which stand in tables of their own.
inline constexpr word more_words[] = {
    function("clip", ir::op::clip, true),
    function("rand", ir::op::uniform, true),
    function("randn", ir::op::normal, true),
    function("poisson", ir::op::poisson, true),
    function("binomial", ir::op::binomial, false),
    function("atan2", ir::op::atan2, false),
    function("arctan2", ir::op::atan2, false),
    function("min", ir::op::minimum, false),
    function("minimum", ir::op::minimum, false),
    function("max", ir::op::maximum, false),
    function("maximum", ir::op::maximum, false),
    function("pow", ir::op::power, false),
    function("where", ir::op::select, false),
    {.name = "timestep", .what = meaning::timestep},
    special("j"),
    special("refractory"),
    special("refractory_until"),
    number("pi", std::numbers::pi),
    number("e", std::numbers::e),
    number("inf", ir::positive_infinity),
    number("True", 1),
    number("False", 0),
    {"and"},
    {"or"},
    {"not"},
    {"None"},
    {"as"},
    {"assert"},
    {"async"},
    {"await"},
    {"break"},
    {"class"},
    {"continue"},
    {"def"},
    {"del"},
    {"elif"},
    {"else"},
    {"except"},
    {"finally"},
    {"for"},
    {"from"},
    {"global"},
    {"if"},
    {"import"},
    {"in"},
    {"is"},
    {"lambda"},
    {"nonlocal"},
    {"pass"},
    {"raise"},
    {"return"},
    {"try"},
    {"while"},
    {"with"},
    {"yield"},
};

/// All names of the language, by their hash.
class vocabulary {
 public:
  constexpr vocabulary() {
    for (word const& w : more_words) enter(w);
#define NERNST_ROW(called, text, ...)                                                              \
  enter(function(#called, ir::op::called, ir::string_view(text) == #called));                      \
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
  constexpr word const* find(ir::string_view name, std::uint32_t hash) const {
    for (int slot = first_slot(hash); !words_[slot].name.empty(); slot = (slot + 1) % capacity)
      if (hashes_[slot] == hash && words_[slot].name == name) return &words_[slot];
    return nullptr;
  }
  constexpr word const* find(ir::string_view name) const { return find(name, ir::hash_of(name)); }

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
