// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/string_view.hpp>

#include <cstdint>

// The one table of what a file may need beyond the core of the language.
//
// A row has
//   its name, and the stage that brings it;
//   how messages and tables call it; and, of what is refused, what to write instead.

// clang-format off
#define NERNST_NMODL_CONSTRUCTS(row)                                                               \
  row(derivimplicit, v1, "METHOD derivimplicit", "")                                               \
  row(euler, v1, "METHOD euler", "")                                                               \
  row(runge, v1, "METHOD runge", "")                                                               \
  row(no_method, v1, "SOLVE without METHOD", "")                                                   \
  row(solved_procedure, v1, "SOLVE of a PROCEDURE", "")                                            \
  row(written_concentration, v1, "WRITE of a concentration or potential", "")                      \
  row(ghk, v1, "nrn_ghk, nernst", "")                                                              \
  row(net_receive, v1, "NET_RECEIVE", "")                                                          \
  row(net_send, v1, "net_send", "")                                                                \
  row(state_discontinuity, v1, "state_discontinuity", "")                                          \
  row(power, v1, "pow", "")                                                                        \
  row(harmless_verbatim, v1, "VERBATIM without effect", "")                                        \
  row(at_time, v1, "at_time", "")                                                                  \
  row(print, v1, "printf", "")                                                                     \
  row(kinetic, v2, "KINETIC", "")                                                                  \
  row(matexp, v2, "METHOD matexp", "")                                                             \
  row(steady_state, v2, "STEADYSTATE", "")                                                         \
  row(linear, v2, "LINEAR", "")                                                                    \
  row(array, v2, "arrays", "")                                                                     \
  row(loop, v2, "FROM ... TO", "")                                                                 \
  row(while_loop, v2, "while", "")                                                                 \
  row(define, v2, "DEFINE", "")                                                                    \
  row(include, v2, "INCLUDE", "")                                                                  \
  row(pointer, v3, "POINTER", "")                                                                  \
  row(random_function, v3, "random functions", "")                                                 \
  row(random_stream, v3, "RANDOM", "")                                                             \
  row(net_event, v3, "net_event", "")                                                              \
  row(net_move, v3, "net_move", "")                                                                \
  row(watch, v3, "WATCH", "")                                                                      \
  row(artificial_cell, v3, "ARTIFICIAL_CELL", "")                                                  \
  row(for_netcons, v3, "FOR_NETCONS", "")                                                          \
  row(function_table, v3, "FUNCTION_TABLE", "")                                                    \
  row(diffusion, v3, "LONGITUDINAL_DIFFUSION", "")                                                 \
  row(before_after, v3, "BEFORE, AFTER", "")                                                       \
  row(called_block, v3, "a call of a DERIVATIVE", "")                                              \
  row(protect, v3, "PROTECT", "")                                                                  \
  row(mutex, v3, "MUTEXLOCK", "")                                                                  \
  row(verbatim, refused, "VERBATIM",                                                               \
      "write it in NMODL: for random numbers RANDOM r and random_uniform(r), for events net_send " \
      "and net_event, for what others compute POINTER")                                            \
  row(bbcorepointer, refused, "BBCOREPOINTER",                                                     \
      "for random numbers write RANDOM r and random_uniform(r), for other variables POINTER")      \
  row(external, refused, "EXTERNAL",                                                               \
      "write POINTER, or a PARAMETER that both mechanisms are given")                              \
  row(constructor, refused, "CONSTRUCTOR, DESTRUCTOR",                                             \
      "write INITIAL; memory that C code manages is not there")                                    \
  row(discrete, refused, "DISCRETE",                                                               \
      "write a PROCEDURE that computes the new values, and SOLVE it")                              \
  row(nonlinear, refused, "NONLINEAR",                                                             \
      "write a DERIVATIVE with a fast time constant, or LINEAR where the equations are")           \
  row(lag, refused, "LAG", "keep the old values in an array, or send them with net_send")          \
  row(scop_function, refused, "a function of SCoP", "write it as a FUNCTION")
// clang-format on

namespace nernst::nmodl {

/// How much of the language a file needs.
enum class stage : std::uint8_t {
  core,     ///< currents, gates with METHOD cnexp, functions, tables
  v1,       ///< other methods, events, concentrations
  v2,       ///< kinetic schemes, arrays, loops
  v3,       ///< pointers, random numbers, artificial cells and what few files need
  refused,  ///< what is not part of any stage
};
constexpr ir::string_view to_text(stage s) {
  constexpr ir::string_view names[] = {"core", "V1", "V2", "V3", "refused"};
  return names[static_cast<int>(s)];
}

/// What a file may need beyond the core.
enum class construct : std::uint8_t {
#define NERNST_ROW(name, ...) name,
  NERNST_NMODL_CONSTRUCTS(NERNST_ROW)
#undef NERNST_ROW
      none,
};

struct construct_row {
  construct what;
  stage needs = stage::core;
  ir::string_view name, instead;
};
inline constexpr construct_row constructs[] = {
#define NERNST_ROW(name, needs, text, instead) {construct::name, stage::needs, text, instead},
    NERNST_NMODL_CONSTRUCTS(NERNST_ROW)
#undef NERNST_ROW
};
inline constexpr int construct_count = static_cast<int>(construct::none);

constexpr construct_row const& properties(construct c) {
  return constructs[static_cast<int>(c)];
}

}  // namespace nernst::nmodl
