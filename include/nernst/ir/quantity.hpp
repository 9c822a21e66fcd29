// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/error_types.hpp>
#include <nernst/ir/errors.hpp>
#include <nernst/ir/unit.hpp>

#include <compare>
#include <limits>
#include <type_traits>

namespace nernst::ir {

template <unit U>
struct quantity;

template <class T>
concept Arithmetic = std::is_arithmetic_v<T>;

/// How the quantities of another library become ours: specialise it for a type with `dimension` (an
/// `dimension`), `to_si(x)`, and `from_si(double)` where the way back exists. The conversions
/// of `quantity` are then implicit.
template <class T>
struct quantity_traits;

/// A type of another library that holds a number of dimension `D`.
template <class T, dimension D>
concept ForeignQuantity = requires { requires quantity_traits<T>::dimension == D; };

namespace detail {
template <class T>
inline constexpr bool is_quantity = false;
template <unit U>
inline constexpr bool is_quantity<quantity<U>> = true;
}  // namespace detail
/// What is written like a quantity, whatever its dimension.
template <class T>
concept AnyQuantity = Arithmetic<T> || detail::is_quantity<T>;

/// A number with a physical dimension. `si` is its value in SI units; that is all it stores.
/// A dimensionless quantity converts implicitly from and to numbers; others are built from a number
/// explicitly, taken as SI. Compilers print its type as `quantity<"V">`. Sums and comparisons of
/// unequal dimensions do not compile: see `dimension_mismatch`.
template <unit U>
struct quantity {
  static constexpr ir::dimension dimension = dimension_of<U>;
  double si = 0;

  constexpr quantity() = default;
  template <Arithmetic T>
  constexpr explicit(!dimension.is_one()) quantity(T value) : si(static_cast<double>(value)) {}
  template <AnyQuantity T>
  quantity(T) = delete;  // the units do not fit: a time is 10 * ms, say
  template <ForeignQuantity<dimension> Q>
  constexpr quantity(Q const& q) : si(quantity_traits<Q>::to_si(q)) {}

  constexpr operator double() const
    requires(dimension.is_one())
  {
    return si;
  }
  template <ForeignQuantity<dimension> Q>
    requires requires { quantity_traits<Q>::from_si(0.0); }
  constexpr operator Q() const {
    return quantity_traits<Q>::from_si(si);
  }

  /// How many of `unit` this is: `v.in(mV)`.
  template <unit V>
  constexpr double in(quantity<V> of) const {
    nernst::detail::require_same_dimension<"q.in(unit)", dimension, dimension_of<V>>();
    return si / of.si;
  }

  template <unit B>
  constexpr quantity& operator+=(quantity<B> b) {
    nernst::detail::require_same_dimension<"a += b", dimension, dimension_of<B>>();
    si += b.si;
    return *this;
  }
  template <unit B>
  constexpr quantity& operator-=(quantity<B> b) {
    nernst::detail::require_same_dimension<"a -= b", dimension, dimension_of<B>>();
    si -= b.si;
    return *this;
  }
  /// A model cannot change what is no variable of it.
  template <class T>
    requires(std::is_same_v<T, quantity> || !std::is_convertible_v<T const&, quantity>)
  constexpr auto operator=(T const&) const {
    nernst::detail::raise<misplaced_statement<"constant = ...", "a constant">, T>();
    return nernst::detail::mistaken{};
  }
  constexpr quantity& operator*=(double b) {
    si *= b;
    return *this;
  }
  constexpr quantity& operator/=(double b) {
    si /= b;
    return *this;
  }
};

template <Arithmetic T>
quantity(T) -> quantity<unit_of<units::one>>;
template <class Q>
  requires ForeignQuantity<Q, quantity_traits<Q>::dimension>
quantity(Q const&) -> quantity<unit_of<quantity_traits<Q>::dimension>>;

template <unit A>
constexpr quantity<A> operator+(quantity<A> a) {
  return a;
}
template <unit A>
constexpr quantity<A> operator-(quantity<A> a) {
  return quantity<A>(-a.si);
}

template <unit A, unit B>
constexpr quantity<A> operator+(quantity<A> a, quantity<B> b) {
  nernst::detail::require_same_dimension<"a + b", dimension_of<A>, dimension_of<B>>();
  return quantity<A>(a.si + b.si);
}
template <unit A, unit B>
constexpr quantity<A> operator-(quantity<A> a, quantity<B> b) {
  nernst::detail::require_same_dimension<"a - b", dimension_of<A>, dimension_of<B>>();
  return quantity<A>(a.si - b.si);
}
// nvcc writes a type as it first saw it, with parameters that are unknown elsewhere if it was made
// of such: so units of results have names.
template <unit A, unit B>
constexpr auto operator*(quantity<A> a, quantity<B> b) {
  constexpr unit product = unit_of<dimension_of<A> * dimension_of<B>>;
  return quantity<product>(a.si * b.si);
}
template <unit A, unit B>
constexpr auto operator/(quantity<A> a, quantity<B> b) {
  constexpr unit quotient = unit_of<dimension_of<A> / dimension_of<B>>;
  return quantity<quotient>(a.si / b.si);
}
template <unit A, unit B>
constexpr bool operator==(quantity<A> a, quantity<B> b) {
  nernst::detail::require_same_dimension<"a == b", dimension_of<A>, dimension_of<B>>();
  return a.si == b.si;
}
template <unit A, unit B>
constexpr std::partial_ordering operator<=>(quantity<A> a, quantity<B> b) {
  nernst::detail::require_same_dimension<"a < b", dimension_of<A>, dimension_of<B>>();
  return a.si <=> b.si;
}

// A plain number is a quantity of dimension one.
template <Arithmetic T, unit B>
constexpr auto operator+(T a, quantity<B> b) {
  return quantity(a) + b;
}
template <unit A, Arithmetic T>
constexpr auto operator+(quantity<A> a, T b) {
  return a + quantity(b);
}
template <Arithmetic T, unit B>
constexpr auto operator-(T a, quantity<B> b) {
  return quantity(a) - b;
}
template <unit A, Arithmetic T>
constexpr auto operator-(quantity<A> a, T b) {
  return a - quantity(b);
}
template <Arithmetic T, unit B>
constexpr quantity<B> operator*(T a, quantity<B> b) {
  return quantity<B>(static_cast<double>(a) * b.si);
}
template <unit A, Arithmetic T>
constexpr quantity<A> operator*(quantity<A> a, T b) {
  return quantity<A>(a.si * static_cast<double>(b));
}
template <Arithmetic T, unit B>
constexpr auto operator/(T a, quantity<B> b) {
  return quantity(a) / b;
}
template <unit A, Arithmetic T>
constexpr quantity<A> operator/(quantity<A> a, T b) {
  return quantity<A>(a.si / static_cast<double>(b));
}
template <unit A, Arithmetic T>
constexpr bool operator==(quantity<A> a, T b) {
  return a == quantity(b);
}
template <unit A, Arithmetic T>
constexpr std::partial_ordering operator<=>(quantity<A> a, T b) {
  return a <=> quantity(b);
}

template <unit A>
constexpr quantity<A> abs(quantity<A> a) {
  return quantity<A>(a.si < 0 ? -a.si : a.si == 0 ? 0.0 : a.si);
}
template <unit A, unit B>
constexpr quantity<A> min(quantity<A> a, quantity<B> b) {
  nernst::detail::require_same_dimension<"min(a, b)", dimension_of<A>, dimension_of<B>>();
  return quantity<A>(b.si < a.si ? b.si : a.si);
}
template <unit A, unit B>
constexpr quantity<A> max(quantity<A> a, quantity<B> b) {
  nernst::detail::require_same_dimension<"max(a, b)", dimension_of<A>, dimension_of<B>>();
  return quantity<A>(a.si < b.si ? b.si : a.si);
}

namespace detail {
constexpr long double whole_power(long double x, int n) {
  long double y = 1;
  for (int i = 0; i < n; ++i) y *= x;
  return y;
}
/// The positive `n`-th root, by Newton's method: the standard's is not constexpr. NaN of a negative
/// number, as `std::sqrt`.
constexpr long double root(long double x, int n) {
  if (n == 1 || x == 0 || x == std::numeric_limits<long double>::infinity()) return x;
  if (!(x > 0)) return std::numeric_limits<long double>::quiet_NaN();
  long double const step = whole_power(2, n);
  long double scale = 1;
  for (; x >= step; x /= step) scale *= 2;
  for (; x < 1; x *= step) scale /= 2;
  // From above the root each iterate is smaller than the one before, until rounding stops it.
  long double y = 2;
  for (long double next = y;; y = next) {
    next = ((n - 1) * y + x / whole_power(y, n - 1)) / n;
    if (!(next < y)) return y * scale;
  }
}
}  // namespace detail

/// `q` to the power `N/D`: `pow<2>(v)`, `pow<-1, 2>(t)`. Usable in constant expressions.
template <int N, int D = 1, unit A>
constexpr auto pow(quantity<A> q) {
  constexpr rational e(N, D);
  constexpr int n = e.numerator < 0 ? -e.numerator : e.numerator;
  auto const y = static_cast<double>(detail::whole_power(detail::root(q.si, e.denominator), n));
  constexpr unit raised = unit_of<power(dimension_of<A>, e)>;
  return quantity<raised>(e.numerator < 0 ? 1 / y : y);
}
/// The square root. Usable in constant expressions.
template <unit A>
constexpr auto sqrt(quantity<A> q) {
  return pow<1, 2>(q);
}

}  // namespace nernst::ir
