// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace test {

/// The distance of a number from the exact one, in units in the last place of the latter.
template <class Real>
double units_in_last_place(Real found, long double exact) {
  auto const expected = static_cast<Real>(exact);
  if (found == expected || (std::isnan(found) && std::isnan(expected))) return 0;
  int exponent = 0;
  std::frexp(expected, &exponent);
  exponent = std::max(exponent, std::numeric_limits<Real>::min_exponent) -
             std::numeric_limits<Real>::digits;
  return static_cast<double>(
      std::fabs(std::ldexp(static_cast<long double>(found) - exact, -exponent)));
}

/// Arguments of functions.
template <class Real>
struct arguments {
  int count;  ///< how many of a kind are drawn
  std::vector<Real> values;
  std::mt19937_64 random{1};

  explicit arguments(int number = 1 << 14) : count(number) {
    using limits = std::numeric_limits<Real>;
    for (Real const x : {Real(0), limits::denorm_min(), limits::min() / 2, limits::min(),
                         limits::epsilon() / 4, limits::epsilon(), Real(0.5), Real(1), Real(2),
                         limits::max(), limits::infinity(), limits::quiet_NaN()})
      with(x).with(-x);
  }
  /// A number, and those beside it.
  arguments& with(Real x) {
    Real const infinity = std::numeric_limits<Real>::infinity();
    for (Real const y : {x, std::nextafter(x, infinity), std::nextafter(x, -infinity)})
      values.push_back(y);
    return *this;
  }
  arguments& even(double low, double high) {
    std::uniform_real_distribution<double> between(low, high);
    for (int k = 0; k < count; ++k) values.push_back(static_cast<Real>(between(random)));
    return *this;
  }
  /// Of all sizes up to e^high, of either sign.
  arguments& of_any_size(double low, double high) {
    std::uniform_real_distribution<double> between(low, high);
    for (int k = 0; k < count; ++k) {
      auto const x = static_cast<Real>(std::exp(between(random)));
      values.push_back(k % 2 == 0 ? x : -x);
    }
    return *this;
  }
};

}  // namespace test
