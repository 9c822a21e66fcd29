// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace nernst::ir {

/// An exact small fraction, always in lowest terms with a positive denominator.
struct rational {
  int numerator = 0;
  int denominator = 1;

  constexpr rational() = default;
  constexpr rational(int n, int d = 1) : numerator(d < 0 ? -n : n), denominator(d < 0 ? -d : d) {
    int a = numerator < 0 ? -numerator : numerator, b = denominator;
    while (a != 0) {
      int const r = b % a;
      b = a;
      a = r;
    }
    numerator /= b;
    denominator /= b;
  }
  friend constexpr rational operator+(rational a, rational b) {
    return {a.numerator * b.denominator + b.numerator * a.denominator,
            a.denominator * b.denominator};
  }
  friend constexpr rational operator*(rational a, rational b) {
    return {a.numerator * b.numerator, a.denominator * b.denominator};
  }
  friend constexpr rational operator-(rational a) { return {-a.numerator, a.denominator}; }
  friend constexpr bool operator==(rational, rational) = default;
};

}  // namespace nernst::ir
