// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/dependency.hpp>
#include <nernst/ir/simplify.hpp>
#include <nernst/ir/weighted_sum.hpp>

namespace nernst::ir {

/// Finds quotients x/(exp(D) - 1) where x is a multiple of D, as in the rate functions of ion
/// channels, and writes them with `exprel`, which has no 0/0 at D = 0.
///
/// With x = r D a quotient `k x/(exp(D) - 1)` becomes `k r/exprel(D)`, and `k (exp(D) - 1)/x`
/// becomes `k/r exprel(D)`; likewise with 1 - exp(D) and expm1(D). The multiple r may contain
/// everything but states and random numbers. x and D are compared as sums of terms with literal
/// factors, each to 10^-14 of its size, so that a zero which was rounded twice is one zero. The
/// value changes in the last digits, and near D = 0 where it was wrong.
class exprel_finder {
 public:
  constexpr explicit exprel_finder(model& m) : m_(m), g_(m.nodes), make_(m.nodes) {}

  /// Whether there is anything to look at.
  constexpr bool is_needed() const {
    for (int i = 0; i < g_.size(); ++i)
      if (is_difference(i)) return true;
    return false;
  }

  constexpr int operator()(node const& n) {
    int const made = make_(n);
    node const r = g_[made];
    bool const quotient = r.code == op::divide && (has_difference(r.a) || has_difference(r.b));
    bool const product =
        r.code == op::multiply && (has_difference_below(r.a) || has_difference_below(r.b));
    if (!quotient && !product) return made;
    factors f;
    f.add(g_, made);
    if (f.full) return made;
    for (int e = 0; e < f.count; ++e) {
      difference const d = difference_of(f.at[e].node);
      if (d.argument == none) continue;
      factors of;
      of.add(g_, d.argument);
      for (int x = 0; x < f.count && !of.full; ++x)
        for (int k = 0; k < of.count; ++k) {
          if (f.at[x].below == f.at[e].below || of.at[k].below || !is_fixed_but(of, k)) continue;
          double const ratio = ratio_of(f.at[x].node, of.at[k].node);
          if (ratio != 0) return written(f, e, x, d, of, k, ratio);
        }
    }
    return made;
  }

 private:
  /// exp(argument) - 1, or its negative.
  struct difference {
    int argument = none;
    bool negative = false;
  };
  struct factor {
    int node;
    bool below;  ///< in the denominator
  };
  /// A product and quotient, factor by factor. A minus is the factor -1.
  struct factors {
    static constexpr int most = 16;
    factor at[most] = {};
    int count = 0;
    bool full = false;

    constexpr void add(graph& g, int i, bool below = false) {
      node const n = g[i];
      if (n.code == op::multiply || n.code == op::divide) {
        add(g, n.a, below);
        add(g, n.b, below != (n.code == op::divide));
      } else if (n.code == op::negate) {
        add(g, n.a, below);
        put({g.literal(-1), below});
      } else {
        put({i, below});
      }
    }

   private:
    constexpr void put(factor f) {
      full = full || count == most;
      if (!full) at[count++] = f;
    }
  };
  /// r where x = r y, or 0.
  constexpr double ratio_of(int x, int y) const {
    if (g_.is_literal(x) || g_.is_literal(y)) return 0;
    if (x == y) return 1;
    weighted_sum const a(g_, x), b(g_, y);
    double const ratio = a.multiple_of(b);
    double const size = b.size * (ratio < 0 ? -ratio : ratio);
    bool const fits = is_close(a.offset, ratio * b.offset, a.size > size ? a.size : size);
    return fits ? ratio : 0;
  }

  constexpr difference difference_of(int i) const {
    node const& n = g_[i];
    if (n.code == op::expm1) return {n.a, false};
    if (n.code == op::add && g_.is_literal(n.b, -1) && g_[n.a].code == op::exp)
      return {g_[n.a].a, false};
    if (n.code == op::subtract && g_.is_literal(n.a, 1) && g_[n.b].code == op::exp)
      return {g_[n.b].a, true};
    return {};
  }
  constexpr bool is_difference(int i) const { return difference_of(i).argument != none; }
  constexpr bool has_difference(int i) const {
    node const& n = g_[i];
    if (n.code == op::negate) return is_difference(n.a);
    return is_difference(i) || ((n.code == op::multiply || n.code == op::divide) &&
                                (is_difference(n.a) || is_difference(n.b)));
  }
  constexpr bool has_difference_below(int i) const {
    return g_[i].code == op::divide && has_difference(g_[i].b);
  }

  /// Whether all factors but one contain no states and no random numbers.
  constexpr bool is_fixed_but(factors const& of, int one) const {
    variation const moving = variation::by_state | variation::by_draw;
    for (int k = 0; k < of.count; ++k)
      if (k != one && changes(variation_of(m_, of.at[k].node), moving)) return false;
    return true;
  }

  /// The product with the factors `e` = exp(D) - 1 and `x` = r D replaced; `of` are the factors of
  /// D, of which `k` is x / ratio.
  constexpr int written(factors const& f, int e, int x, difference d, factors const& of, int k,
                        double ratio) {
    bool const below = f.at[e].below;
    int result = g_.literal((below ? ratio : 1 / ratio) * (d.negative ? -1 : 1));
    auto put = [&](int i, bool under) {
      result = under ? make_.divide(result, i) : make_.multiply(result, i);
    };
    for (int p = 0; p < f.count; ++p)
      if (p != e && p != x) put(f.at[p].node, f.at[p].below);
    for (int p = 0; p < of.count; ++p)
      if (p != k) put(of.at[p].node, of.at[p].below != below);
    put(g_.make(op::exprel, d.argument), below);
    return result;
  }

  model& m_;
  graph& g_;
  simplifier make_;
};

/// Builds `roots` with `exprel` where that removes a 0/0, and returns the new roots. They must have
/// been simplified.
constexpr list<int> use_exprel(model& m, list<int> const& roots) {
  exprel_finder find(m);
  if (!find.is_needed()) return roots;
  return rebuild(m.nodes, roots,
                 [&find](int i, node const& n) { return operands(n.code) == 0 ? i : find(n); });
}

/// Writes a model's expressions with `exprel`, but for the equations that exponential Euler is to
/// solve: there x in x/(exp(x) - 1) may be the state itself, which that method takes as linear and
/// the quotient as its coefficient.
constexpr void use_exprel(model& m) {
  list<int> const before = roots(m);
  list<int> after(before);
  for (int k = 0; k < m.equations.size(); ++k) {
    method_id const own = m.equations[k].method;
    method_id const method = own == method_id::automatic ? m.method : own;
    if (method == method_id::exponential_euler) after[k] = none;
  }
  after = use_exprel(m, after);
  for (int k = 0; k < after.size(); ++k)
    if (after[k] == none) after[k] = before[k];
  replace_roots(m, after);
}

}  // namespace nernst::ir
