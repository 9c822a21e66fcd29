// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/list.hpp>
#include <nernst/ir/mathematics.hpp>

#include <cmath>
#include <stdexcept>

namespace nernst::integrate {

namespace detail {

/// A square matrix in row-major order.
template <class Number>
struct square_matrix {
  int n;
  ir::list<Number> entry = ir::list<Number>(n * n, Number(0.0));

  Number& operator()(int i, int j) { return entry[i * n + j]; }
  Number const& operator()(int i, int j) const { return entry[i * n + j]; }
};

/// x times two to the power `exponent`.
template <class Number>
Number scaled(Number const& x, int exponent) {
  if constexpr (std::is_floating_point_v<Number>) {
    return std::ldexp(x, exponent);
  } else {
    int const half = exponent / 2;
    return x * Number(std::ldexp(1.0, half)) * Number(std::ldexp(1.0, exponent - half));
  }
}
template <class Number>
double magnitude(Number const& x) {
  return std::abs(static_cast<double>(x));
}
inline double larger(double x, double y) {
  return y > x ? y : x;
}
template <class Number>
void exchange(Number& x, Number& y) {
  Number const old = x;
  x = y;
  y = old;
}

/// Skips zeros, so that infinity times a structural zero is zero.
template <class Number>
square_matrix<Number> product(square_matrix<Number> const& a, square_matrix<Number> const& b) {
  Number const zero(0.0);
  square_matrix<Number> c{a.n};
  for (int i = 0; i < a.n; ++i)
    for (int k = 0; k < a.n; ++k) {
      if (!(a(i, k) != zero)) continue;
      for (int j = 0; j < a.n; ++j)
        if (b(k, j) != zero) c(i, j) += a(i, k) * b(k, j);
    }
  return c;
}

/// Overwrites `b` with the solution of a x = b, and `a` too: elimination with partial pivoting.
template <class Number>
void solve(square_matrix<Number>& a, square_matrix<Number>& b) {
  int const n = a.n;
  for (int k = 0; k < n; ++k) {
    int pivot = k;
    for (int i = k + 1; i < n; ++i)
      if (magnitude(a(i, k)) > magnitude(a(pivot, k))) pivot = i;
    for (int j = 0; j < n && pivot != k; ++j) {
      exchange(a(k, j), a(pivot, j));
      exchange(b(k, j), b(pivot, j));
    }
    for (int i = k + 1; i < n; ++i) {
      Number const factor = a(i, k) / a(k, k);
      if (!(factor != Number(0.0))) continue;
      for (int j = k; j < n; ++j) a(i, j) -= factor * a(k, j);
      for (int j = 0; j < n; ++j) b(i, j) -= factor * b(k, j);
    }
  }
  for (int k = n; k-- > 0;)
    for (int j = 0; j < n; ++j) {
      for (int i = k + 1; i < n; ++i) b(k, j) -= a(k, i) * b(i, j);
      b(k, j) /= a(k, k);
    }
}

/// The [13/13] Padé approximant of e^a, exact to rounding for a 1-norm up to 5.37.
template <class Number>
square_matrix<Number> pade13(square_matrix<Number> const& a) {
  using matrix = square_matrix<Number>;
  constexpr double c[] = {64764752532480000.,
                          32382376266240000.,
                          7771770303897600.,
                          1187353796428800.,
                          129060195264000.,
                          10559470521600.,
                          670442572800.,
                          33522128640.,
                          1323241920.,
                          40840800.,
                          960960.,
                          16380.,
                          182.,
                          1.};
  matrix const a2 = product(a, a);
  matrix const a4 = product(a2, a2);
  matrix const a6 = product(a2, a4);
  auto const polynomial = [&](double c0, double c2, double c4, double c6) {
    matrix p{a.n};
    for (int i = 0; i < p.entry.size(); ++i)
      p.entry[i] = Number(c6) * a6.entry[i] + Number(c4) * a4.entry[i] + Number(c2) * a2.entry[i];
    for (int i = 0; i < a.n; ++i) p(i, i) += Number(c0);
    return p;
  };
  auto const add = [](matrix& x, double factor, matrix const& y) {
    for (int i = 0; i < x.entry.size(); ++i) x.entry[i] += Number(factor) * y.entry[i];
  };
  // The even terms, then the odd ones without one factor a.
  matrix half[2] = {{a.n}, {a.n}};
  for (int odd = 0; odd < 2; ++odd) {
    half[odd] = product(a6, polynomial(0, c[8 + odd], c[10 + odd], c[12 + odd]));
    add(half[odd], 1, polynomial(c[odd], c[2 + odd], c[4 + odd], c[6 + odd]));
  }
  matrix const odd = product(a, half[1]);
  matrix denominator = half[0];
  matrix result = half[0];
  add(denominator, -1, odd);
  add(result, 1, odd);
  solve(denominator, result);
  return result;
}

/// Exponents e of the scaling a_ij 2^(e_j - e_i) that brings the off-diagonal norms of row and
/// column k together. A norm below the largest diagonal entry (or below 1) counts as that much: an
/// entry that nothing opposes is then brought down to that size too.
template <class Number>
ir::list<int> balance(square_matrix<Number>& a) {
  ir::list<int> exponent(a.n);
  double least = 1;
  for (int i = 0; i < a.n; ++i) least = larger(least, magnitude(a(i, i)));
  bool changed = true;
  for (int sweep = 0; changed && sweep < 200; ++sweep) {
    changed = false;
    for (int k = 0; k < a.n; ++k) {
      double row = 0;
      double column = 0;
      for (int j = 0; j < a.n; ++j) {
        if (j == k) continue;
        row = larger(row, magnitude(a(k, j)));
        column = larger(column, magnitude(a(j, k)));
      }
      double const ratio = larger(row, least) / larger(column, least);
      int const shift = static_cast<int>(std::lround(0.5 * std::log2(ratio)));
      if (shift == 0) continue;
      changed = true;
      exponent[k] += shift;
      for (int j = 0; j < a.n; ++j) {
        if (j == k) continue;
        a(k, j) = scaled(a(k, j), -shift);
        a(j, k) = scaled(a(j, k), shift);
      }
    }
  }
  return exponent;
}

/// Which variable depends on which, directly or through others, and an order of the variables in
/// which the matrix is block triangular.
class block_structure {
 public:
  template <class Number>
  block_structure(ir::span<Number const> a, int n)
      : n_(n), depends_(n * n), alone_(n, 1), order_(n) {
    for (int i = 0; i < n * n; ++i) depends_[i] = a[i] != Number(0.0) || i % (n + 1) == 0;
    for (int k = 0; k < n; ++k)
      for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j)
          if (depends(i, k) && depends(k, j)) depends_[i * n + j] = 1;
    ir::list<int> count(n);
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < n; ++j) {
        count[i] += depends(i, j);
        if (i != j && depends(i, j) && depends(j, i)) alone_[i] = 0;
      }
    for (int i = 0; i < n; ++i) {
      int place = i;
      for (; place > 0 && count[order_[place - 1]] < count[i]; --place)
        order_[place] = order_[place - 1];
      order_[place] = i;
    }
  }

  bool depends(int i, int j) const { return depends_[i * n_ + j] != 0; }
  /// Whether a variable is outside any cycle of dependence.
  bool is_alone(int i) const { return alone_[i] != 0; }
  int order(int place) const { return order_[place]; }

 private:
  int n_;
  ir::list<char> depends_, alone_;
  ir::list<int> order_;
};

}  // namespace detail

/// e^a of a square matrix with `size` rows, in row-major order: permutation to block triangular
/// form, balancing by powers of two, then scaling and squaring of a Padé approximant (Higham, SIAM
/// J. Matrix Anal. Appl. 26, 2005); diagonal entries outside any cycle of dependence are
/// exponentials of their own (Al-Mohy and Higham, ibid. 31, 2009). Entry (i, j) is exactly zero
/// unless i depends on j, directly or through others. `Number` has `ir::mathematics`, and an
/// explicit conversion to double. Throws std::invalid_argument for a wrong size or an entry that is
/// not finite.
template <class Number>
ir::list<Number> matrix_exponential(ir::span<Number const> a, int size) {
  if (size < 0 || a.size() != size * size)
    throw std::invalid_argument("matrix_exponential: the matrix does not have size * size entries");
  for (Number const& x : a)
    if (!std::isfinite(static_cast<double>(x)))
      throw std::invalid_argument("matrix_exponential: an entry is not finite");
  detail::block_structure const blocks(a, size);

  detail::square_matrix<Number> ordered{size};
  for (int i = 0; i < size; ++i)
    for (int j = 0; j < size; ++j) ordered(i, j) = a[blocks.order(i) * size + blocks.order(j)];
  ir::list<int> const exponent = detail::balance(ordered);
  double norm = 0;
  for (int j = 0; j < size; ++j) {
    double column = 0;
    for (int i = 0; i < size; ++i) column += detail::magnitude(ordered(i, j));
    norm = detail::larger(norm, column);
  }
  constexpr double most = 5.37;
  int const squarings = norm > most ? static_cast<int>(std::ceil(std::log2(norm / most))) : 0;
  for (Number& x : ordered.entry) x = detail::scaled(x, -squarings);

  detail::square_matrix<Number> power = detail::pade13(ordered);
  for (int s = 0; s <= squarings; ++s) {
    if (s > 0) power = detail::product(power, power);
    for (int i = 0; i < size; ++i)
      if (blocks.is_alone(blocks.order(i)))
        power(i, i) = ir::mathematics<Number>::exp(detail::scaled(ordered(i, i), s));
  }
  ir::list<Number> result(size * size, Number(0.0));
  for (int i = 0; i < size; ++i)
    for (int j = 0; j < size; ++j) {
      int const row = blocks.order(i);
      int const column = blocks.order(j);
      if (blocks.depends(row, column))
        result[row * size + column] = detail::scaled(power(i, j), exponent[i] - exponent[j]);
    }
  return result;
}

}  // namespace nernst::integrate
