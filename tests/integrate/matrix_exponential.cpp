// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/integrate/matrix_exponential.hpp>

#include "catch.hpp"
#include <cmath>
#include <limits>

using matrix = nernst::ir::list<double>;

namespace {
matrix matrix_exponential(matrix const& a, int size) {
  return nernst::integrate::matrix_exponential<double>(a, size);
}

void check(matrix const& found, matrix const& expected, double tolerance = 1e-14) {
  REQUIRE(found.size() == expected.size());
  for (int i = 0; i < found.size(); ++i) {
    INFO("entry " << i);
    if (expected[i] == 0)
      CHECK(found[i] == 0);
    else
      CHECK(std::abs(found[i] / expected[i] - 1) < tolerance);
  }
}

matrix times(matrix const& a, matrix const& b, int n) {
  matrix c(n * n, 0.0);
  for (int i = 0; i < n; ++i)
    for (int k = 0; k < n; ++k)
      for (int j = 0; j < n; ++j) c[i * n + j] += a[i * n + k] * b[k * n + j];
  return c;
}
}  // namespace

TEST_CASE("matrix_exponential: the zero matrix gives the identity", "[integrate]") {
  CHECK(matrix_exponential({}, 0).empty());
  CHECK(matrix_exponential(matrix(9, 0.0), 3) == matrix{1, 0, 0, 0, 1, 0, 0, 0, 1});
}

TEST_CASE("matrix_exponential: diagonal entries are exponentials", "[integrate]") {
  check(matrix_exponential({-1e5, 0, 0, 0, -3.25, 0, 0, 0, 12}, 3),
        {0, 0, 0, 0, std::exp(-3.25), 0, 0, 0, std::exp(12.0)});
  check(matrix_exponential({-600}, 1), {std::exp(-600.0)});
}

TEST_CASE("matrix_exponential: triangular", "[integrate]") {
  double const a = -2, b = -0.5, c = 3;
  double const off = c * std::exp(b) * std::expm1(a - b) / (a - b);
  check(matrix_exponential({a, c, 0, b}, 2), {std::exp(a), off, 0, std::exp(b)});
  check(matrix_exponential({b, 0, c, a}, 2), {std::exp(b), 0, off, std::exp(a)});
}

TEST_CASE("matrix_exponential: stiff", "[integrate]") {
  double const c = 7, slow = std::exp(-1.0);
  check(matrix_exponential({-1e5, c, 0, -1}, 2), {0, c * slow / (1e5 - 1), 0, slow});
  check(matrix_exponential({-100, c, 0, -1}, 2),
        {std::exp(-100.0), c * slow * -std::expm1(-99.0) / 99, 0, slow});
  check(matrix_exponential({-1e5, 1e12, 0, -1}, 2), {0, 1e12 * slow / (1e5 - 1), 0, slow});
}

TEST_CASE("matrix_exponential: rotation", "[integrate]") {
  for (double w : {0.1, 1.0, 2.5, 10.0}) {
    double const c = std::cos(w), s = std::sin(w);
    check(matrix_exponential({0, -w, w, 0}, 2), {c, -s, s, c});
  }
  double const c = std::cos(2.0), s = std::sin(2.0);
  check(matrix_exponential({0, -2e12, 2e-12, 0}, 2), {c, -s * 1e12, s * 1e-12, c});
}

TEST_CASE("matrix_exponential: nilpotent", "[integrate]") {
  check(matrix_exponential({0, 2, 5, 0, 0, 3, 0, 0, 0}, 3), {1, 2, 8, 0, 1, 3, 0, 0, 1});
  check(matrix_exponential({0, 1e12, 5, 0, 0, 1e-3, 0, 0, 0}, 3),
        {1, 1e12, 5 + 5e8, 0, 1, 1e-3, 0, 0, 1});
}

TEST_CASE("matrix_exponential: Jordan block", "[integrate]") {
  double const e = std::exp(-3.0);
  check(matrix_exponential({-3, 1, 0, 0, -3, 1, 0, 0, -3}, 3), {e, e, e / 2, 0, e, e, 0, 0, e});
  double const f = std::exp(-20.0);
  check(matrix_exponential({-20, 1e12, 0, 0, -20, 1e10, 0, 0, -20}, 3),
        {f, 1e12 * f, 5e21 * f, 0, f, 1e10 * f, 0, 0, f});
}

TEST_CASE("matrix_exponential: singular", "[integrate]") {
  double const k = -std::expm1(-5.0) / 5;  // [[-2, 3], [2, -3]] has the eigenvalues 0 and -5
  check(matrix_exponential({-2, 3, 2, -3}, 2), {1 - 2 * k, 3 * k, 2 * k, 1 - 3 * k});
}

TEST_CASE("matrix_exponential: augmented by a column of constants in other units", "[integrate]") {
  // dv/dt = -v/tau + g/C, dg/dt = -g/tau_g, and a current i/C: volt, siemens and ampere side by
  // side.
  double const m = -50e-4, g = -200e-4, drive = 1e12 * 1e-4;
  double const divided = std::exp(m) * std::expm1(g - m) / (g - m);
  check(matrix_exponential({m, drive, drive, 0, g, 0, 0, 0, 0}, 3),
        {std::exp(m), drive * divided, drive * std::expm1(m) / m, 0, std::exp(g), 0, 0, 0, 1});
}

TEST_CASE("matrix_exponential: entries without a path stay exactly zero", "[integrate]") {
  matrix const a = {-1, 0, 4, 0, 0, -2, 0, 1e9, 0, 0, -3, 0, 0, 0, 0, -1e4};
  matrix const x = matrix_exponential(a, 4);
  for (int i = 0; i < 16; ++i) CHECK((x[i] != 0) == (a[i] != 0 && i != 15));
  CHECK(matrix_exponential({0, 0, 0, 900}, 2) ==
        matrix{1, 0, 0, std::numeric_limits<double>::infinity()});
}

TEST_CASE("matrix_exponential: e^a e^a = e^2a", "[integrate]") {
  matrix const a = {-1.5, 0.3, 2, 0, 0.7, -4, 1, 0.25, 0, 3, -2, 1, 0.5, 0, 1, -6};
  matrix twice = a;
  for (double& x : twice) x *= 2;
  matrix const x = matrix_exponential(a, 4);
  check(times(x, x, 4), matrix_exponential(twice, 4));
}

TEST_CASE("matrix_exponential: what cannot be computed is an error", "[integrate]") {
  CHECK_THROWS_AS(matrix_exponential({1, 2, 3}, 2), std::invalid_argument);
  CHECK_THROWS_AS(matrix_exponential({1, 2, 3, std::nan("")}, 2), std::invalid_argument);
  CHECK_THROWS_AS(matrix_exponential({}, -1), std::invalid_argument);
}
