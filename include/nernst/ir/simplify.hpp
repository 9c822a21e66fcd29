// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/rewrite.hpp>

namespace nernst::ir {

// What simplification may change:
//
// * Nothing, in finite arithmetic, by the rules for signs (-(-x), x + (-y), -(x - y), (-x) y ...),
// neutral elements (x + 0, 1 x, x/1,
//   x^1), x^0 = 1, x - x = 0, x/c = x (1/c) for powers of two, exchanged operands of + * == != and
//   or, x - c = x + (-c), conditions with literals or equal operands, functions of literals with an
//   exact value (exp(0), floor(2.5)), x^(1/2) = sqrt(x) and x^-1 = 1/x. (The sign of a zero may
//   change.)
// * The last digits, where two literals meet: (x + c) + d = x + (c + d), (x c) d = x (c d), c - (x
// + d) = (c - d) - x; and where something
//   cancels: (x + y) - y = x, (x - y) + y = x, x - (x + y) = -y and its like, (x y)/y = x, (x/y) y
//   = x.
// * NaN and infinity: 0 x = 0, 0/x = 0, x - x = 0, x/x = 1, x == x is true, and what cancels as
// above, even where x or y is not finite or
//   a divisor is zero. Brian 2 does the same.
//
// Every other division, product and sum is computed as written.

/// Builds nodes in simplest form, from operands in simplest form. Literals that it makes carry no
/// unit.
class simplifier {
 public:
  constexpr explicit simplifier(graph& g) : g_(g) {}

  // clang counts statements in constant evaluation, and steps through a `switch` to reach a late
  // case: so the common operations come first, and their common cases before the others.
  constexpr int operator()(node const& n) {
    return n.code == op::multiply   ? multiply(n.a, n.b)
           : n.code == op::add      ? add(n.a, n.b)
           : n.code == op::subtract ? subtract(n.a, n.b)
           : n.code == op::divide   ? divide(n.a, n.b)
           : n.code == op::negate   ? negate(n.a)
           : n.code == op::select   ? select(n.a, n.b, n.c)
           : n.code == op::power    ? power(n.a, n.b)
           : n.code < op::poisson   ? function(n.code, n.a)
                                    : other(n);
  }
  constexpr int operator()(op code, int a, int b = none, int c = none) {
    return (*this)(node{code, a, b, c, 0, {}});
  }

  constexpr int add(int a, int b) {
    node const* const all = g_.data();
    op const p = all[a].code, q = all[b].code;
    if (is_plain(p) && is_plain(q)) return g_.make(op::add, a < b ? a : b, a < b ? b : a);
    return add_special(a, b);
  }
  constexpr int subtract(int a, int b) {
    node const* const all = g_.data();
    op const p = all[a].code, q = all[b].code;
    return is_plain(p) && is_plain(q) && a != b ? g_.make(op::subtract, a, b)
                                                : subtract_special(a, b);
  }
  constexpr int multiply(int a, int b) {
    node const* const all = g_.data();
    op const p = all[a].code, q = all[b].code;
    if (p != op::literal && p != op::negate && p != op::divide && q != op::literal &&
        q != op::negate && q != op::divide)
      return g_.make(op::multiply, a < b ? a : b, a < b ? b : a);
    return multiply_special(a, b);
  }

  constexpr int divide(int a, int b) {
    node const x = g_[a], y = g_[b];
    if (x.code == op::literal && x.value == 0 && !(y.code == op::literal && y.value == 0))
      return zero();
    if (y.code == op::literal) {
      if (y.value == 1) return a;
      if (y.value == -1) return negate(a);
      if (x.code == op::negate) return divide(x.a, g_.negate(b));
      if (x.code != op::literal && has_exact_reciprocal(y.value))
        return multiply(a, g_.literal(1 / y.value));
      return g_.divide(a, b);
    }
    if (a == b) return g_.literal(1);
    if (y.code == op::negate)
      return x.code == op::literal ? divide(g_.negate(a), y.a) : negate(divide(a, y.a));
    if (x.code == op::negate) return negate(divide(x.a, b));
    if (x.code == op::multiply && (x.a == b || x.b == b)) return x.a == b ? x.b : x.a;
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
    if (g_[yes].code == op::select && g_[yes].a == condition)
      return select(condition, g_[yes].b, no);
    if (g_[no].code == op::select && g_[no].a == condition) return select(condition, yes, g_[no].c);
    return g_.select(condition, yes, no);
  }

  constexpr int zero() { return g_.literal(0); }

 private:
  /// Whether no rule for sums looks at an operand.
  static constexpr bool is_plain(op code) {
    return code != op::literal && code != op::negate && code != op::add && code != op::subtract;
  }

  constexpr int add_special(int a, int b) {
    if (g_.is_literal(a)) exchange(a, b);
    node const x = g_[a], y = g_[b];
    if (y.code == op::literal) {
      if (y.value == 0) return a;
      // Literals that cannot be joined, such as infinity, would go round in circles.
      int const other = x.code == op::add ? x.b : x.code == op::subtract ? x.a : none;
      int const sum = other != none && g_.is_literal(other) ? g_.add(other, b) : none;
      if (sum == none || !g_.is_literal(sum)) return g_.add(a, b);
      return x.code == op::add ? add(x.a, sum) : subtract(sum, x.b);
    }
    if (y.code == op::negate) return subtract(a, y.a);
    if (x.code == op::negate) return subtract(b, x.a);
    if (x.code == op::subtract && x.b == b) return x.a;
    if (y.code == op::subtract && y.b == a) return y.a;
    return ordered(op::add, a, b);
  }

  constexpr int subtract_special(int a, int b) {
    if (a == b) return zero();
    node const x = g_[a], y = g_[b];
    if (y.code == op::literal) return add(a, g_.negate(b));
    if (y.code == op::negate) return add(a, y.a);
    if (x.code == op::literal) {
      if (x.value == 0) return negate(b);
      int const other = y.code == op::add ? y.b : y.code == op::subtract ? y.a : none;
      int const difference = other != none && g_.is_literal(other) ? g_.subtract(a, other) : none;
      if (difference != none && g_.is_literal(difference))
        return y.code == op::add ? subtract(difference, y.a) : add(y.b, difference);
    }
    if (x.code == op::negate) return negate(add(x.a, b));
    if (x.code == op::add && (x.a == b || x.b == b)) return x.a == b ? x.b : x.a;
    if (x.code == op::subtract && x.a == b) return negate(x.b);
    if (y.code == op::add && (y.a == a || y.b == a)) return negate(y.a == a ? y.b : y.a);
    if (y.code == op::subtract && y.a == a) return y.b;
    return g_.subtract(a, b);
  }

  constexpr int multiply_special(int a, int b) {
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
    if (x.code == op::divide && x.b == b) return x.a;
    if (y.code == op::divide && y.b == a) return y.a;
    return ordered(op::multiply, a, b);
  }

  constexpr int other(node const& n) {
    if (n.code >= op::less && n.code <= op::not_equal) return compare(n.code, n.a, n.b);
    if (n.code == op::logical_and || n.code == op::logical_or) return combine(n.code, n.a, n.b);
    if ((n.code == op::minimum || n.code == op::maximum) && n.a == n.b) return n.a;
    return g_.make(n);
  }

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
    if (a == b)
      return g_.literal(code == op::less_equal || code == op::greater_equal || code == op::equal);
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
    if (code == op::abs && (x.code == op::abs || x.code == op::negate))
      return function(op::abs, x.a);
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
    case op::truncate:
      return countable ? g_.literal(whole) : g_.make(code, a);
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
    case op::erf:
      return v == 0 ? zero() : g_.make(code, a);
    default:
      return g_.make(code, a);
    }
  }

  graph& g_;
};

/// Builds `roots` in simplest form and returns the new roots. Values are those of the original
/// except as listed above. Units must have been checked before: the literals of the result are
/// plain SI numbers without a unit.
constexpr std::vector<int> simplify(graph& g, std::span<int const> roots) {
  simplifier make(g);
  return rebuild(g, roots, [&](int i, node const& n) {
    return n.code >= op::negate                        ? make(n)
           : n.code != op::literal || n.unit.code == 0 ? i
                                                       : g.literal(n.value);
  });
}

/// Simplifies every expression of a model.
constexpr void simplify(model& m) {
  std::vector<int> const simple = simplify(m.nodes, roots(m));
  int const* next = simple.data();
  for_each_root(m, [&next](int& root) { root = *next++; });
}

}  // namespace nernst::ir
