// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/name_table.hpp>
#include <nernst/ir/string_view.hpp>

// The words of NMODL, in the order of `keyword`.
// clang-format off
#define NERNST_NMODL_KEYWORDS(row) \
  row(title, "TITLE") row(comment, "COMMENT") row(verbatim, "VERBATIM")                           \
  row(represents, "REPRESENTS") row(neuron, "NEURON") row(suffix, "SUFFIX")                       \
  row(point_process, "POINT_PROCESS") row(artificial_cell, "ARTIFICIAL_CELL")                     \
  row(nonspecific_current, "NONSPECIFIC_CURRENT") row(electrode_current, "ELECTRODE_CURRENT")     \
  row(range, "RANGE") row(global, "GLOBAL") row(pointer, "POINTER")                               \
  row(bbcorepointer, "BBCOREPOINTER") row(external, "EXTERNAL") row(random, "RANDOM")             \
  row(threadsafe, "THREADSAFE") row(useion, "USEION") row(read, "READ") row(write, "WRITE")       \
  row(valence, "VALENCE") row(charge, "CHARGE") row(units, "UNITS") row(unitson, "UNITSON")       \
  row(unitsoff, "UNITSOFF") row(parameter, "PARAMETER") row(constant, "CONSTANT")                 \
  row(assigned, "ASSIGNED") row(state, "STATE") row(independent, "INDEPENDENT")                   \
  row(from, "FROM") row(to, "TO") row(with, "WITH") row(start, "START") row(sweep, "SWEEP")       \
  row(define, "DEFINE") row(include, "INCLUDE") row(initial, "INITIAL")                           \
  row(breakpoint, "BREAKPOINT") row(derivative, "DERIVATIVE") row(kinetic, "KINETIC")             \
  row(linear, "LINEAR") row(nonlinear, "NONLINEAR") row(discrete, "DISCRETE")                     \
  row(function, "FUNCTION") row(function_table, "FUNCTION_TABLE") row(procedure, "PROCEDURE")     \
  row(net_receive, "NET_RECEIVE") row(constructor, "CONSTRUCTOR") row(destructor, "DESTRUCTOR")   \
  row(before, "BEFORE") row(after, "AFTER") row(step, "STEP") row(local, "LOCAL") row(if_, "IF")  \
  row(else_, "ELSE") row(while_, "WHILE") row(by, "BY") row(solve, "SOLVE")                       \
  row(method, "METHOD") row(steadystate, "STEADYSTATE") row(solvefor, "SOLVEFOR")                 \
  row(table, "TABLE") row(depend, "DEPEND") row(conductance, "CONDUCTANCE")                       \
  row(conserve, "CONSERVE") row(compartment, "COMPARTMENT")                                       \
  row(longitudinal_diffusion, "LONGITUDINAL_DIFFUSION") row(lag, "LAG") row(watch, "WATCH")       \
  row(for_netcons, "FOR_NETCONS") row(protect, "PROTECT") row(mutexlock, "MUTEXLOCK")             \
  row(mutexunlock, "MUTEXUNLOCK")
// clang-format on

namespace nernst::nmodl {

/// A word of NMODL, which cannot be a name.
enum class keyword : std::uint8_t {
  none,
#define NERNST_ROW(name, text) name,
  NERNST_NMODL_KEYWORDS(NERNST_ROW)
#undef NERNST_ROW
};

namespace detail {

inline constexpr ir::string_view keyword_texts[] = {"",
#define NERNST_ROW(name, text) text,
                                                    NERNST_NMODL_KEYWORDS(NERNST_ROW)
#undef NERNST_ROW
};

/// The words by their hash.
class keyword_table {
 public:
  constexpr keyword_table() {
    for (int k = 1; k < static_cast<int>(sizeof keyword_texts / sizeof *keyword_texts); ++k)
      enter(keyword_texts[k], static_cast<keyword>(k));
    // Only these three are words in small letters, too.
    enter("if", keyword::if_);
    enter("else", keyword::else_);
    enter("while", keyword::while_);
  }
  constexpr keyword find(ir::string_view name, std::uint32_t hash) const {
    std::size_t slot = first_slot(hash);
    for (; keywords_[slot] != keyword::none; slot = (slot + 1) % capacity)
      if (names_[slot] == name) return keywords_[slot];
    return keyword::none;
  }

 private:
  static constexpr std::size_t capacity = 256;

  static constexpr std::size_t first_slot(std::uint32_t hash) {
    return (hash ^ hash >> 15) % capacity;
  }
  constexpr void enter(ir::string_view name, keyword k) {
    std::size_t slot = first_slot(ir::hash_of(name));
    while (keywords_[slot] != keyword::none) slot = (slot + 1) % capacity;
    names_[slot] = name;
    keywords_[slot] = k;
  }

  ir::string_view names_[capacity] = {};
  keyword keywords_[capacity] = {};
};
inline constexpr keyword_table keywords{};

}  // namespace detail

/// The word that a name is, or `none`.
constexpr keyword keyword_of(ir::string_view name) {
  return detail::keywords.find(name, ir::hash_of(name));
}
/// The same of a name in a table, which knows its hash.
constexpr keyword keyword_of(ir::name_table const& names, int number) {
  return detail::keywords.find(names[number], names.hash(number));
}
/// How a word is written.
constexpr ir::string_view to_text(keyword k) {
  return detail::keyword_texts[static_cast<std::size_t>(k)];
}

}  // namespace nernst::nmodl
