// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/construct.hpp>

namespace nernst::nmodl {

/// A function that files need not define.
struct library_function {
  ir::string_view name;
  int fewest = 1, most = 1;  ///< arguments
  construct needs = construct::none;
};

namespace detail {
inline constexpr int any_number = 1000;
}

/// What NEURON's files may call: functions of C, of NEURON, and of SCoP.
inline constexpr library_function library_functions[] = {
    {"exp"},
    {"log"},
    {"log10"},
    {"sqrt"},
    {"fabs"},
    {"abs"},
    {"sin"},
    {"cos"},
    {"tan"},
    {"asin"},
    {"acos"},
    {"atan"},
    {"sinh"},
    {"cosh"},
    {"tanh"},
    {"erf"},
    {"floor"},
    {"ceil"},
    {"atan2", 2, 2},
    {"fmod", 2, 2},
    {"INT"},
    {"pow", 2, 2, construct::power},
    {"nrn_ghk", 4, 4, construct::ghk},
    {"ghk", 3, 3, construct::ghk},
    {"nernst", 3, 3, construct::ghk},
    {"state_discontinuity", 2, 2, construct::state_discontinuity},
    {"net_send", 2, 2, construct::net_send},
    {"net_event", 1, 1, construct::net_event},
    {"net_move", 1, 1, construct::net_move},
    {"at_time", 1, 1, construct::at_time},
    {"printf", 1, detail::any_number, construct::print},
    {"prterr", 1, detail::any_number, construct::print},
    {"nrn_pointing", 1, 1, construct::pointer},
    {"random_uniform", 1, 3, construct::random_stream},
    {"random_negexp", 1, 2, construct::random_stream},
    {"random_normal", 1, 3, construct::random_stream},
    {"random_ipick", 1, 1, construct::random_stream},
    {"random_dpick", 1, 1, construct::random_stream},
    {"random_setseq", 2, 2, construct::random_stream},
    {"random_setids", 4, 4, construct::random_stream},
    {"scop_random", 0, 1, construct::random_function},
    {"exprand", 1, 1, construct::random_function},
    {"normrand", 2, 2, construct::random_function},
    {"poisrand", 1, 1, construct::random_function},
    {"gauss", 2, 3, construct::random_function},
    {"poisson", 1, 2, construct::random_function},
    {"set_seed", 1, 1, construct::random_function},
    {"setseed", 1, 1, construct::random_function},
    {"nrn_random_play", 0, 0, construct::random_function},
#define NERNST_ROW(name) {name, 0, detail::any_number, construct::scop_function}
    NERNST_ROW("threshold"),
    NERNST_ROW("force"),
    NERNST_ROW("deflate"),
    NERNST_ROW("expfit"),
    NERNST_ROW("derivs"),
    NERNST_ROW("spline"),
    NERNST_ROW("hyperbol"),
    NERNST_ROW("revhyperbol"),
    NERNST_ROW("sigmoid"),
    NERNST_ROW("revsigmoid"),
    NERNST_ROW("harmonic"),
    NERNST_ROW("squarewave"),
    NERNST_ROW("sawtooth"),
    NERNST_ROW("revsawtooth"),
    NERNST_ROW("ramp"),
    NERNST_ROW("pulse"),
    NERNST_ROW("perpulse"),
    NERNST_ROW("step"),
    NERNST_ROW("perstep"),
    NERNST_ROW("factorial"),
    NERNST_ROW("boundary"),
    NERNST_ROW("romberg"),
    NERNST_ROW("legendre"),
    NERNST_ROW("invert"),
    NERNST_ROW("stepforce"),
    NERNST_ROW("schedule"),
#undef NERNST_ROW
};

/// The function of that name, or null.
constexpr library_function const* find_library_function(ir::string_view name) {
  for (library_function const& f : library_functions)
    if (f.name == name) return &f;
  return nullptr;
}

}  // namespace nernst::nmodl
