// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/simplify.hpp>

#include <initializer_list>

namespace nernst::ir {

namespace detail {

/// A node in a formula for a derivative; `none` stands for zero.
struct slope {
  simplifier* make;
  int node = none;

  constexpr slope literal(double x) const { return {make, make->literal(x)}; }
  constexpr slope of(op code) const { return {make, (*make)(code, node)}; }

  friend constexpr slope operator-(slope x) { return {x.make, x.make->negate(x.node)}; }
  friend constexpr slope operator+(slope x, slope y) {
    return {x.make, x.make->add(x.node, y.node)};
  }
  friend constexpr slope operator-(slope x, slope y) {
    return {x.make, x.make->subtract(x.node, y.node)};
  }
  friend constexpr slope operator*(slope x, slope y) {
    return {x.make, x.make->multiply(x.node, y.node)};
  }
  friend constexpr slope operator/(slope x, slope y) {
    return {x.make, x.make->divide(x.node, y.node)};
  }
  friend constexpr slope operator+(slope x, double y) { return x + x.literal(y); }
  friend constexpr slope operator-(double x, slope y) { return y.literal(x) - y; }
  friend constexpr slope operator*(slope x, double y) { return x * x.literal(y); }
  friend constexpr slope operator*(double x, slope y) { return y.literal(x) * y; }
  friend constexpr slope operator/(double x, slope y) { return y.literal(x) / y; }
};

#define NERNST_ROW(name, ...)                                                                      \
  constexpr slope name(slope x) {                                                                  \
    return x.of(op::name);                                                                         \
  }
NERNST_FUNCTIONS(NERNST_ROW)
#undef NERNST_ROW

/// (exp(x) - y) / x, which cancels near 0, and there the series sum_k (k + 1) x^k / (k + 2)!.
constexpr slope slope_of_exprel(slope x, slope y) {
  slope series = x.literal(7 / 40320.0);
  for (double const c : {6 / 5040.0, 5 / 720.0, 4 / 120.0, 3 / 24.0, 2 / 6.0, 1 / 2.0})
    series = series * x + c;
  slope const closed = (exp(x) - y) / x;
  int const near = (*x.make)(op::less, abs(x).node, x.literal(0.03).node);
  return {x.make, x.make->select(near, series.node, closed.node)};
}
/// y (1 - x - y)/x, which cancels near 0, and there the series with Bernoulli's numbers.
constexpr slope slope_of_exprelr(slope x, slope y) {
  slope const square = x * x;
  slope odd = x.literal(1 / 4790016.0);
  for (double const c : {-1 / 151200.0, 1 / 5040.0, -1 / 180.0, 1 / 6.0}) odd = odd * square + c;
  slope const series = odd * x + -0.5;
  slope const closed = y * (1 - x - y) / x;
  int const near = (*x.make)(op::less, abs(x).node, x.literal(0.2).node);
  return {x.make, x.make->select(near, series.node, closed.node)};
}
constexpr slope slope_of_erf(slope x) {
  constexpr double two_by_root_pi = 1.12837916709551257390;
  return exp(-(x * x)) * two_by_root_pi;
}

/// The derivative of a function of one number at x, where y is its value: see NERNST_FUNCTIONS.
constexpr slope slope_of(op code, slope x, [[maybe_unused]] slope y) {
  [[maybe_unused]] constexpr double log10_of_e = 0.43429448190325182765;
  slope const zero{x.make, none};
  switch (code) {
  case op::negate:
    return x.literal(-1);
#define NERNST_ROW(name, text, units, values, jumps, cost, at, there, derivative)                  \
  case op::name:                                                                                   \
    return derivative;
    NERNST_FUNCTIONS(NERNST_ROW)
#undef NERNST_ROW
  default:
    return zero;
  }
}

}  // namespace detail

/// Derivatives of expressions with respect to one variable, everything else held constant.
class differentiation {
 public:
  /// `functions` are those that the expressions call.
  constexpr differentiation(graph& g, int symbol, span<function const> functions = {})
      : g_(g), make_(g), symbol_(symbol), functions_(functions) {}

  /// The derivative of `root`; what is new in it is in simplest form.
  constexpr int operator()(int root) {
    list<int> derivatives(g_.size());
    int* const d = derivatives.data();
    list<int> const order = schedule(g_, root);
    for (int const i : order) d[i] = derivative(i, node(g_[i]), d);
    return d[root] == none ? make_.zero() : d[root];
  }

  /// The derivative of node `i`, which is `n`, from those of its operands, d[operand]; `none`
  /// stands for zero.
  constexpr int derivative(int i, node const& n, int const* d) {
    if (n.code == op::symbol) return n.which == symbol_ ? one() : none;
    int const arity = operands(n.code);
    if (arity == 0 || is_random(n.code) || is_lookup(n.code)) return none;
    if (is_call(n.code)) return of_call(n, d);
    int const da = d[n.a];
    if (arity == 1) {
      if (da == none) return none;
      return times(da, detail::slope_of(n.code, {&make_, n.a}, {&make_, i}).node);
    }
    int const db = d[n.b];
    if (n.code == op::select) return choice(n.a, db, d[n.c]);
    if (n.code == op::clip) {
      int const below = make_(op::less, n.a, n.b);
      return choice(below, db, choice(make_(op::greater, n.a, n.c), d[n.c], da));
    }
    return da == none && db == none ? none : of_two(i, n, da, db);
  }

 private:
  constexpr int of_two(int i, node const& n, int da, int db) {
    switch (n.code) {
    case op::add:
      return sum(da, db);
    case op::subtract:
      return difference(da, db);
    case op::multiply:
      return sum(times(da, n.b), times(db, n.a));
    case op::divide:
      return over(difference(da, times(db, i)), n.b);
    case op::power: {
      int const lower = make_.power(n.a, make_.subtract(n.b, one()));
      int const by_base = times(times(da, n.b), lower);
      return sum(by_base, db == none ? none : times(times(db, i), make_(op::log, n.a)));
    }
    case op::floor_mod: {
      if (db == none) return da;
      return difference(da, times(db, make_(op::floor, make_.divide(n.a, n.b))));
    }
    case op::atan2: {
      int const numerator = difference(times(da, n.b), times(db, n.a));
      if (numerator == none) return none;
      int const square = make_.multiply(n.a, n.a);
      return make_.divide(numerator, make_.add(square, make_.multiply(n.b, n.b)));
    }
    case op::minimum:
      return choice(make_(op::less, n.b, n.a), db, da);
    case op::maximum:
      return choice(make_(op::greater, n.b, n.a), db, da);
    default:
      return none;
    }
  }

  /// The chain rule with the derivatives that the user gave; where one is missing the result is not
  /// a number, see `integrate::differentiable`.
  constexpr int of_call(node const& n, int const* d) {
    int total = none, k = 0;
    for (int const x : operands(n)) {
      int const by = functions_[n.which].derivative[k++];
      if (d[x] == none) continue;
      int const slope = by == none ? make_.literal(quiet_nan) : g_.make(n.code, n.a, n.b, n.c, by);
      total = sum(total, times(d[x], slope));
    }
    return total;
  }

  constexpr int one() { return make_.literal(1); }
  constexpr int sum(int a, int b) {
    if (a == none) return b;
    return b == none ? a : make_.add(a, b);
  }
  constexpr int difference(int a, int b) {
    if (b == none) return a;
    return a == none ? make_.negate(b) : make_.subtract(a, b);
  }
  constexpr int times(int a, int b) { return a == none || b == none ? none : make_.multiply(a, b); }
  constexpr int over(int a, int b) { return a == none ? none : make_.divide(a, b); }
  constexpr int choice(int condition, int a, int b) {
    if (a == none && b == none) return none;
    return make_.select(condition, a == none ? make_.zero() : a, b == none ? make_.zero() : b);
  }

  graph& g_;
  simplifier make_;
  int symbol_;
  span<function const> functions_;
};

/// The derivative of `root` with respect to `symbol`; what is new in it is in simplest form.
/// minimum, maximum, clip, abs and select are differentiated piece by piece; conditions, sign,
/// ceil, floor and random draws have derivative 0.
constexpr int differentiate(graph& g, int root, int symbol, span<function const> functions = {}) {
  return differentiation(g, symbol, functions)(root);
}

}  // namespace nernst::ir
