// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/elementary.hpp>
#include <nernst/ir/function_attribute.hpp>
#include <nernst/ir/operation.hpp>

#include <concepts>
#include <math.h>

namespace nernst::ir {

// The functions of a number whose type is not known here, by argument-dependent lookup.
namespace detail::by_lookup {
#define NERNST_ROW(name, ...)                                                                      \
  template <class Number>                                                                          \
  NERNST_FUNCTION Number call_##name(Number const& x) {                                            \
    return name(x);                                                                                \
  }
NERNST_STANDARD_FUNCTIONS(NERNST_ROW)
#undef NERNST_ROW
template <class Number>
NERNST_FUNCTION Number call_pow(Number const& x, Number const& y) {
  return pow(x, y);
}
template <class Number>
NERNST_FUNCTION Number call_atan2(Number const& y, Number const& x) {
  return atan2(y, x);
}
}  // namespace detail::by_lookup

/// The functions of a type of numbers, as kernels, the interpreter and the matrix exponential reach
/// them. A type with functions `exp`, `log`, `pow` ... beside it needs nothing more, another one a
/// specialisation. It has arithmetic, comparisons, and a constructor that takes a `double`. A
/// number that is more than a value, such as one with a derivative, is equal to zero only where it
/// is zero in all its parts, and specialises `evaluation<op::exprel>::of`, whose quotient is 0/0 at
/// 0.
template <class Number>
struct mathematics {
  using real = double;  ///< what constants are written in
#define NERNST_ROW(name, ...)                                                                      \
  static NERNST_FUNCTION Number name(Number const& x) { return detail::by_lookup::call_##name(x); }
  NERNST_STANDARD_FUNCTIONS(NERNST_ROW)
#undef NERNST_ROW
  static NERNST_FUNCTION Number pow(Number const& x, Number const& y) {
    return detail::by_lookup::call_pow(x, y);
  }
  static NERNST_FUNCTION Number atan2(Number const& y, Number const& x) {
    return detail::by_lookup::call_atan2(y, x);
  }
  /// `yes` where the condition holds, else `no`.
  static NERNST_FUNCTION Number select(bool condition, Number const& yes, Number const& no) {
    return condition ? yes : no;
  }
};

namespace detail {
/// Those of the platform's library.
template <std::floating_point Real>
struct platform_functions {
  using real = Real;
#define NERNST_ROW(name, ...)                                                                      \
  static NERNST_FUNCTION Real name(Real x) { return ::name(x); }
  NERNST_STANDARD_FUNCTIONS(NERNST_ROW)
#undef NERNST_ROW
  static NERNST_FUNCTION Real pow(Real x, Real y) { return ::pow(x, y); }
  static NERNST_FUNCTION Real atan2(Real y, Real x) { return ::atan2(y, x); }
  static NERNST_FUNCTION elementary::circle_point<Real> point_of_turn(Real turn) {
    Real const angle = Real(6.283185307179586477) * turn;
    return {::cos(angle), ::sin(angle)};
  }
  static NERNST_FUNCTION Real select(bool condition, Real yes, Real no) {
    return condition ? yes : no;
  }
};

// Not inlined everywhere.
namespace single {
#define NERNST_ROW(name)                                                                           \
  template <class Real>                                                                            \
  NERNST_CALLABLE Real name(Real x) {                                                              \
    return elementary::name(x);                                                                    \
  }
NERNST_ELEMENTARY_FUNCTIONS(NERNST_ROW)
#undef NERNST_ROW
template <class Real>
NERNST_CALLABLE Real pow(Real x, Real y) {
  return elementary::pow(x, y);
}
template <class Real>
NERNST_CALLABLE Real exprelr(Real x, Real e) {
  return elementary::exprelr(x, e);
}
}  // namespace single

/// Those of `elementary/` where there are such, on the host; else the platform's.
template <std::floating_point Real>
struct host_functions : platform_functions<Real> {
#if !defined(__CUDA_ARCH__) && !defined(__HIP_DEVICE_COMPILE__)
#define NERNST_ROW(name)                                                                           \
  static NERNST_FUNCTION Real name(Real x) { return single::name(x); }
  NERNST_ELEMENTARY_FUNCTIONS(NERNST_ROW)
#undef NERNST_ROW
  static NERNST_FUNCTION Real pow(Real x, Real y) { return single::pow(x, y); }
  static NERNST_FUNCTION Real exprelr(Real x, Real e) { return single::exprelr(x, e); }
  static NERNST_FUNCTION elementary::circle_point<Real> point_of_turn(Real turn) {
    return elementary::point_of_turn(turn);
  }
#endif
};
}  // namespace detail

template <std::floating_point Real>
struct mathematics<Real> : detail::platform_functions<Real> {};
/// On the host the same bits as in vectors of these numbers.
template <>
struct mathematics<double> : detail::host_functions<double> {};
template <>
struct mathematics<float> : detail::host_functions<float> {};

}  // namespace nernst::ir
