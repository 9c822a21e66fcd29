// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/evaluation.hpp>

#include <cmath>
#include <compare>
#include <numbers>
#include <type_traits>

/// Types of numbers that the library has never heard of, as a user would write them.
namespace outside {

/// A number and its derivative with respect to one parameter.
struct dual {
  double value = 0;
  double slope = 0;

  dual() = default;
  dual(double number, double derivative) : value(number), slope(derivative) {}
  template <class Number>
    requires std::is_arithmetic_v<Number>
  explicit dual(Number x) : value(static_cast<double>(x)) {}
  explicit operator double() const { return value; }

  friend dual operator-(dual const& x) { return {-x.value, -x.slope}; }
  friend dual operator+(dual const& x, dual const& y) {
    return {x.value + y.value, x.slope + y.slope};
  }
  friend dual operator-(dual const& x, dual const& y) {
    return {x.value - y.value, x.slope - y.slope};
  }
  friend dual operator*(dual const& x, dual const& y) {
    return {x.value * y.value, x.slope * y.value + x.value * y.slope};
  }
  friend dual operator/(dual const& x, dual const& y) {
    double const ratio = x.value / y.value;
    return {ratio, (x.slope - ratio * y.slope) / y.value};
  }
  dual& operator+=(dual const& x) { return *this = *this + x; }
  dual& operator-=(dual const& x) { return *this = *this - x; }
  dual& operator*=(dual const& x) { return *this = *this * x; }
  dual& operator/=(dual const& x) { return *this = *this / x; }

  /// A zero that changes with the parameter is no zero: the matrix exponential leaves zeros out.
  friend bool operator==(dual const&, dual const&) = default;
  friend std::partial_ordering operator<=>(dual const& x, dual const& y) {
    return x.value <=> y.value;
  }
};

/// The value of a function at x and its derivative there. What does not change with the parameter
/// stays so, even where the derivative is infinite.
inline dual chain(double value, double derivative, dual const& x) {
  return {value, x.slope == 0 ? 0 : derivative * x.slope};
}

/// The same numbers, but with their functions beside them (see below).
struct dual_by_lookup : dual {
  using dual::dual;
  dual_by_lookup(dual const& x) : dual(x) {}
};

}  // namespace outside

namespace nernst::ir {

template <>
struct mathematics<outside::dual> {
  using dual = outside::dual;
  /// Arrays of kernels hold duals.
  using real = dual;

#define OUTSIDE_ROW(name, derivative)                                                              \
  static dual name(dual const& at) {                                                               \
    [[maybe_unused]] double const x = at.value;                                                    \
    [[maybe_unused]] double const y = std::name(x);                                                \
    return outside::chain(y, derivative, at);                                                      \
  }
  OUTSIDE_ROW(abs, std::copysign(1.0, x))
  OUTSIDE_ROW(ceil, 0)
  OUTSIDE_ROW(floor, 0)
  OUTSIDE_ROW(trunc, 0)
  OUTSIDE_ROW(sqrt, 1 / (2 * y))
  OUTSIDE_ROW(exp, y)
  OUTSIDE_ROW(expm1, y + 1)
  OUTSIDE_ROW(log, 1 / x)
  OUTSIDE_ROW(log10, 1 / (x * std::numbers::ln10))
  OUTSIDE_ROW(log1p, 1 / (1 + x))
  OUTSIDE_ROW(sin, std::cos(x))
  OUTSIDE_ROW(cos, -std::sin(x))
  OUTSIDE_ROW(tan, 1 / (std::cos(x) * std::cos(x)))
  OUTSIDE_ROW(asin, 1 / std::sqrt((1 - x) * (1 + x)))
  OUTSIDE_ROW(acos, -1 / std::sqrt((1 - x) * (1 + x)))
  OUTSIDE_ROW(atan, 1 / (1 + x * x))
  OUTSIDE_ROW(sinh, std::cosh(x))
  OUTSIDE_ROW(cosh, std::sinh(x))
  OUTSIDE_ROW(tanh, 1 / (std::cosh(x) * std::cosh(x)))
  OUTSIDE_ROW(erf, 2 * std::numbers::inv_sqrtpi * std::exp(-x * x))
#undef OUTSIDE_ROW

  static dual pow(dual const& x, dual const& y) {
    double const power = std::pow(x.value, y.value);
    dual const by_base = outside::chain(power, y.value * std::pow(x.value, y.value - 1), x);
    dual const by_exponent = outside::chain(power, power * std::log(x.value), y);
    return {power, by_base.slope + by_exponent.slope};
  }
  static dual atan2(dual const& y, dual const& x) {
    double const square = x.value * x.value + y.value * y.value;
    return {std::atan2(y.value, x.value), (y.slope * x.value - x.slope * y.value) / square};
  }
  static dual select(bool condition, dual const& yes, dual const& no) {
    return condition ? yes : no;
  }
};

/// (exp(x) - 1)/x is a composite operation: what the library does with any number is right, but the
/// derivative of the quotient cancels near 0 and is lost at 0. There it is the series
/// sum_k (k + 1) x^k / (k + 2)!.
template <>
inline outside::dual evaluation<op::exprel>::of(outside::dual const& at) {
  double const x = at.value;
  double const y = of(x);
  if (std::abs(x) > 1) return outside::chain(y, (std::exp(x) - y) / x, at);
  double term = 0.5;
  double sum = 0;
  for (int k = 0; k < 20; ++k) {
    sum += (k + 1) * term;
    term *= x / (k + 3);
  }
  return outside::chain(y, sum, at);
}

}  // namespace nernst::ir

namespace outside {

// Nothing of the library is specialised for this type.
#define OUTSIDE_ROW(name, ...)                                                                     \
  inline dual_by_lookup name(dual_by_lookup const& x) {                                            \
    return nernst::ir::mathematics<dual>::name(x);                                                 \
  }
NERNST_STANDARD_FUNCTIONS(OUTSIDE_ROW)
#undef OUTSIDE_ROW
inline dual_by_lookup pow(dual_by_lookup const& x, dual_by_lookup const& y) {
  return nernst::ir::mathematics<dual>::pow(x, y);
}
inline dual_by_lookup atan2(dual_by_lookup const& y, dual_by_lookup const& x) {
  return nernst::ir::mathematics<dual>::atan2(y, x);
}

}  // namespace outside
