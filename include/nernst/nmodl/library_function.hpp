// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/construct.hpp>

namespace nernst::nmodl {

/// A function that files need not define.
struct library_function {
  std::string_view name;
  int fewest = 1, most = 1;  ///< arguments
  construct needs = construct::none;
};

namespace detail {
inline constexpr int any_number = 1000;
}

/// What NEURON's files may call: functions of C, of NEURON, and of SCoP.
inline constexpr library_function library_functions[] = {
    {"exp"sv},
    {"log"sv},
    {"log10"sv},
    {"sqrt"sv},
    {"fabs"sv},
    {"abs"sv},
    {"sin"sv},
    {"cos"sv},
    {"tan"sv},
    {"asin"sv},
    {"acos"sv},
    {"atan"sv},
    {"sinh"sv},
    {"cosh"sv},
    {"tanh"sv},
    {"erf"sv},
    {"floor"sv},
    {"ceil"sv},
    {"atan2"sv, 2, 2},
    {"fmod"sv, 2, 2},
    {"INT"sv},
    {"pow"sv, 2, 2, construct::power},
    {"nrn_ghk"sv, 4, 4, construct::ghk},
    {"ghk"sv, 3, 3, construct::ghk},
    {"nernst"sv, 3, 3, construct::ghk},
    {"state_discontinuity"sv, 2, 2, construct::state_discontinuity},
    {"net_send"sv, 2, 2, construct::net_send},
    {"net_event"sv, 1, 1, construct::net_event},
    {"net_move"sv, 1, 1, construct::net_move},
    {"at_time"sv, 1, 1, construct::at_time},
    {"printf"sv, 1, detail::any_number, construct::print},
    {"prterr"sv, 1, detail::any_number, construct::print},
    {"nrn_pointing"sv, 1, 1, construct::pointer},
    {"random_uniform"sv, 1, 3, construct::random_stream},
    {"random_negexp"sv, 1, 2, construct::random_stream},
    {"random_normal"sv, 1, 3, construct::random_stream},
    {"random_ipick"sv, 1, 1, construct::random_stream},
    {"random_dpick"sv, 1, 1, construct::random_stream},
    {"random_setseq"sv, 2, 2, construct::random_stream},
    {"random_setids"sv, 4, 4, construct::random_stream},
    {"scop_random"sv, 0, 1, construct::random_function},
    {"exprand"sv, 1, 1, construct::random_function},
    {"normrand"sv, 2, 2, construct::random_function},
    {"poisrand"sv, 1, 1, construct::random_function},
    {"gauss"sv, 2, 3, construct::random_function},
    {"poisson"sv, 1, 2, construct::random_function},
    {"set_seed"sv, 1, 1, construct::random_function},
    {"setseed"sv, 1, 1, construct::random_function},
    {"nrn_random_play"sv, 0, 0, construct::random_function},
#define NERNST_ROW(name) {name, 0, detail::any_number, construct::scop_function}
    NERNST_ROW("threshold"sv),
    NERNST_ROW("force"sv),
    NERNST_ROW("deflate"sv),
    NERNST_ROW("expfit"sv),
    NERNST_ROW("derivs"sv),
    NERNST_ROW("spline"sv),
    NERNST_ROW("hyperbol"sv),
    NERNST_ROW("revhyperbol"sv),
    NERNST_ROW("sigmoid"sv),
    NERNST_ROW("revsigmoid"sv),
    NERNST_ROW("harmonic"sv),
    NERNST_ROW("squarewave"sv),
    NERNST_ROW("sawtooth"sv),
    NERNST_ROW("revsawtooth"sv),
    NERNST_ROW("ramp"sv),
    NERNST_ROW("pulse"sv),
    NERNST_ROW("perpulse"sv),
    NERNST_ROW("step"sv),
    NERNST_ROW("perstep"sv),
    NERNST_ROW("factorial"sv),
    NERNST_ROW("boundary"sv),
    NERNST_ROW("romberg"sv),
    NERNST_ROW("legendre"sv),
    NERNST_ROW("invert"sv),
    NERNST_ROW("stepforce"sv),
    NERNST_ROW("schedule"sv),
#undef NERNST_ROW
};

/// The function of that name, or null.
constexpr library_function const* find_library_function(std::string_view name) {
  for (library_function const& f : library_functions)
    if (f.name == name) return &f;
  return nullptr;
}

}  // namespace nernst::nmodl
