// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/mathematics.hpp>

namespace nernst::ir {

/// What an operation makes of its operands, for any type of numbers: `evaluation<op::add>::of(x,
/// y)`. Comparisons give what comparing two numbers gives (`bool`, or one truth value per lane),
/// which logical operations and the first operand of `select` take.
template <op Code>
struct evaluation;

#define NERNST_ROW(name, ...)                                                                      \
  template <>                                                                                      \
  struct evaluation<op::name> {                                                                    \
    template <class Number>                                                                        \
    static NERNST_FUNCTION Number of(Number const& x) {                                            \
      return mathematics<Number>::name(x);                                                         \
    }                                                                                              \
  };
NERNST_STANDARD_FUNCTIONS(NERNST_ROW)
#undef NERNST_ROW

/// -1, 0 or 1; not-a-number stays.
template <>
struct evaluation<op::sign> {
  template <class Number>
  static NERNST_FUNCTION Number of(Number const& x) {
    using functions = mathematics<Number>;
    using real = typename functions::real;
    Number const zero = Number(real(0)), one = Number(real(1));
    Number const negative = functions::select(x < zero, -one, x);
    return functions::select(x > zero, one, negative);
  }
};
/// (exp(x) - 1)/x, 1 at 0.
template <>
struct evaluation<op::exprel> {
  template <class Number>
  static NERNST_FUNCTION Number of(Number const& x) {
    using functions = mathematics<Number>;
    if constexpr (requires { functions::exprel(x); }) {
      return functions::exprel(x);
    } else {
      using real = typename functions::real;
      Number const one = Number(real(1)), tiny = Number(real(1e-16));
      Number const large = Number(real(717)), infinity = Number(real(INFINITY));
      Number const ratio = functions::expm1(x) / x;
      Number const bounded = functions::select(x > large, infinity, ratio);
      return functions::select(functions::abs(x) < tiny, one, bounded);
    }
  }
};

/// x/(exp(x) - 1), 1 at 0.
template <>
struct evaluation<op::exprelr> {
  template <class Number>
  static NERNST_FUNCTION Number of(Number const& x) {
    using functions = mathematics<Number>;
    if constexpr (requires { functions::exprelr(x); })
      return functions::exprelr(x);
    else
      return Number(typename functions::real(1)) / evaluation<op::exprel>::of(x);
  }
};

/// The same, where `e` is about exp(x).
template <>
struct evaluation<op::exprelr_2> {
  template <class Number>
  static NERNST_FUNCTION Number of(Number const& x, Number const& e) {
    using functions = mathematics<Number>;
    if constexpr (requires { functions::exprelr(x, e); })
      return functions::exprelr(x, e);
    else
      return evaluation<op::exprelr>::of(x);
  }
};

#define NERNST_INFIX(name, symbol)                                                                 \
  template <>                                                                                      \
  struct evaluation<op::name> {                                                                    \
    template <class Left, class Right>                                                             \
    static NERNST_FUNCTION auto of(Left const& x, Right const& y) {                                \
      return x symbol y;                                                                           \
    }                                                                                              \
  };
NERNST_INFIX(add, +)
NERNST_INFIX(subtract, -)
NERNST_INFIX(multiply, *)
NERNST_INFIX(divide, /)
NERNST_INFIX(less, <)
NERNST_INFIX(less_equal, <=)
NERNST_INFIX(greater, >)
NERNST_INFIX(greater_equal, >=)
NERNST_INFIX(equal, ==)
NERNST_INFIX(logical_and, &&)
NERNST_INFIX(logical_or, ||)
#undef NERNST_INFIX

/// Holds for what is not a number, as in IEEE 754; xsimd's own `!=` of batches does not.
template <>
struct evaluation<op::not_equal> {
  template <class Number>
  static NERNST_FUNCTION auto of(Number const& x, Number const& y) {
    return !(x == y);
  }
};
template <>
struct evaluation<op::logical_not> {
  template <class Truth>
  static NERNST_FUNCTION Truth of(Truth const& x) {
    return !x;
  }
};
template <>
struct evaluation<op::negate> {
  template <class Number>
  static NERNST_FUNCTION Number of(Number const& x) {
    return -x;
  }
};
template <>
struct evaluation<op::power> {
  template <class Number>
  static NERNST_FUNCTION Number of(Number const& x, Number const& y) {
    return mathematics<Number>::pow(x, y);
  }
};
/// x to the whole power N by repeated squaring; the reciprocal where N is negative.
template <int N, class Number>
NERNST_FUNCTION Number whole_power(Number const& x) {
  if constexpr (N < 0) {
    return Number(typename mathematics<Number>::real(1)) / whole_power<-N>(x);
  } else if constexpr (N == 0) {
    return Number(typename mathematics<Number>::real(1));
  } else if constexpr (N == 1) {
    return x;
  } else if constexpr (N % 2 == 1) {
    return whole_power<N - 1>(x) * x;
  } else {
    Number const half = whole_power<N / 2>(x);
    return half * half;
  }
}
template <>
struct evaluation<op::atan2> {
  template <class Number>
  static NERNST_FUNCTION Number of(Number const& y, Number const& x) {
    return mathematics<Number>::atan2(y, x);
  }
};
/// The remainder of x / y with the sign of y.
template <>
struct evaluation<op::floor_mod> {
  template <class Number>
  static NERNST_FUNCTION Number of(Number const& x, Number const& y) {
    return x - y * mathematics<Number>::floor(x / y);
  }
};
template <>
struct evaluation<op::floor_divide> {
  template <class Number>
  static NERNST_FUNCTION Number of(Number const& x, Number const& y) {
    return mathematics<Number>::floor(x / y);
  }
};
/// The smaller and the larger of two; where one is not a number, the first.
template <>
struct evaluation<op::minimum> {
  template <class Number>
  static NERNST_FUNCTION Number of(Number const& x, Number const& y) {
    return mathematics<Number>::select(y < x, y, x);
  }
};
template <>
struct evaluation<op::maximum> {
  template <class Number>
  static NERNST_FUNCTION Number of(Number const& x, Number const& y) {
    return mathematics<Number>::select(y > x, y, x);
  }
};
template <>
struct evaluation<op::clip> {
  template <class Number>
  static NERNST_FUNCTION Number of(Number const& x, Number const& low, Number const& high) {
    return evaluation<op::minimum>::of(evaluation<op::maximum>::of(x, low), high);
  }
};
template <>
struct evaluation<op::select> {
  template <class Truth, class Number>
  static NERNST_FUNCTION Number of(Truth const& condition, Number const& yes, Number const& no) {
    return mathematics<Number>::select(condition, yes, no);
  }
};

}  // namespace nernst::ir
