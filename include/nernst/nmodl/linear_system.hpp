// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/elimination.hpp>
#include <nernst/ir/differentiate.hpp>
#include <nernst/ir/linear_forms.hpp>
#include <nernst/ir/rewrite.hpp>

namespace nernst::nmodl::detail {

/// Linear equations whose coefficients are expressions, solved by elimination: LINEAR, and the
/// steady states of KINETIC. Pivots are chosen by structure: those on the diagonal where they are
/// not zero or, if asked for, numbers, which cannot become zero.
class linear_system {
 public:
  enum class pivots : bool { on_diagonal, numbers };

  /// `unknowns` are numbers of any kind.
  constexpr linear_system(ir::graph& g, ir::list<int> const& unknowns,
                          pivots preferred = pivots::on_diagonal)
      : g_(g), unknowns_(unknowns), size_(unknowns.size()), preferred_(preferred),
        columns_(size_ + 1), a_(size_ * columns_, ir::none) {}

  /// What stands for an unknown in the equations.
  constexpr int unknown(int number) { return g_.symbol(first_unknown + number); }
  /// The place of the unknown that a symbol stands for, or `none`.
  constexpr int place_of(int symbol) const {
    for (int k = 0; k < size_; ++k)
      if (symbol == first_unknown + unknowns_[k]) return k;
    return ir::none;
  }

  /// Whether all of these are linear in the unknowns.
  constexpr bool are_linear(ir::list<int> const& zero) {
    int last = 0;
    for (int const k : unknowns_) last = k > last ? k : last;
    ir::list<int> column(last + 1, ir::none);
    for (int k = 0; k < size_; ++k) column[unknowns_[k]] = k;
    ir::linear_forms const forms(g_, column, first_unknown, ir::linear_forms::draws::constant);
    for (int const z : zero)
      if (!forms.is_linear(z)) return false;
    return true;
  }
  /// Sets equation `row`: `zero` is zero. Returns false if it is not linear in the unknowns.
  constexpr bool set(int row, int zero) {
    ir::list<int> const order = ir::schedule(g_, zero);
    for (int k = 0; k < size_; ++k) {
      int const slope = slope_of(zero, k, order);
      if (slope == not_linear) return false;
      at(row, k) = slope;
    }
    ir::list<int> const offset =
        ir::rebuild(g_, ir::span<int const>(&zero, 1), [this](int i, ir::node const& n) {
          if (n.code == ir::op::symbol) return n.which >= first_unknown ? g_.literal(0) : i;
          ir::node const& old = g_[i];
          bool const is_same = old.a == n.a && old.b == n.b && old.c == n.c;
          return is_same ? i : g_.make(n);
        });
    at(row, size_) = g_.is_literal(offset[0], 0) ? ir::none : g_.negate(offset[0]);
    return true;
  }

  /// Of an unknown in an equation that was set, `none` for zero; behind the last one what the sum
  /// is.
  constexpr int coefficient(int row, int column) const { return a_[row * columns_ + column]; }

  /// How far the unknowns are, where tangents replace the equations, from where all of `zero` are
  /// zero; nothing where that cannot be found by their own equations.
  constexpr ir::list<int> newton_step(ir::list<int> zero) {
    ir::list<int> held;
    zero = with_held(zero, held);
    ir::list<integrate::elimination::entry> slopes;
    for (int row = 0; row < size_; ++row) {
      bool has_own = false;
      for (int const k : unknowns_in(zero[row])) {
        int const slope = ir::differentiate(g_, zero[row], first_unknown + unknowns_[k]);
        if (g_.is_literal(slope, 0)) continue;
        slopes.push_back({row, k, slope});
        has_own = has_own || k == row;
      }
      if (!has_own) return {};
    }
    integrate::elimination factors(g_, size_, slopes);
    for (int& z : zero) z = g_.negate(z);
    ir::list<int> steps = factors.solve(zero);
    for (int& s : steps)
      if (s == ir::none) s = g_.literal(0);
    return ir::rebuild(g_, ir::span<int const>(steps), [&](int i, ir::node const& n) {
      if (n.code == ir::op::symbol) return n.which >= first_held ? held[n.which - first_held] : i;
      return made(i, n);
    });
  }
  /// What stands for what an unknown was before.
  constexpr int former(int number) { return g_.symbol(first_former + number); }
  /// Expressions with values in the place of the unknowns, and of what they were.
  constexpr ir::list<int> with(ir::span<int const> values, ir::span<int const> formers,
                               ir::span<int const> roots) {
    return ir::rebuild(g_, roots, [&](int i, ir::node const& n) {
      bool const is_former = n.code == ir::op::symbol && n.which >= first_former;
      int const k = n.code != ir::op::symbol ? ir::none
                    : is_former              ? place_of(n.which - first_former + first_unknown)
                                             : place_of(n.which);
      if (k != ir::none && is_former && !formers.empty()) return formers[k];
      if (k != ir::none && !is_former && !values.empty()) return values[k];
      return made(i, n);
    });
  }

  /// The unknowns; nothing where the equations do not determine them.
  constexpr ir::list<int> solve() {
    for (int k = 0; k < size_; ++k) {
      if (!find_pivot(k)) return {};
      for (int row = k + 1; row < size_; ++row) eliminate(row, k);
    }
    ir::list<int> x(size_, ir::none);
    for (int k = size_ - 1; k >= 0; --k) {
      int sum = at(k, size_);
      for (int j = k + 1; j < size_; ++j) sum = minus(sum, times(at(k, j), x[j]));
      x[k] = over(sum, at(k, k));
    }
    for (int& v : x)
      if (v == ir::none) v = g_.literal(0);
    return x;
  }

 private:
  static constexpr int first_unknown = 1 << 24, first_former = first_unknown + (1 << 20),
                       first_held = first_former + (1 << 20);
  static constexpr int not_linear = -2;

  /// The node of this kind, which is `i` where its operands are the same.
  constexpr int made(int i, ir::node const& n) {
    ir::node const& old = g_[i];
    return old.a == n.a && old.b == n.b && old.c == n.c ? i : g_.make(n);
  }
  /// Expressions with symbols in the place of parts without unknowns: these may have units, which
  /// differentiation and elimination drop.
  constexpr ir::list<int> with_held(ir::list<int> const& roots, ir::list<int>& held) {
    ir::list<char> depends(g_.size());
    return ir::rebuild(g_, ir::span<int const>(roots), [&](int i, ir::node n) {
      ir::node const old = g_[i];
      bool const is_unknown = n.code == ir::op::symbol && n.which >= first_unknown;
      int const operands = ir::operands(n.code);
      bool const has_one = (operands > 0 && depends[old.a] != 0) ||
                           (operands > 1 && depends[old.b] != 0) ||
                           (operands > 2 && depends[old.c] != 0);
      depends[i] = is_unknown || has_one;
      if (!has_one) return i;
      if (operands > 0 && depends[old.a] == 0) n.a = held_symbol(old.a, held);
      if (operands > 1 && depends[old.b] == 0) n.b = held_symbol(old.b, held);
      if (operands > 2 && depends[old.c] == 0) n.c = held_symbol(old.c, held);
      return made(i, n);
    });
  }
  constexpr int held_symbol(int i, ir::list<int>& held) {
    if (g_.is_literal(i)) return i;
    int k = 0;
    while (k < held.size() && held[k] != i) ++k;
    if (k == held.size()) held.push_back(i);
    return g_.symbol(first_held + k);
  }

  constexpr int& at(int row, int column) { return a_[row * columns_ + column]; }

  // Zeros are `none`. Nothing is simplified, as what is multiplied may have units.
  constexpr bool is_one(int a) const { return g_.is_literal(a, 1) && g_[a].unit.is_one(); }
  constexpr int product(int a, int b) {
    if (is_one(a)) return b;
    return is_one(b) ? a : g_.multiply(a, b);
  }
  constexpr int times(int a, int b) {
    return a == ir::none || b == ir::none ? ir::none : product(a, b);
  }
  constexpr int minus(int a, int b) {
    if (b == ir::none) return a;
    return a == ir::none ? g_.negate(b) : g_.subtract(a, b);
  }
  constexpr int plus(int a, int b) {
    if (b == ir::none) return a;
    return a == ir::none ? b : g_.add(a, b);
  }
  constexpr int over(int a, int b) {
    if (a == ir::none || is_one(b)) return a;
    return g_.divide(a, b);
  }

  constexpr bool find_pivot(int k) {
    int best = ir::none;
    for (int row = k; row < size_; ++row) {
      if (at(row, k) == ir::none) continue;
      bool const is_number = preferred_ == pivots::numbers && g_.is_literal(at(row, k));
      if (best == ir::none || (is_number && !g_.is_literal(at(best, k)))) best = row;
    }
    if (best == ir::none) return false;
    for (int j = 0; j < columns_ && best != k; ++j) {
      int const other = at(best, j);
      at(best, j) = at(k, j);
      at(k, j) = other;
    }
    return true;
  }
  constexpr void eliminate(int row, int k) {
    if (at(row, k) == ir::none) return;
    int const factor = over(at(row, k), at(k, k));
    at(row, k) = ir::none;
    for (int j = k + 1; j < columns_; ++j) at(row, j) = minus(at(row, j), times(factor, at(k, j)));
  }

  /// The derivative of a node by unknown `k`, `none` for zero.
  constexpr int slope_of(int root, int k, ir::list<int> const& order) {
    ir::list<int> slopes(g_.size(), ir::none);
    for (int const i : order) {
      ir::node const n = g_[i];
      int const s = slope_of(n, k, slopes);
      if (s == not_linear) return not_linear;
      if (i < slopes.size()) slopes[i] = s;
    }
    return slopes[root];
  }
  constexpr int slope_of(ir::node const& n, int k, ir::list<int> const& of) {
    if (n.code == ir::op::symbol)
      return n.which == first_unknown + unknowns_[k] ? g_.literal(1) : ir::none;
    bool is_free = true;
    for (int const x : operands(n)) is_free = is_free && of[x] == ir::none;
    if (is_free) return ir::none;
    switch (n.code) {
    case ir::op::negate:
      return g_.negate(of[n.a]);
    case ir::op::add:
      return plus(of[n.a], of[n.b]);
    case ir::op::subtract:
      return minus(of[n.a], of[n.b]);
    case ir::op::multiply: {
      if (has_unknowns(n.a) && has_unknowns(n.b)) return not_linear;
      return of[n.a] != ir::none ? times(of[n.a], n.b) : times(n.a, of[n.b]);
    }
    case ir::op::divide:
      return has_unknowns(n.b) ? not_linear : over(of[n.a], n.b);
    case ir::op::select: {
      if (has_unknowns(n.a)) return not_linear;
      int const zero = g_.literal(0);
      return g_.select(n.a, of[n.b] == ir::none ? zero : of[n.b],
                       of[n.c] == ir::none ? zero : of[n.c]);
    }
    default:
      return not_linear;
    }
  }
  constexpr ir::list<int> unknowns_in(int root) const {
    ir::list<int> all;
    for (int const i : ir::schedule(g_, root))
      if (int const k = g_[i].code == ir::op::symbol ? place_of(g_[i].which) : ir::none;
          k != ir::none)
        all.push_back(k);
    return all;
  }
  constexpr bool has_unknowns(int i) const {
    return ir::any_of(g_, i, [](ir::node const& n) {
      return n.code == ir::op::symbol && n.which >= first_unknown;
    });
  }

  ir::graph& g_;
  ir::list<int> unknowns_;
  int size_;
  pivots preferred_;
  int columns_;
  ir::list<int> a_;  ///< the coefficients and, in the last column, what the sums are
};

}  // namespace nernst::nmodl::detail
