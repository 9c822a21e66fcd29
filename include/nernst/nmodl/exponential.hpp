// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/elimination.hpp>

namespace nernst::nmodl::detail {

/// What a matrix of rates makes of a vector in a step: exp(A) x, where entries are expressions, by
/// rows, and `none` is zero. The Pade approximant of third order of A/256 is squared, and then
/// applied; it has no number above 1 for rates of decay, however large.
class exponential {
 public:
  using numbers = ir::list<int>;

  constexpr exponential(ir::graph& g, int size) : g_(g), size_(size) {}

  constexpr numbers times(numbers const& a, numbers x) {
    constexpr int squared = 5, applied = 8;
    numbers p = approximant(scaled(a, 1.0 / ((1 << squared) * applied)));
    for (int k = 0; k < squared; ++k) p = product(p, p, size_);
    for (int k = 0; k < applied; ++k) x = product(p, x, 1);
    return x;
  }

 private:
  /// (120 - 60 b + 12 b^2 - b^3)^-1 (120 + 60 b + 12 b^2 + b^3)
  constexpr numbers approximant(numbers const& b) {
    numbers const square = product(b, b, size_);
    numbers const odd = sum(scaled(b, 60), product(square, b, size_));
    numbers even = scaled(square, 12);
    for (int k = 0; k < size_; ++k) even[at(k, k)] = plus(even[at(k, k)], g_.literal(120));
    ir::list<integrate::elimination::entry> below;
    numbers const denominator = sum(even, scaled(odd, -1));
    for (int row = 0; row < size_; ++row)
      for (int column = 0; column < size_; ++column)
        if (int const n = denominator[at(row, column)]; n != ir::none)
          below.push_back({row, column, n});
    integrate::elimination factors(g_, size_, below);
    numbers const above = sum(even, odd);
    numbers result(size_ * size_, ir::none);
    for (int column = 0; column < size_; ++column) {
      numbers one;
      for (int row = 0; row < size_; ++row) one.push_back(above[at(row, column)]);
      one = factors.solve(one);
      for (int row = 0; row < size_; ++row) result[at(row, column)] = one[row];
    }
    return result;
  }
  /// Of a square matrix and one with as many rows.
  constexpr numbers product(numbers const& a, numbers const& b, int columns) {
    numbers c(size_ * columns, ir::none);
    for (int row = 0; row < size_; ++row)
      for (int k = 0; k < size_; ++k)
        for (int column = 0; column < columns && a[at(row, k)] != ir::none; ++column)
          if (int const other = b[k * columns + column]; other != ir::none) {
            int& to = c[row * columns + column];
            to = plus(to, g_.multiply(a[at(row, k)], other));
          }
    return c;
  }
  constexpr numbers scaled(numbers a, double by) {
    for (int& x : a)
      if (x != ir::none) x = by == -1 ? g_.negate(x) : g_.multiply(g_.literal(by), x);
    return a;
  }
  constexpr numbers sum(numbers a, numbers const& b) {
    for (int k = 0; k < a.size(); ++k) a[k] = plus(a[k], b[k]);
    return a;
  }
  constexpr int plus(int a, int b) {
    if (b == ir::none) return a;
    return a == ir::none ? b : g_.add(a, b);
  }
  constexpr int at(int row, int column) const { return row * size_ + column; }

  ir::graph& g_;
  int size_;
};

}  // namespace nernst::nmodl::detail
