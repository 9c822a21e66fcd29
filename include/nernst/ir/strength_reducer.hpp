// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/simplify.hpp>

namespace nernst::ir {

// What reducing the strength of operations may change. c and d are computed less often than x and
// y: for instance they are the same during a run, and what consists of them alone is computed once.
//
// * Nothing: poisson(c) takes exp(-c) along where c changes from step to step; a power with a whole
// exponent becomes the products that the kernel would compute; x c is -((-x) c); what is multiplied
// by
//   `c ? x : 0` is multiplied with x.
// * The last digits: x/c = x (1/c), (x c) d = x (c d), (x c) y = (x y) c, (x/c) y = (x y)/c, x/(y
// c) = (x/y) (1/c), c/(y d) = (c/d)/y,
//   c (d/x) = (c d)/x, x/(y/z) = (x z)/y, (x/y)/z = x/(y z), (c/x) y = (y/x) c, (x c + y d) c = x
//   (c c) + y (d c) where that saves a product, x c + y c = (x + y) c, (x + c) + d = x + (c + d)
//   and its like with minus, x/exprel(y) = x exprelr(y), ((x x) x) x = (x x) (x x),
//   x^(n + 1/2) = x^n sqrt(x).
// * Infinity and NaN, where an intermediate result overflows in one form and not in the other,
// where c is zero, and x^(n + 1/2) at
//   x = -infinity.
//
// None of the second and third kind is used in what decides a jump: under floor, ceil, truncate, %
// and //, timed arrays, and in comparisons and signs of expressions without states (other than
// integers) and random numbers. There 49/49 must stay 1. Literals are joined only where the result
// is a normal number in single precision too.

/// Builds nodes that cost less than those they stand for, from operands that were built so.
class strength_reducer {
 public:
  /// `often[s]` is how often symbol `s` has to be computed.
  constexpr strength_reducer(graph& g, span<frequency const> often)
      : g_(g), make_(g), often_(often.data()) {
    note();
  }

  constexpr ~strength_reducer() = default;  // without it nvcc takes the class for no literal type

  /// What stands for a node whose operands stand for its operands.
  constexpr int operator()(node const& n) {
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
    case op::power:
      return power(n.a, n.b);
    case op::poisson:
      return poisson(n);
    default:
      return make_(n);
    }
  }
  /// The same without any change of a digit.
  constexpr int exactly(node const& n) {
    if (n.code == op::poisson) return poisson(n);
    return n.code == op::power ? power(n.a, n.b, true) : make_(n);
  }

  /// Tells that node `i` stands for one more expression, which has so many users.
  constexpr void enter(int i, int users) {
    note();
    known_[i] |= used | (users > 1 || (known_[i] & used) != 0 ? shared : 0);
  }
  /// Lets a node of the new expressions keep its digits from now on.
  constexpr void keep(int i) { known_[i] |= kept; }
  /// Whether it is computed for each element, and may have other digits.
  constexpr bool may_change(int i) const { return (known_[i] & (varying | kept)) == varying; }

 private:
  // What is known of a node: how often it is computed, and its form.
  enum known : int {
    constant = 1 << static_cast<int>(frequency::per_run),
    each_step = 1 << static_cast<int>(frequency::per_step),
    varying = 1 << static_cast<int>(frequency::per_element),
    frequencies = constant | each_step | varying,
    scaled = 8,     // x c
    inverse = 16,   // c/x
    absorbs = 32,   // takes a factor at no cost
    product = 64,   // any product
    sum = 128,      // any sum or difference
    negated = 256,  // -x
    used = 512,     // stands for an expression
    shared = 1024,  // has several users
    kept = 2048,    // keeps its digits
  };
  struct raised {
    int base, exponent;
  };

  static constexpr void exchange(int& a, int& b) {
    int const old = a;
    a = b;
    b = old;
  }

  /// Learns about the nodes that are new.
  constexpr void note() {
    int const size = g_.size();
    if (noted_ == size) return;
    if (size > table_.size()) {
      list<int> larger(4 * size);
      list<int>::copy(known_, larger.data(), noted_);
      table_.swap(larger);
      known_ = table_.data();
    }
    node const* const nodes = g_.data();
    for (; noted_ < size; ++noted_) known_[noted_] = known_of(nodes[noted_]);
  }
  constexpr int known_of(node const& n) const {
    if (n.code == op::literal) return constant;
    if (n.code == op::symbol) return 1 << static_cast<int>(often_[n.which]);
    int all = 0;
    for (int const x : operands(n)) all |= known_[x];
    int most = (all & varying) != 0 ? varying : (all & each_step) != 0 ? each_step : constant;
    if (is_lookup(n.code) && most == constant) most = each_step;
    if (is_random(n.code)) most = varying;
    return most | form_of(n, most);
  }
  constexpr int form_of(node const& n, int most) const {
    if (operands(n.code) == 1) return n.code == op::negate ? negated : 0;
    if (operands(n.code) != 2) return 0;
    int const a = known_[n.a], b = known_[n.b], p = a & frequencies, q = b & frequencies;
    if (n.code == op::multiply) return product | (q < p ? scaled | absorbs : 0);
    if (n.code == op::divide) return p < q ? inverse | absorbs : 0;
    if (n.code != op::add && n.code != op::subtract) return 0;
    return sum | (takes(a, most) && takes(b, most) ? absorbs : 0);
  }
  static constexpr bool takes(int term, int most) {
    return (term & frequencies) < most || (term & (absorbs | shared)) == absorbs;
  }

  // Every node that the functions below return is noted. They ask few questions of common nodes,
  // each in one statement: clang counts statements in constant evaluation.
  constexpr int noted(int i) {
    note();
    return i;
  }
  constexpr bool rarer(int a, int b) const {
    return (known_[a] & frequencies) < (known_[b] & frequencies);
  }

  constexpr int multiply(int a, int b) {
    int const p = known_[a], q = known_[b], either = p | q;
    if (((p ^ q) & frequencies) != 0) return rarer(a, b) ? scale(b, a) : scale(a, b);
    if ((p & constant) != 0) return joined(a, b);
    if ((either & (scaled | inverse | product | negated)) == 0)
      return noted(g_.make_commuting(op::multiply, a, b));
    node const x = g_[a], y = g_[b];
    if ((either & negated) != 0)
      return negate((p & negated) != 0 ? multiply(x.a, b) : multiply(a, y.a));
    bool const first = (p & (scaled | shared)) == scaled,
               second = (q & (scaled | shared)) == scaled;
    if (first || second)
      return scale(multiply(first ? x.a : a, second ? y.a : b), first && second ? multiply(x.b, y.b)
                                                                : first         ? x.b
                                                                                : y.b);
    bool const under = (p & (inverse | shared)) == inverse,
               over = (q & (inverse | shared)) == inverse;
    if (under && over) return divide(multiply(x.a, y.a), multiply(x.b, y.b));
    if (under || over) return under ? multiply(divide(b, x.b), x.a) : multiply(divide(a, y.b), y.a);
    if ((either & product) != 0) {
      raised const r = power_of(a), s = power_of(b);
      if (r.base == s.base && r.exponent + s.exponent > 3)
        return make_.whole_power(r.base, r.exponent + s.exponent);
    }
    return noted(make_.multiply(a, b));
  }

  constexpr int divide(int a, int b) {
    int const p = known_[a], q = known_[b];
    node const x = g_[a], y = g_[b];
    if ((p & q & constant) != 0 || a == b || y.code == op::negate ||
        (x.code == op::literal && x.value == 0))
      return noted(make_.divide(a, b));
    if (rarer(b, a)) {
      int const r = reciprocal(b);
      return r == none ? noted(make_.divide(a, b)) : scale(a, r);
    }
    bool const fixed = rarer(a, b);
    if (x.code == op::negate) return negate(divide(x.a, b));
    if (y.code == op::exprel && (q & shared) == 0)
      return multiply(a, noted(make_(op::exprelr, y.a)));
    if ((q & scaled) != 0 && (fixed || (q & shared) == 0)) {
      int const r = fixed ? quotient(a, y.b) : reciprocal(y.b);
      if (r != none) return divide(fixed ? r : scale(a, r), y.a);
    }
    if (!fixed && (p & (scaled | shared)) == scaled) return scale(divide(x.a, b), x.b);
    if (y.code == op::divide && (q & shared) == 0) return divide(multiply(a, y.b), y.a);
    if (x.code == op::divide && (p & shared) == 0 && !fixed) return divide(x.a, multiply(x.b, b));
    return noted(make_.divide(a, b));
  }

  constexpr int negate(int a) {
    node const x = g_[a];
    bool const owned = (known_[a] & (scaled | shared)) == scaled && g_[x.b].code != op::literal;
    return owned ? scale(x.a, noted(make_.negate(x.b))) : noted(make_.negate(a));
  }

  constexpr int add(int a, int b) {
    int const p = known_[a], q = known_[b];
    if ((p & q & varying) != 0 && ((p | q) & (sum | negated)) == 0 && (p & q & scaled) == 0)
      return noted(g_.make_commuting(op::add, a, b));
    if (rarer(a, b)) return add(b, a);
    node const x = g_[a], y = g_[b];
    if (rarer(b, a)) {
      int const u = more_often(x), k = u == x.a ? x.b : x.a;
      if (u != none && x.code == op::add) return add(u, noted(make_.add(k, b)));
      if (u != none)
        return u == x.a ? add(u, noted(make_.subtract(b, k))) : subtract(noted(make_.add(k, b)), u);
    } else if ((p & q & scaled) != 0 && ((p | q) & shared) == 0 && x.b == y.b) {
      return scale(add(x.a, y.a), x.b);
    }
    return noted(make_.add(a, b));
  }

  constexpr int subtract(int a, int b) {
    int const p = known_[a], q = known_[b];
    if ((p & q & varying) != 0 && ((p | q) & (sum | negated)) == 0 && (p & q & scaled) == 0 &&
        a != b)
      return noted(g_.make(op::subtract, a, b));
    node const x = g_[a], y = g_[b];
    if (rarer(b, a)) {
      int const u = more_often(x), k = u == x.a ? x.b : x.a;
      if (u != none && x.code == op::add) return add(u, noted(make_.subtract(k, b)));
      if (u != none)
        return u == x.a ? subtract(u, noted(make_.add(k, b)))
                        : subtract(noted(make_.subtract(k, b)), u);
    } else if (rarer(a, b)) {
      int const u = more_often(y), k = u == y.a ? y.b : y.a;
      if (u != none && y.code == op::add) return subtract(noted(make_.subtract(a, k)), u);
      if (u != none)
        return u == y.a ? subtract(noted(make_.add(a, k)), u) : add(u, noted(make_.subtract(a, k)));
    } else if (a != b && (p & q & scaled) != 0 && ((p | q) & shared) == 0 && x.b == y.b) {
      return scale(subtract(x.a, y.a), x.b);
    }
    return noted(make_.subtract(a, b));
  }

  constexpr int power(int a, int b, bool exact = false) {
    node const y = g_[b];
    if (y.code == op::literal && y.value >= -32.5 && y.value <= 32.5 && !g_.is_literal(a)) {
      int const halves = static_cast<int>(2 * y.value), size = halves < 0 ? -halves : halves;
      if (halves == 2 * y.value && size > 2 && (size % 2 == 0 || (size < 10 && !exact))) {
        int const whole = make_.whole_power(a, size / 2);
        int const r = size % 2 == 0 ? whole : make_.multiply(whole, g_.make(op::sqrt, a));
        return noted(halves < 0 ? g_.divide(g_.literal(1), r) : r);
      }
    }
    return noted(make_.power(a, b));
  }

  /// A Poisson number, with the exponential that small means need where that is computed once per
  /// step. Numbers of a constant mean are drawn from a table.
  constexpr int poisson(node const& n) {
    if ((known_[n.a] & each_step) == 0) return make_(n);
    node with_exponential = n;
    with_exponential.code = op::poisson_2;
    with_exponential.b = make_(op::exp, make_.negate(n.a));
    return noted(g_.make(with_exponential));
  }

  static constexpr bool is_ordinary(double x) {
    return (x > 2e-38 && x < 1e38) || (x < -2e-38 && x > -1e38);
  }
  /// Whether `made`, if a literal, is a normal number in every precision.
  constexpr bool is_ordinary(int made) const {
    return !g_.is_literal(made) || is_ordinary(g_[made].value);
  }

  constexpr int reciprocal(int c) {
    node const n = g_[c];
    if (n.code == op::literal) return is_ordinary(n.value) ? noted(g_.literal(1 / n.value)) : none;
    return noted(n.code == op::divide ? make_.divide(n.b, n.a) : make_.divide(g_.literal(1), c));
  }
  /// The product of two constants.
  constexpr int joined(int c, int d) {
    node const x = g_[c], y = g_[d];
    if (y.code == op::divide && g_.is_literal(y.a, 1)) return noted(make_.divide(c, y.b));
    if (x.code == op::divide && g_.is_literal(x.a, 1)) return noted(make_.divide(d, x.b));
    return noted(make_.multiply(c, d));
  }
  constexpr int quotient(int c, int d) {
    int const r = noted(make_.divide(c, d));
    return is_ordinary(r) ? r : none;
  }

  /// x c, where c is computed less often.
  constexpr int scale(int x, int c) {
    int const p = known_[x];
    node const n = g_[x], f = g_[c];
    if (f.code == op::literal && f.value == 0) return noted(make_.zero());
    if (f.code == op::literal && f.value == 1) return x;
    if (f.code == op::literal && f.value == -1) return negate(x);
    if ((p & (scaled | absorbs | negated)) == 0 && n.code != op::select)
      return noted(g_.make(op::multiply, x, c));
    if (n.code == op::negate) return scale(n.a, noted(make_.negate(c)));
    if ((p & scaled) != 0 || (p & (inverse | shared)) == inverse) {
      int const both = multiply((p & scaled) != 0 ? n.b : n.a, c);
      if (is_ordinary(both)) return (p & scaled) != 0 ? scale(n.a, both) : divide(both, n.b);
    }
    if (n.code == op::select && (p & shared) == 0 &&
        (g_.is_literal(n.b, 0) || g_.is_literal(n.c, 0)))
      return noted(make_.select(n.a, multiply(n.b, c), multiply(n.c, c)));
    if ((p & (sum | absorbs | shared)) == (sum | absorbs)) {
      int const first = multiply(n.a, c), second = multiply(n.b, c);
      // A factor that both have in the end would be taken out again.
      bool const is_common =
          (known_[first] & known_[second] & scaled) != 0 && g_[first].b == g_[second].b;
      if (is_common) return noted(g_.make(op::multiply, x, c));
      return n.code == op::add ? add(first, second) : subtract(first, second);
    }
    return noted(g_.make(op::multiply, x, c));
  }

  /// The operand of a sum that is computed more often than the other, or `none`.
  constexpr int more_often(node const& n) const {
    if (n.code != op::add && n.code != op::subtract) return none;
    if (rarer(n.b, n.a)) return n.a;
    return rarer(n.a, n.b) ? n.b : none;
  }

  /// A node as a power, if it is one that `whole_power` makes.
  constexpr raised power_of(int i) const {
    node const n = g_[i];
    if (n.code != op::multiply) return {i, 1};
    if (n.a == n.b) {
      raised const r = power_of(n.a);
      return {r.base, 2 * r.exponent};
    }
    for (bool const swapped : {false, true}) {
      int const even = swapped ? n.b : n.a, other = swapped ? n.a : n.b;
      node const& e = g_[even];
      if (e.code != op::multiply || e.a != e.b) continue;
      raised const r = power_of(even);
      if (r.base == other) return {r.base, r.exponent + 1};
    }
    return {i, 1};
  }

  graph& g_;
  simplifier make_;
  frequency const* often_;
  list<int> table_;
  int* known_ = nullptr;
  int noted_ = 0;
};

}  // namespace nernst::ir
