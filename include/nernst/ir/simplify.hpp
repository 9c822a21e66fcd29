// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/rewrite.hpp>

namespace nernst::ir {

// What simplification may change:
//
// * Nothing, in finite arithmetic, by the rules for signs (-(-x), x + (-y), -(x - y), (-x) y ...), neutral elements (x + 0, 1 x, x/1,
//   x^1), x^0 = 1, x - x = 0, x/c = x (1/c) for powers of two, exchanged operands of + * == != and or, x - c = x + (-c), conditions
//   with literals or equal operands, functions of literals with an exact value (exp(0), floor(2.5)), x^(1/2) = sqrt(x)
//   and x^-1 = 1/x. (The sign of a zero may change.)
// * The last digits, where two literals meet: (x + c) + d = x + (c + d), (x c) d = x (c d), c - (x + d) = (c - d) - x.
// * NaN and infinity: 0 x = 0, 0/x = 0, x - x = 0, x == x is true, even where x is not finite. Brian 2 does the same.
//
// Every other division, product and sum is computed as written.

/// Builds nodes in simplest form, from operands in simplest form. Literals that it makes carry no unit.
class simplifier {
 public:
  constexpr explicit simplifier(graph& g) : g_(g) {}

  constexpr int operator()(op code, int a, int b = none, int c = none) {
    switch (code) {
    case op::add:
      return add(a, b);
    case op::subtract:
      return subtract(a, b);
    case op::multiply:
      return multiply(a, b);
    case op::divide:
      return divide(a, b);
    case op::negate:
      return negate(a);
    case op::power:
      return power(a, b);
    case op::select:
      return select(a, b, c);
    case op::minimum:
    case op::maximum:
      return a == b ? a : g_.make(code, a, b);
    case op::less:
    case op::less_equal:
    case op::greater:
    case op::greater_equal:
    case op::equal:
    case op::not_equal:
      return compare(code, a, b);
    case op::logical_and:
    case op::logical_or:
      return combine(code, a, b);
    case op::floor_mod:
      return g_.make(code, a, b);
    default:
      return function(code, a);
    }
  }

  constexpr int add(int a, int b) {
    if (g_.is_literal(a)) exchange(a, b);
    node const x = g_[a], y = g_[b];
    if (y.code == op::literal) {
      if (y.value == 0) return a;
      if (x.code == op::add && g_.is_literal(x.b)) return add(x.a, g_.add(x.b, b));
      if (x.code == op::subtract && g_.is_literal(x.a)) return subtract(g_.add(x.a, b), x.b);
      return g_.add(a, b);
    }
    if (y.code == op::negate) return subtract(a, y.a);
    if (x.code == op::negate) return subtract(b, x.a);
    return ordered(op::add, a, b);
  }

  constexpr int subtract(int a, int b) {
    if (a == b) return zero();
    node const x = g_[a], y = g_[b];
    if (y.code == op::literal) return add(a, g_.negate(b));
    if (y.code == op::negate) return add(a, y.a);
    if (x.code == op::literal) {
      if (x.value == 0) return negate(b);
      if (y.code == op::add && g_.is_literal(y.b)) return subtract(g_.subtract(a, y.b), y.a);
      if (y.code == op::subtract && g_.is_literal(y.a)) return add(y.b, g_.subtract(a, y.a));
    }
    if (x.code == op::negate) return negate(add(x.a, b));
    return g_.subtract(a, b);
  }

  constexpr int multiply(int a, int b) {
    if (g_.is_literal(a)) exchange(a, b);
    node const x = g_[a], y = g_[b];
    if (y.code == op::literal) {
      if (y.value == 0) return zero();
      if (y.value == 1) return a;
      if (y.value == -1) return negate(a);
      if (x.code == op::negate) return multiply(x.a, g_.negate(b));
      if (x.code == op::multiply && g_.is_literal(x.b)) {
        double const product = g_[x.b].value * y.value;
        if (is_normal(product)) return multiply(x.a, g_.multiply(x.b, b));
      }
      return g_.multiply(a, b);
    }
    if (x.code == op::negate) return negate(multiply(x.a, b));
    if (y.code == op::negate) return negate(multiply(a, y.a));
    return ordered(op::multiply, a, b);
  }

  constexpr int divide(int a, int b) {
    node const x = g_[a], y = g_[b];
    if (x.code == op::literal && x.value == 0 && !(y.code == op::literal && y.value == 0)) return zero();
    if (y.code == op::literal) {
      if (y.value == 1) return a;
      if (y.value == -1) return negate(a);
      if (x.code == op::negate) return divide(x.a, g_.negate(b));
      if (x.code != op::literal && has_exact_reciprocal(y.value)) return multiply(a, g_.literal(1 / y.value));
      return g_.divide(a, b);
    }
    if (y.code == op::negate) return x.code == op::literal ? divide(g_.negate(a), y.a) : negate(divide(a, y.a));
    if (x.code == op::negate) return negate(divide(x.a, b));
    return g_.divide(a, b);
  }

  constexpr int negate(int a) {
    node const x = g_[a];
    switch (x.code) {
    case op::negate:
      return x.a;
    case op::subtract:
      return subtract(x.b, x.a);
    case op::add:
      if (g_.is_literal(x.b)) return subtract(g_.negate(x.b), x.a);
      break;
    case op::multiply:
      if (g_.is_literal(x.b)) return multiply(x.a, g_.negate(x.b));
      break;
    case op::divide:
      if (g_.is_literal(x.a)) return g_.divide(g_.negate(x.a), x.b);
      if (g_.is_literal(x.b)) return g_.divide(x.a, g_.negate(x.b));
      break;
    default:
      break;
    }
    return g_.negate(a);
  }

  constexpr int power(int a, int b) {
    node const x = g_[a], y = g_[b];
    if (x.code == op::literal && x.value == 1) return g_.literal(1);
    if (y.code == op::literal) {
      if (y.value == 0) return g_.literal(1);
      if (y.value == 1) return a;
      if (y.value == 0.5) return function(op::sqrt, a);
      if (y.value == -1) return divide(g_.literal(1), a);
    }
    return g_.make(op::power, a, b);
  }

  constexpr int select(int condition, int yes, int no) {
    if (yes == no) return yes;
    node const n = g_[condition];
    if (n.code == op::literal) return n.value != 0 ? yes : no;
    if (n.code == op::logical_not) return select(n.a, no, yes);
    if (g_[yes].code == op::select && g_[yes].a == condition) return select(condition, g_[yes].b, no);
    if (g_[no].code == op::select && g_[no].a == condition) return select(condition, yes, g_[no].c);
    return g_.select(condition, yes, no);
  }

  constexpr int zero() { return g_.literal(0); }

 private:
  static constexpr void exchange(int& a, int& b) {
    int const old = a;
    a = b;
    b = old;
  }
  static constexpr bool is_normal(double x) {
    auto const exponent = (std::bit_cast<std::uint64_t>(x) >> 52) & 2047U;
    return exponent != 0 && exponent != 2047;
  }
  static constexpr bool has_exact_reciprocal(double x) {
    auto const bits = std::bit_cast<std::uint64_t>(x);
    auto const exponent = (bits >> 52) & 2047U;
    return (bits & ((std::uint64_t{1} << 52) - 1)) == 0 && exponent > 0 && exponent < 2045;
  }
  /// Literals stand right, other operands in the order of their indices.
  constexpr int ordered(op code, int a, int b) {
    if (g_.is_literal(a) || (a > b && !g_.is_literal(b))) exchange(a, b);
    return g_.make(code, a, b);
  }

  constexpr int compare(op code, int a, int b) {
    if (a == b) return g_.literal(code == op::less_equal || code == op::greater_equal || code == op::equal);
    if (code == op::equal || code == op::not_equal) return ordered(code, a, b);
    if (!g_.is_literal(a) || g_.is_literal(b)) return g_.make(code, a, b);
    op const mirrored = code == op::less         ? op::greater
                        : code == op::less_equal ? op::greater_equal
                        : code == op::greater    ? op::less
                                                 : op::less_equal;
    return g_.make(mirrored, b, a);
  }

  constexpr int combine(op code, int a, int b) {
    if (a == b) return a;
    if (g_.is_literal(a)) exchange(a, b);
    if (g_.is_literal(b)) {
      bool const truth = g_[b].value != 0;
      return truth == (code == op::logical_and) ? a : g_.literal(truth);
    }
    return ordered(code, a, b);
  }

  constexpr int function(op code, int a) {
    node const x = g_[a];
    if (x.code == code && code == op::logical_not) return x.a;
    if (code == op::abs && (x.code == op::abs || x.code == op::negate)) return function(op::abs, x.a);
    if (x.code != op::literal) return g_.make(code, a);
    double const v = x.value;
    bool const countable = v > -4e15 && v < 4e15;
    double const whole = countable ? static_cast<double>(static_cast<long long>(v)) : v;
    switch (code) {
    case op::sign:
      return g_.literal(v > 0 ? 1 : v < 0 ? -1 : 0);
    case op::ceil:
      return countable ? g_.literal(whole < v ? whole + 1 : whole) : g_.make(code, a);
    case op::floor:
      return countable ? g_.literal(whole > v ? whole - 1 : whole) : g_.make(code, a);
    case op::exp:
    case op::exprel:
    case op::cos:
    case op::cosh:
      return v == 0 ? g_.literal(1) : g_.make(code, a);
    case op::log:
    case op::log10:
      return v == 1 ? zero() : g_.make(code, a);
    case op::sqrt:
      return v == 0 || v == 1 ? a : g_.make(code, a);
    case op::expm1:
    case op::log1p:
    case op::sin:
    case op::tan:
    case op::asin:
    case op::atan:
    case op::sinh:
    case op::tanh:
      return v == 0 ? zero() : g_.make(code, a);
    default:
      return g_.make(code, a);
    }
  }

  graph& g_;
};

/// Builds `roots` in simplest form and returns the new roots. Values are those of the original except as listed above. Units must have
/// been checked before: the literals of the result are plain SI numbers without a unit.
constexpr std::vector<int> simplify(graph& g, std::span<int const> roots) {
  simplifier make(g);
  return rebuild(g, roots, [&](int i, node const& n) {
    if (n.code == op::literal) return n.unit.is_one() ? i : g.literal(n.value);
    return operands(n.code) == 0 ? i : make(n.code, n.a, n.b, n.c);
  });
}

/// Simplifies every expression of a model.
constexpr void simplify(model& m) {
  std::vector<int> const simple = simplify(m.nodes, roots(m));
  int const* next = simple.data();
  for_each_root(m, [&next](int& root) { root = *next++; });
}

}  // namespace nernst::ir
