// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/rewrite.hpp>
#include <nernst/ir/roots.hpp>

namespace nernst::ir {

// What simplification may change:
//
// * Nothing, in finite arithmetic, by the rules for signs (-(-x), x + (-y), -(x - y), (-x) y ...),
// neutral elements (x + 0, 1 x, x/1,
//   x^1), x^0 = 1, x - x = 0, x/c = x (1/c) for powers of two, exchanged operands of + * == != and
//   or, x - c = x + (-c), conditions with literals, x < x is false, functions of literals with an
//   exact value (exp(0), floor(2.5)), x^(1/2) = sqrt(x) and x^-1 = 1/x. (The sign of a zero may
//   change.)
// * The last digits, where two literals meet: (x + c) + d = x + (c + d), (x c) d = x (c d), c - (x
// + d) = (c - d) - x; and where something
//   cancels: (x + y) - y = x, (x - y) + y = x, x - (x + y) = -y and its like, (x y)/y = x, (x/y) y
//   = x.
// * NaN and infinity: 0 x = 0, 0/x = 0, x - x = 0, x/x = 1, and what cancels as above, even where x
// or y is not finite or
//   a divisor is zero. Brian 2 does the same.
//
// Every other division, product and sum is computed as written, and every comparison of operands
// that are not numbers is that of IEEE 754: x == x is no constant.

/// Builds nodes in simplest form, from operands in simplest form. Literals that it makes carry no
/// unit.
class simplifier {
 public:
  constexpr explicit simplifier(graph& g) : g_(g) {}

  /// The node for an operation.
  constexpr int operator()(node const& n) {
    // clang counts statements in constant evaluation: the common operations come first.
    switch (n.code) {
    case op::multiply:
      return multiply(n.a, n.b);
    case op::add:
      return add(n.a, n.b);
    case op::subtract:
      return subtract(n.a, n.b);
    case op::divide:
      return divide(n.a, n.b);
    case op::negate:
      return negate(n.a);
    case op::select:
      return select(n.a, n.b, n.c);
    case op::power:
      return power(n.a, n.b);
    case op::minimum:
    case op::maximum:
      return n.a == n.b ? n.a : g_.make(n);
    case op::equal:
    case op::not_equal:
    case op::less:
    case op::less_equal:
    case op::greater:
    case op::greater_equal:
      return compare(n.code, n.a, n.b);
    case op::logical_and:
    case op::logical_or:
      return combine(n.code, n.a, n.b);
    default:
      return operands(n.code) == 1 ? function(n) : g_.make(n);
    }
  }
  constexpr int operator()(op code, int a, int b = none, int c = none) {
    return (*this)(node{.code = code, .a = a, .b = b, .c = c});
  }

  constexpr int add(int a, int b) {
    bool const plain = is_plain_term(g_[a].code) && is_plain_term(g_[b].code);
    return plain ? g_.make_commuting(op::add, a, b) : add_special(a, b);
  }
  constexpr int subtract(int a, int b) {
    bool const plain = is_plain_term(g_[a].code) && is_plain_term(g_[b].code);
    return plain && a != b ? g_.make(op::subtract, a, b) : subtract_special(a, b);
  }
  constexpr int multiply(int a, int b) {
    bool const plain = is_plain_factor(g_[a].code) && is_plain_factor(g_[b].code);
    return plain ? g_.make_commuting(op::multiply, a, b) : multiply_special(a, b);
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
      if (y.value == 0.5) return (*this)(op::sqrt, a);
      if (y.value == -1) return divide(g_.literal(1), a);
    }
    return g_.make(op::power, a, b);
  }
  /// By repeated squaring, as `kernel::math::power`, for n from 1 on.
  constexpr int whole_power(int x, int n) {
    if (n == 1) return x;
    if (n % 2 == 1) return multiply(whole_power(x, n - 1), x);
    int const half = whole_power(x, n / 2);
    return multiply(half, half);
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

  constexpr int literal(double value) { return g_.literal(value); }
  constexpr int zero() { return g_.literal(0); }

 private:
  /// Whether no rule for sums, or for products, looks at an operand.
  static constexpr bool is_plain_term(op code) {
    return code != op::literal && code != op::negate && code != op::add && code != op::subtract;
  }
  static constexpr bool is_plain_factor(op code) {
    return code != op::literal && code != op::negate && code != op::divide;
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
    if (a == b && (code == op::less || code == op::greater)) return zero();
    if (code == op::equal || code == op::not_equal) return ordered(code, a, b);
    if (!g_.is_literal(a) || g_.is_literal(b)) return g_.make(code, a, b);
    return g_.make(mirrored(code), b, a);
  }
  static constexpr op mirrored(op code) {
    if (code == op::less) return op::greater;
    if (code == op::less_equal) return op::greater_equal;
    return code == op::greater ? op::less : op::less_equal;
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

  constexpr int function(node const& n) {
    node const x = g_[n.a];
    bool const twice = x.code == n.code;
    if (n.code == op::logical_not && twice) return x.a;
    if (n.code == op::abs && (twice || x.code == op::negate)) return (*this)(op::abs, x.a);
    int const exact = x.code == op::literal ? exact_value(n.code, x.value) : none;
    return exact == none ? g_.make(n) : exact;
  }
  /// The value of a function of a number where that is exact.
  constexpr int exact_value(op code, double x) {
    operation const& f = properties(code);
    if (x == f.exact_at) return g_.literal(f.exact_value);
    bool const countable = x > -4e15 && x < 4e15;
    double const whole = countable ? static_cast<double>(static_cast<long long>(x)) : x;
    switch (code) {
    case op::sign:
      return x == x ? g_.literal((x > 0) - (x < 0)) : none;
    case op::ceil:
      return countable ? g_.literal(whole < x ? whole + 1 : whole) : none;
    case op::floor:
      return countable ? g_.literal(whole > x ? whole - 1 : whole) : none;
    case op::trunc:
      return countable ? g_.literal(whole) : none;
    case op::sqrt:
      return x == 0 ? zero() : none;
    default:
      return none;
    }
  }

  graph& g_;
};

/// Builds `roots` in simplest form and returns the new roots. Values are those of the original
/// except as listed above. Units must have been checked before: the literals of the result are
/// plain SI numbers without a unit.
constexpr list<int> simplify(graph& g, span<int const> roots) {
  simplifier make(g);
  return rebuild(g, roots, [&](int i, node const& n) {
    if (n.code == op::literal) return n.unit.is_one() ? i : g.literal(n.value);
    return operands(n.code) == 0 ? i : make(n);
  });
}

constexpr int simplify(graph& g, int root) {
  int const roots[] = {root};
  return simplify(g, roots)[0];
}

/// Simplifies every expression of a model.
constexpr void simplify(model& m) {
  replace_roots(m, simplify(m.nodes, roots(m)));
}

}  // namespace nernst::ir
