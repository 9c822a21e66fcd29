// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/operation_counts.hpp>
#include <nernst/ir/special_values.hpp>
#include <nernst/ir/string_view.hpp>

#include <cstdint>

// The one table of operations. A function of one number is a row of NERNST_FUNCTIONS, everything
// else that computes a row of `operations`. Passes ask for properties; where they name an
// operation, they know a law of it.
//
// A row of a function has
//   its name in C++ and in graphs, and that in Brian's language, or "" where Brian does not have
//   it; the units and values that it takes and gives (`unit_rule`, `value_rule`); where its value
//   jumps (`continuity`), and what it costs; an argument for which it is exact and its value there,
//   or `no`; its derivative in terms of x and y, which is its value.

// clang-format off
// Those that <cmath> has.
#define NERNST_STANDARD_FUNCTIONS(row)                                                         \
  row(abs,     "abs",    same,  number,  smooth,   rounding,    no, no, sign(x))               \
  row(ceil,    "ceil",   same,  real,    jumps,    rounding,    no, no, zero)                  \
  row(floor,   "floor",  same,  real,    jumps,    rounding,    no, no, zero)                  \
  row(trunc,   "int",    pure,  integer, jumps,    rounding,    no, no, zero)                  \
  row(sqrt,    "sqrt",   root,  real,    smooth,   square_root, 1,  1,  0.5 / y)               \
  row(exp,     "exp",    pure,  real,    smooth,   function,    0,  1,  y)                     \
  row(expm1,   "expm1",  pure,  real,    smooth,   function,    0,  0,  exp(x))                \
  row(log,     "log",    pure,  real,    smooth,   function,    1,  0,  1 / x)                 \
  row(log10,   "log10",  pure,  real,    smooth,   function,    1,  0,  log10_of_e / x)        \
  row(log1p,   "log1p",  pure,  real,    smooth,   function,    0,  0,  1 / (x + 1))           \
  row(sin,     "sin",    pure,  real,    smooth,   function,    0,  0,  cos(x))                \
  row(cos,     "cos",    pure,  real,    smooth,   function,    0,  1,  -sin(x))               \
  row(tan,     "tan",    pure,  real,    smooth,   function,    0,  0,  y * y + 1)             \
  row(asin,    "arcsin", pure,  real,    smooth,   function,    0,  0,  1 / sqrt(1 - x * x))   \
  row(acos,    "arccos", pure,  real,    smooth,   function,    no, no, -1 / sqrt(1 - x * x))  \
  row(atan,    "arctan", pure,  real,    smooth,   function,    0,  0,  1 / (x * x + 1))       \
  row(sinh,    "sinh",   pure,  real,    smooth,   function,    0,  0,  cosh(x))               \
  row(cosh,    "cosh",   pure,  real,    smooth,   function,    0,  1,  sinh(x))               \
  row(tanh,    "tanh",   pure,  real,    smooth,   function,    0,  0,  1 - y * y)             \
  row(erf,     "",       pure,  real,    smooth,   function,    0,  0,  slope_of_erf(x))
// Those that evaluation.hpp defines.
#define NERNST_OWN_FUNCTIONS(row)                                                              \
  row(sign,    "sign",   plain, integer, compares, rounding,    no, no, zero)                  \
  row(exprel,  "exprel", pure,  real,    smooth,   function,    0,  1,  slope_of_exprel(x, y))  \
  row(exprelr, "",       pure,  real,    smooth,   function,    0,  1,  slope_of_exprelr(x, y))
#define NERNST_FUNCTIONS(row) NERNST_STANDARD_FUNCTIONS(row) NERNST_OWN_FUNCTIONS(row)
// clang-format on

namespace nernst::ir {

/// What a node computes.
enum class op : std::uint8_t {
  literal,    ///< a number, in SI units
  symbol,     ///< the variable `which`
  uniform,    ///< a random number in [0, 1)
  normal,     ///< a standard normal random number
  poisson,    ///< a random number of events, `a` on average
  poisson_2,  ///< the same where exp(-a) is known to be about `b`; `reduce_strength` makes it
  binomial,   ///< the random number of successes in `a` trials with probability `b`
  negate,
  add,
  subtract,
  multiply,
  divide,
  power,
  floor_mod,     ///< a - b floor(a/b), Python's `%`
  floor_divide,  ///< floor(a/b), Python's `//`
  exprelr_2,  ///< exprelr(a) where exp(a) is known to be about `b`; `share_exponentials` makes it
  atan2,
  minimum,
  maximum,
  clip,  ///< a limited to [b, c], with the type of a; `resolve_types` replaces it
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  logical_not,
  logical_and,
  logical_or,
  select,    ///< a ? b : c
  lookup,    ///< the value of timed array `which` (a symbol) at time `a`
  lookup_2,  ///< the value of timed array `which` at time `a` in column `b`
  call_1,    ///< the user's function `which`
  call_2,
  call_3,
#define NERNST_ROW(name, ...) name,
  NERNST_FUNCTIONS(NERNST_ROW)
#undef NERNST_ROW
};

/// The units of an operation.
enum class unit_rule : std::uint8_t {
  own,         ///< a rule that no other has, see `checker`
  pure,        ///< numbers give a number
  plain,       ///< anything gives a number
  same,        ///< the unit of the operand
  root,        ///< its square root
  equal,       ///< that which all operands have
  alike,       ///< a number, from operands with one unit
  conditions,  ///< truth values give a truth value
};

/// The values of an operation.
enum class value_rule : std::uint8_t {
  real,
  integer,
  truth,
  number,  ///< integers if all operands are
  first,   ///< integers if the first operand is
  choice,  ///< what the second and third operand have in common
};

/// Where a small change of an operand makes a large one of the value.
enum class continuity : std::uint8_t {
  smooth,    ///< nowhere
  compares,  ///< where an operand passes another one, or zero
  jumps,     ///< at whole numbers, or at the steps of a table
};

/// How tightly an operator binds its operands, as in Python: what is greater binds tighter.
enum class binding : std::uint8_t {
  loosest,
  disjunction,
  conjunction,
  inversion,
  comparison,
  sum,
  product,
  sign,
  exponent,
  atom,
};

/// What is known of an operation.
struct operation {
  op code;
  int operands = 0;
  /// How people read it, and how Brian writes operators.
  string_view name = {};
  /// How it is written in C++, where that is another way.
  string_view cpp = {};
  /// A function's name in Brian's language; empty where Brian does not have it.
  string_view brian = {};
  binding binds = binding::atom;
  unit_rule unit = unit_rule::own;
  value_rule value = value_rule::real;
  ir::continuity continuity = continuity::smooth;
  operation_counts cost = {};
  /// An argument for which a function is exact, and its value there; not-a-number where there is
  /// none.
  double exact_at = quiet_nan;
  double exact_value = 0;
};

namespace detail::operation_table {

inline constexpr operation_counts addition{.additions = 1}, multiplication{.multiplications = 1},
    division{.divisions = 1}, square_root{.square_roots = 1}, function{.functions = 1},
    call{.calls = 1}, rounding{.roundings = 1}, comparison{.comparisons = 1},
    selection{.selections = 1}, reading{.lookups = 1};

inline constexpr double no = quiet_nan;
using enum unit_rule;
using enum value_rule;
using enum continuity;

constexpr operation compared(op code, string_view name) {
  return {.code = code,
          .operands = 2,
          .name = name,
          .binds = binding::comparison,
          .unit = alike,
          .value = truth,
          .continuity = compares,
          .cost = comparison};
}
constexpr operation logical(op code, int operands, string_view name, string_view cpp) {
  return {.code = code,
          .operands = operands,
          .name = name,
          .cpp = cpp,
          .unit = conditions,
          .value = truth,
          .cost = comparison};
}
constexpr operation poisson(op code, int operands) {
  return {.code = code,
          .operands = operands,
          .name = "poisson",
          .unit = pure,
          .value = integer,
          .cost = {.poisson = 1}};
}
constexpr operation called(op code, int operands) {
  return {.code = code, .operands = operands, .name = "call", .cost = call};
}
constexpr operation looked_up(op code, int operands) {
  return {
      .code = code, .operands = operands, .name = "lookup", .continuity = jumps, .cost = reading};
}
/// The same, with a place in the order of operators.
constexpr operation binding_like(binding how, operation o) {
  o.binds = how;
  return o;
}

inline constexpr operation operations[] = {
    {.code = op::literal, .name = "literal"},
    {.code = op::symbol, .name = "variable"},
    {.code = op::uniform, .name = "uniform", .unit = pure, .cost = {.uniform = 1}},
    {.code = op::normal, .name = "normal", .unit = pure, .cost = {.normal = 1}},
    poisson(op::poisson, 1),
    poisson(op::poisson_2, 2),
    {.code = op::binomial,
     .operands = 2,
     .name = "binomial",
     .unit = pure,
     .cost = {.binomial = 1}},
    {.code = op::negate,
     .operands = 1,
     .name = "-",
     .binds = binding::sign,
     .unit = same,
     .value = number,
     .cost = addition},
    {.code = op::add,
     .operands = 2,
     .name = "+",
     .binds = binding::sum,
     .unit = equal,
     .value = number,
     .cost = addition},
    {.code = op::subtract,
     .operands = 2,
     .name = "-",
     .binds = binding::sum,
     .unit = equal,
     .value = number,
     .cost = addition},
    {.code = op::multiply,
     .operands = 2,
     .name = "*",
     .binds = binding::product,
     .value = number,
     .cost = multiplication},
    {.code = op::divide, .operands = 2, .name = "/", .binds = binding::product, .cost = division},
    {.code = op::power,
     .operands = 2,
     .name = "**",
     .cpp = "pow",
     .binds = binding::exponent,
     .value = number,
     .cost = function},
    {.code = op::floor_mod,
     .operands = 2,
     .name = "%",
     .cpp = "floor_mod",
     .binds = binding::product,
     .unit = equal,
     .value = number,
     .continuity = jumps,
     .cost = {.additions = 1, .multiplications = 1, .divisions = 1, .roundings = 1}},
    {.code = op::floor_divide,
     .operands = 2,
     .name = "//",
     .binds = binding::product,
     .unit = pure,
     .value = number,
     .continuity = jumps,
     .cost = {.divisions = 1, .roundings = 1}},
    {.code = op::exprelr_2, .operands = 2, .name = "exprelr", .unit = pure, .cost = function},
    {.code = op::atan2, .operands = 2, .name = "atan2", .unit = alike, .cost = function},
    {.code = op::minimum,
     .operands = 2,
     .name = "minimum",
     .unit = equal,
     .value = number,
     .cost = selection},
    {.code = op::maximum,
     .operands = 2,
     .name = "maximum",
     .unit = equal,
     .value = number,
     .cost = selection},
    {.code = op::clip,
     .operands = 3,
     .name = "clip",
     .brian = "clip",
     .unit = equal,
     .value = first,
     .cost = {.selections = 2}},
    compared(op::less, "<"),
    compared(op::less_equal, "<="),
    compared(op::greater, ">"),
    compared(op::greater_equal, ">="),
    compared(op::equal, "=="),
    compared(op::not_equal, "!="),
    binding_like(binding::inversion, logical(op::logical_not, 1, "not", "!")),
    binding_like(binding::conjunction, logical(op::logical_and, 2, "and", "&&")),
    binding_like(binding::disjunction, logical(op::logical_or, 2, "or", "||")),
    {.code = op::select, .operands = 3, .name = "select", .value = choice, .cost = selection},
    looked_up(op::lookup, 1),
    looked_up(op::lookup_2, 2),
    called(op::call_1, 1),
    called(op::call_2, 2),
    called(op::call_3, 3),
#define NERNST_ROW(id, text, units, values, steps, costs, at, value_there, slope)                  \
  {.code = op::id,                                                                                 \
   .operands = 1,                                                                                  \
   .name = #id,                                                                                    \
   .brian = text,                                                                                  \
   .unit = units,                                                                                  \
   .value = values,                                                                                \
   .continuity = steps,                                                                            \
   .cost = costs,                                                                                  \
   .exact_at = at,                                                                                 \
   .exact_value = value_there},
    NERNST_FUNCTIONS(NERNST_ROW)
#undef NERNST_ROW
};
inline constexpr int operation_count = static_cast<int>(sizeof operations / sizeof *operations);

/// The rows by code.
struct operation_index {
  std::uint8_t place[operation_count] = {}, operands[operation_count] = {};

  constexpr operation_index() {
    for (int k = 0; k < operation_count; ++k) {
      auto const code = static_cast<int>(operations[k].code);
      place[code] = static_cast<std::uint8_t>(k);
      operands[code] = static_cast<std::uint8_t>(operations[k].operands);
    }
  }
};
inline constexpr operation_index by_code{};

}  // namespace detail::operation_table

constexpr operation const& properties(op code) {
  using namespace detail::operation_table;
  return operations[by_code.place[static_cast<int>(code)]];
}
/// The number of operands of an operation.
constexpr int operands(op code) {
  return detail::operation_table::by_code.operands[static_cast<int>(code)];
}
/// Whether an operation yields a truth value.
constexpr bool is_condition(op code) {
  return properties(code).value == value_rule::truth;
}
/// Poisson numbers of a smaller mean are found with exp(-mean).
inline constexpr double few_events = 10;
/// Whether each evaluation draws anew.
constexpr bool is_random(op code) {
  return op::uniform <= code && code <= op::binomial;
}
/// Whether an operation calls a function of the user.
constexpr bool is_call(op code) {
  return code == op::call_1 || code == op::call_2 || code == op::call_3;
}
/// The operation that calls a function of so many arguments.
constexpr op call_of(int arity) {
  if (arity == 1) return op::call_1;
  return arity == 2 ? op::call_2 : op::call_3;
}
/// Whether an operation reads a timed array.
constexpr bool is_lookup(op code) {
  return code == op::lookup || code == op::lookup_2;
}

}  // namespace nernst::ir
