// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

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
  static constexpr int first_unknown = 1 << 24;
  static constexpr int not_linear = -2;

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
