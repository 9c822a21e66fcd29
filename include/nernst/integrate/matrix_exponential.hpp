// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <utility>
#include <vector>

namespace nernst::integrate {

namespace detail {

/// A square matrix in row-major order.
struct square_matrix {
  std::size_t n;
  std::vector<double> entry = std::vector<double>(n * n, 0.0);
  double& operator()(std::size_t i, std::size_t j) { return entry[i * n + j]; }
  double operator()(std::size_t i, std::size_t j) const { return entry[i * n + j]; }
};

/// Skips zeros, so that infinity times a structural zero is zero.
inline square_matrix product(square_matrix const& a, square_matrix const& b) {
  square_matrix c{a.n};
  for (std::size_t i = 0; i < a.n; ++i)
    for (std::size_t k = 0; k < a.n; ++k)
      if (a(i, k) != 0)
        for (std::size_t j = 0; j < a.n; ++j)
          if (b(k, j) != 0) c(i, j) += a(i, k) * b(k, j);
  return c;
}

/// Overwrites `b` with the solution of a x = b, by elimination with partial pivoting.
inline void solve(square_matrix a, square_matrix& b) {
  std::size_t const n = a.n;
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < n; ++i)
      if (std::abs(a(i, k)) > std::abs(a(pivot, k))) pivot = i;
    for (std::size_t j = 0; j < n && pivot != k; ++j) {
      std::swap(a(k, j), a(pivot, j));
      std::swap(b(k, j), b(pivot, j));
    }
    for (std::size_t i = k + 1; i < n; ++i) {
      double const factor = a(i, k) / a(k, k);
      if (factor == 0) continue;
      for (std::size_t j = k; j < n; ++j) a(i, j) -= factor * a(k, j);
      for (std::size_t j = 0; j < n; ++j) b(i, j) -= factor * b(k, j);
    }
  }
  for (std::size_t k = n; k-- > 0;)
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t i = k + 1; i < n; ++i) b(k, j) -= a(k, i) * b(i, j);
      b(k, j) /= a(k, k);
    }
}

/// The [13/13] Padé approximant of e^a, exact to rounding for a 1-norm up to 5.37.
inline square_matrix pade13(square_matrix const& a) {
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
  square_matrix const a2 = product(a, a), a4 = product(a2, a2), a6 = product(a2, a4);
  auto const polynomial = [&](double c0, double c2, double c4, double c6) {
    square_matrix p{a.n};
    for (std::size_t i = 0; i < p.entry.size(); ++i)
      p.entry[i] = c6 * a6.entry[i] + c4 * a4.entry[i] + c2 * a2.entry[i];
    for (std::size_t i = 0; i < a.n; ++i) p(i, i) += c0;
    return p;
  };
  auto const sum = [](square_matrix x, square_matrix const& y, double sign) {
    for (std::size_t i = 0; i < x.entry.size(); ++i) x.entry[i] += sign * y.entry[i];
    return x;
  };
  square_matrix const odd = product(a, sum(product(a6, polynomial(0, c[9], c[11], c[13])),
                                           polynomial(c[1], c[3], c[5], c[7]), 1));
  square_matrix const even =
      sum(product(a6, polynomial(0, c[8], c[10], c[12])), polynomial(c[0], c[2], c[4], c[6]), 1);
  square_matrix result = sum(even, odd, 1);
  solve(sum(even, odd, -1), result);
  return result;
}

/// Exponents e of the scaling a_ij 2^(e_j - e_i) that brings the off-diagonal norms of row and
/// column k together. A norm below the largest diagonal entry (or below 1) counts as that much: an
/// entry that nothing opposes is then brought down to that size too.
inline std::vector<int> balance(square_matrix& a) {
  std::vector<int> exponent(a.n, 0);
  double least = 1;
  for (std::size_t i = 0; i < a.n; ++i) least = std::max(least, std::abs(a(i, i)));
  bool changed = true;
  for (int sweep = 0; changed && sweep < 200; ++sweep) {
    changed = false;
    for (std::size_t k = 0; k < a.n; ++k) {
      double row = 0, column = 0;
      for (std::size_t j = 0; j < a.n; ++j)
        if (j != k) {
          row = std::max(row, std::abs(a(k, j)));
          column = std::max(column, std::abs(a(j, k)));
        }
      int const shift = static_cast<int>(
          std::lround(0.5 * std::log2(std::max(row, least) / std::max(column, least))));
      if (shift == 0) continue;
      changed = true;
      exponent[k] += shift;
      for (std::size_t j = 0; j < a.n; ++j)
        if (j != k) {
          a(k, j) = std::ldexp(a(k, j), -shift);
          a(j, k) = std::ldexp(a(j, k), shift);
        }
    }
  }
  return exponent;
}

}  // namespace detail

/// e^a of a square matrix with `size` rows, in row-major order: permutation to block triangular
/// form, balancing by powers of two, then scaling and squaring of a Padé approximant (Higham, SIAM
/// J. Matrix Anal. Appl. 26, 2005); diagonal entries outside any cycle of dependence are
/// exponentials of their own (Al-Mohy and Higham, ibid. 31, 2009). Entry (i, j) is exactly zero
/// unless i depends on j, directly or through others. Throws std::invalid_argument for a wrong size
/// or an entry that is not finite.
inline std::vector<double> matrix_exponential(std::vector<double> const& a, int size) {
  auto const n = static_cast<std::size_t>(size);
  if (size < 0 || a.size() != n * n)
    throw std::invalid_argument("matrix_exponential: the matrix does not have size * size entries");
  for (double x : a)
    if (!std::isfinite(x))
      throw std::invalid_argument("matrix_exponential: an entry is not finite");

  std::vector<char> depends(n * n);
  for (std::size_t i = 0; i < n * n; ++i) depends[i] = a[i] != 0 || i % (n + 1) == 0;
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        depends[i * n + j] |= depends[i * n + k] && depends[k * n + j];
  std::vector<std::size_t> order(n), count(n, 0);
  std::vector<char> alone(n, 1);
  for (std::size_t i = 0; i < n; ++i) {
    order[i] = i;
    for (std::size_t j = 0; j < n; ++j) {
      count[i] += static_cast<std::size_t>(depends[i * n + j]);
      if (i != j && depends[i * n + j] && depends[j * n + i]) alone[i] = 0;
    }
  }
  std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
    return count[i] != count[j] ? count[i] > count[j] : i < j;
  });

  detail::square_matrix scaled{n};
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) scaled(i, j) = a[order[i] * n + order[j]];
  std::vector<int> const exponent = detail::balance(scaled);
  double norm = 0;
  for (std::size_t j = 0; j < n; ++j) {
    double column = 0;
    for (std::size_t i = 0; i < n; ++i) column += std::abs(scaled(i, j));
    norm = std::max(norm, column);
  }
  int const squarings = norm > 5.37 ? static_cast<int>(std::ceil(std::log2(norm / 5.37))) : 0;
  for (double& x : scaled.entry) x = std::ldexp(x, -squarings);

  detail::square_matrix power = detail::pade13(scaled);
  for (int s = 0; s <= squarings; ++s) {
    if (s > 0) power = detail::product(power, power);
    for (std::size_t i = 0; i < n; ++i)
      if (alone[order[i]]) power(i, i) = std::exp(std::ldexp(scaled(i, i), s));
  }
  std::vector<double> result(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      if (depends[order[i] * n + order[j]])
        result[order[i] * n + order[j]] = std::ldexp(power(i, j), exponent[i] - exponent[j]);
  return result;
}

}  // namespace nernst::integrate
