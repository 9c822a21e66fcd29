// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#pragma once

#include <nernst/ir/graph.hpp>

#include <random>
#include <vector>

/// Random well-formed expressions: numbers where numbers are needed and conditions where conditions
/// are. Everything is dimensionless. The same seed gives the same expressions with every compiler
/// and library.
class random_expressions {
 public:
  /// Expressions in the symbols 0 ... symbols - 1.
  random_expressions(nernst::ir::graph& g, int symbols, unsigned seed)
      : g_(g), symbols_(symbols), random_(seed) {}

  /// A number of at most `depth` operations on top of each other. Values stay moderate for
  /// arguments in [-2, 2], but may be undefined (the square root of a negative number, a quotient
  /// by zero).
  int number(int depth) {
    using nernst::ir::op;
    if (depth <= 0 || one_of(8) == 0) return leaf();
    int const d = depth - 1;
    switch (one_of(20)) {
    case 0:
    case 1:
    case 2:
      return g_.make(op::add, number(d), number(d));
    case 3:
    case 4:
    case 5:
      return g_.make(op::subtract, number(d), number(d));
    case 6:
    case 7:
    case 8:
      return g_.make(op::multiply, number(d), number(d));
    case 9:
    case 10:
      return g_.make(op::divide, number(d), number(d));
    case 11:
      return g_.make(op::negate, number(d));
    case 12:
      return g_.make(op::select, condition(d), number(d), number(d));
    case 13:
      return g_.make(one_of(2) != 0 ? op::minimum : op::maximum, number(d), number(d));
    case 14:
      return power(d);
    case 15:
      return g_.make(op::floor_mod, number(d), number(d));
    default:
      return function(d);
    }
  }

  /// A condition.
  int condition(int depth) {
    using nernst::ir::op;
    constexpr op comparisons[] = {op::less,          op::less_equal, op::greater,
                                  op::greater_equal, op::equal,      op::not_equal};
    int const d = depth - 1;
    int const kind = depth <= 0 ? 0 : one_of(6);
    if (kind == 1) return g_.make(op::logical_not, condition(d));
    if (kind == 2)
      return g_.make(one_of(2) != 0 ? op::logical_and : op::logical_or, condition(d), condition(d));
    return g_.make(comparisons[one_of(6)], number(d), number(d));
  }

  /// An expression without conditions, roundings or extrema, which has a derivative wherever it is
  /// defined.
  int smooth(int depth) {
    using nernst::ir::op;
    if (depth <= 0 || one_of(8) == 0) return leaf();
    int const d = depth - 1;
    switch (one_of(10)) {
    case 0:
    case 1:
      return g_.make(op::add, smooth(d), smooth(d));
    case 2:
      return g_.make(op::subtract, smooth(d), smooth(d));
    case 3:
    case 4:
      return g_.make(op::multiply, smooth(d), smooth(d));
    case 5:
      return g_.make(op::divide, smooth(d), smooth(d));
    case 6:
      return g_.make(op::power, smooth(d), one_of(3) == 0 ? smooth(d) : g_.literal(one_of(5) - 1));
    default:
      return g_.make(functions[one_of(smooth_functions)], smooth(d));
    }
  }

  /// An expression that is linear in the symbols below `variables`; the others are coefficients.
  int linear(int depth, int variables) {
    using nernst::ir::op;
    int const d = depth - 1;
    if (depth <= 0)
      return one_of(4) == 0 ? coefficient(0, variables) : g_.symbol(one_of(variables));
    switch (one_of(7)) {
    case 0:
    case 1:
      return g_.make(op::add, linear(d, variables), linear(d, variables));
    case 2:
      return g_.make(op::subtract, linear(d, variables), linear(d, variables));
    case 3:
      return g_.make(op::negate, linear(d, variables));
    case 4:
      return g_.make(op::multiply, linear(d, variables), coefficient(d, variables));
    case 5:
      return g_.make(op::divide, linear(d, variables), coefficient(d, variables));
    default: {
      int const c = g_.make(op::less, coefficient(d, variables), coefficient(d, variables));
      return g_.make(op::select, c, linear(d, variables), linear(d, variables));
    }
    }
  }

  /// A value for a symbol, in [-2, 2] and a multiple of 1/1024, so that sums of a few are exact.
  double value() { return one_of(4097) / 1024.0 - 2; }

 private:
  static constexpr int smooth_functions = 17, all_functions = 21;
  static constexpr nernst::ir::op functions[all_functions] = {
      nernst::ir::op::negate, nernst::ir::op::sqrt, nernst::ir::op::exp,   nernst::ir::op::expm1,
      nernst::ir::op::exprel, nernst::ir::op::log,  nernst::ir::op::log10, nernst::ir::op::log1p,
      nernst::ir::op::sin,    nernst::ir::op::cos,  nernst::ir::op::tan,   nernst::ir::op::asin,
      nernst::ir::op::acos,   nernst::ir::op::atan, nernst::ir::op::sinh,  nernst::ir::op::cosh,
      nernst::ir::op::tanh,   nernst::ir::op::abs,  nernst::ir::op::sign,  nernst::ir::op::ceil,
      nernst::ir::op::floor};

  int one_of(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  int leaf() {
    if (one_of(3) != 0) return g_.symbol(one_of(symbols_));
    constexpr double usual[] = {0, 1, -1, 2, 0.5, -0.25};
    return g_.literal(one_of(2) != 0 ? usual[one_of(6)] : one_of(33) / 8.0 - 2);
  }
  int power(int depth) {
    constexpr double exponents[] = {0, 1, 2, 3, 4, -1, -2, 0.5};
    int const base = number(depth);
    return g_.make(nernst::ir::op::power, base,
                   one_of(6) == 0 ? number(depth) : g_.literal(exponents[one_of(8)]));
  }
  int function(int depth) { return g_.make(functions[one_of(all_functions)], number(depth)); }
  int coefficient(int depth, int variables) {
    using nernst::ir::op;
    if (depth <= 0)
      return one_of(2) == 0 ? g_.literal(one_of(33) / 8.0 - 2)
                            : g_.symbol(variables + one_of(symbols_ - variables));
    op const code = one_of(3) == 0 ? op::multiply : one_of(2) == 0 ? op::add : op::cos;
    if (code == op::cos) return g_.make(code, coefficient(depth - 1, variables));
    return g_.make(code, coefficient(depth - 1, variables), coefficient(depth - 1, variables));
  }

  nernst::ir::graph& g_;
  int symbols_;
  std::mt19937 random_;
};

namespace notation {

/// Values for symbols and draws, for the interpreter.
template <class Real>
struct basic_values {
  std::vector<Real> symbols;

  Real symbol(int index) const { return symbols[static_cast<std::size_t>(index)]; }
  Real draw(nernst::ir::op code, int index) const {
    return code == nernst::ir::op::uniform ? Real(0.25) : Real(index) / 8;
  }
};
using values = basic_values<double>;

}  // namespace notation
