// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/simplify.hpp>

#include <limits>
#include <span>

namespace nernst::ir {

/// Derivatives of expressions with respect to one variable, everything else held constant.
class differentiation {
 public:
  /// `functions` are those that the expressions call.
  constexpr differentiation(graph& g, int symbol, std::span<function const> functions = {})
      : g_(g), make_(g), symbol_(symbol), functions_(functions) {}

  /// The derivative of `root`; what is new in it is in simplest form.
  constexpr int operator()(int root) {
    buffer<int> const order = schedule(g_, std::span<int const>(&root, 1));
    buffer<int> derivatives(g_.size());
    int* const d = derivatives.data();
    for (int const i : order) d[i] = derivative(i, node(g_[i]), d);
    return d[root] == none ? make_.zero() : d[root];
  }

  /// The derivative of node `i`, which is `n`, from those of its operands, d[operand]; `none`
  /// stands for zero.
  constexpr int derivative(int i, node const& n, int const* d) {
    if (n.code == op::symbol) return n.a == symbol_ ? one() : none;
    if (operands(n.code) == 0 || is_random(n.code) || is_lookup(n.code)) return none;
    if (is_call(n.code)) return of_call(n, d);
    int const da = d[n.a];
    if (operands(n.code) == 1) return da == none ? none : times(da, outer(i, n));
    int const db = d[n.b];
    if (n.code == op::select) return choice(n.a, db, d[n.c]);
    if (n.code == op::clip)
      return choice(make_(op::less, n.a, n.b), db,
                    choice(make_(op::greater, n.a, n.c), d[n.c], da));
    if (da == none && db == none) return none;
    switch (n.code) {
    case op::add:
      return sum(da, db);
    case op::subtract:
      return difference(da, db);
    case op::multiply:
      return sum(times(da, n.b), times(db, n.a));
    case op::divide: {
      int const numerator = difference(da, times(db, i));
      return numerator == none ? none : make_.divide(numerator, n.b);
    }
    case op::power: {
      int const lower = make_.power(n.a, make_.subtract(n.b, one()));
      int const by_base = times(times(da, n.b), lower);
      return sum(by_base, db == none ? none : times(times(db, i), make_(op::log, n.a)));
    }
    case op::floor_mod:
      return difference(da,
                        db == none ? none : times(db, make_(op::floor, make_.divide(n.a, n.b))));
    case op::atan2: {
      int const numerator = difference(times(da, n.b), times(db, n.a));
      return numerator == none ? none
                               : make_.divide(numerator, make_.add(square(n.a), square(n.b)));
    }
    case op::minimum:
      return choice(make_(op::less, n.b, n.a), db, da);
    case op::maximum:
      return choice(make_(op::greater, n.b, n.a), db, da);
    default:
      return none;
    }
  }

 private:
  /// The chain rule with the derivatives that the user gave; where one is missing the result is not
  /// a number, see `integrate::differentiable`.
  constexpr int of_call(node const& n, int const* d) {
    int const inner[] = {d[n.a], n.code >= op::add ? d[n.b] : none,
                         n.code >= op::select ? d[n.c] : none};
    int total = none;
    for (int k = 0; k < operands(n.code); ++k) {
      if (inner[k] == none) continue;
      int const by = functions_[static_cast<std::size_t>(n.tag)].derivative[k];
      int const slope = by == none ? g_.literal(std::numeric_limits<double>::quiet_NaN())
                                   : g_.make(n.code, n.a, n.b, n.c, by);
      total = sum(total, times(inner[k], slope));
    }
    return total;
  }

  /// The derivative of a function at its argument; `i` is the node of the function itself.
  constexpr int outer(int i, node const& n) {
    int const x = n.a;
    switch (n.code) {
    case op::negate:
      return g_.literal(-1);
    case op::abs:
      return make_(op::sign, x);
    case op::sqrt:
      return make_.divide(g_.literal(0.5), i);
    case op::exp:
      return i;
    case op::expm1:
      return make_(op::exp, x);
    case op::exprel:
      return exprel_slope(i, x);
    case op::log:
      return make_.divide(one(), x);
    case op::log10:
      return make_.divide(g_.literal(0.43429448190325182765), x);
    case op::log1p:
      return make_.divide(one(), make_.add(x, one()));
    case op::sin:
      return make_(op::cos, x);
    case op::cos:
      return make_.negate(make_(op::sin, x));
    case op::tan:
      return make_.add(square(i), one());
    case op::asin:
      return make_.divide(one(), make_(op::sqrt, make_.subtract(one(), square(x))));
    case op::acos:
      return make_.divide(g_.literal(-1), make_(op::sqrt, make_.subtract(one(), square(x))));
    case op::atan:
      return make_.divide(one(), make_.add(square(x), one()));
    case op::sinh:
      return make_(op::cosh, x);
    case op::cosh:
      return make_(op::sinh, x);
    case op::tanh:
      return make_.subtract(one(), square(i));
    case op::erf:
      return make_.multiply(make_(op::exp, make_.negate(square(x))),
                            g_.literal(1.12837916709551257390));
    default:
      return none;
    }
  }

  /// (exp(x) - exprel(x)) / x, which cancels near 0, and there the series sum_k (k + 1) x^k / (k +
  /// 2)!.
  constexpr int exprel_slope(int i, int x) {
    int series = g_.literal(7 / 40320.0);
    for (double const c : {6 / 5040.0, 5 / 720.0, 4 / 120.0, 3 / 24.0, 2 / 6.0, 1 / 2.0})
      series = make_.add(make_.multiply(series, x), g_.literal(c));
    int const closed = make_.divide(make_.subtract(make_(op::exp, x), i), x);
    return make_.select(make_(op::less, make_(op::abs, x), g_.literal(0.03)), series, closed);
  }

  constexpr int one() { return g_.literal(1); }
  constexpr int square(int x) { return make_.multiply(x, x); }
  constexpr int sum(int a, int b) { return a == none ? b : b == none ? a : make_.add(a, b); }
  constexpr int difference(int a, int b) {
    return b == none ? a : a == none ? make_.negate(b) : make_.subtract(a, b);
  }
  constexpr int times(int a, int b) { return a == none || b == none ? none : make_.multiply(a, b); }
  constexpr int choice(int condition, int a, int b) {
    if (a == none && b == none) return none;
    return make_.select(condition, a == none ? make_.zero() : a, b == none ? make_.zero() : b);
  }

  graph& g_;
  simplifier make_;
  int symbol_;
  std::span<function const> functions_;
};

/// The derivative of `root` with respect to `symbol`; what is new in it is in simplest form.
/// minimum, maximum, clip, abs and select are differentiated piece by piece; conditions, sign,
/// ceil, floor and random draws have derivative 0.
constexpr int differentiate(graph& g, int root, int symbol,
                            std::span<function const> functions = {}) {
  return differentiation(g, symbol, functions)(root);
}

}  // namespace nernst::ir
