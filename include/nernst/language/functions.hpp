// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/expression.hpp>

namespace nernst::language {

namespace detail {
/// A function of one number, with the units that the table of operations gives it.
template <ir::op Code, ir::fixed_string Call, class T>
constexpr auto apply_function(T const& x) {
  constexpr ir::unit_rule rule = ir::properties(Code).unit;
  constexpr ir::dimension unit = traits<T>::unit;
  if constexpr (rule == ir::unit_rule::pure)
    return apply<ir::units::one>(Code, operand<Call, ir::units::one>(x));
  else if constexpr (rule == ir::unit_rule::plain)
    return apply<ir::units::one>(Code, x);
  else if constexpr (rule == ir::unit_rule::root)
    return apply<power(unit, {1, 2})>(Code, x);
  else
    return apply<unit>(Code, x);
}
}  // namespace detail

// The functions of NERNST_FUNCTIONS, with the meaning of <cmath>: exp, sin, abs, sqrt ...
// `exprel(x)` is (exp(x) - 1)/x, continued to 1 at 0; `trunc(x)` is the whole part of x, towards 0;
// `sign(x)` is -1, 0 or 1. abs, ceil and floor keep the unit of their argument, sqrt halves its
// exponents, sign takes any; the others are about numbers.
#define NERNST_ROW(name, ...)                                                                      \
  template <Written T>                                                                             \
  constexpr auto name(T const& x) {                                                                \
    return detail::apply_function<ir::op::name, #name "(x)">(x);                                   \
  }
NERNST_FUNCTIONS(NERNST_ROW)
#undef NERNST_ROW

/// A condition as a number: 1 where it holds, 0 elsewhere.
template <Condition C>
constexpr auto trunc(C const& c) {
  return detail::apply<ir::units::one>(ir::op::select, c, 1, 0);
}

/// `x` to the power `Numerator/Denominator`, a number known to the compiler: `pow<2>(v)`, `pow<1,
/// 3>(x)`. The unit follows.
template <int Numerator, int Denominator = 1, Written T>
constexpr auto pow(T const& x) {
  constexpr ir::rational exponent(Numerator, Denominator);
  return detail::apply<power(detail::traits<T>::unit, exponent)>(
      ir::op::power, x, static_cast<double>(exponent.numerator) / exponent.denominator);
}
/// `x` to a power that may vary; both are dimensionless.
template <class L, class R>
  requires Formula<L, R>
constexpr auto pow(L const& x, R const& exponent) {
  constexpr ir::dimension number{};
  if constexpr (std::is_arithmetic_v<R> && detail::traits<L>::unit != number) {
    nernst::detail::raise<written_otherwise<"pow(x, 2)", "pow<2>(x), as the unit follows">, L>();
    return mistaken{};
  } else {
    return detail::apply<number>(ir::op::power, detail::operand<"pow(x, y): x", number>(x),
                                 detail::operand<"pow(x, y): y", number>(exponent));
  }
}

template <class L, class R>
  requires Formula<L, R>
constexpr auto min(L const& l, R const& r) {
  return detail::apply_alike<"min(a, b)">(ir::op::minimum, l, r);
}
template <class L, class R>
  requires Formula<L, R>
constexpr auto max(L const& l, R const& r) {
  return detail::apply_alike<"max(a, b)">(ir::op::maximum, l, r);
}
/// `x` limited to [low, high]; a whole number stays one, as in Brian 2.
template <class T, class L, class H>
  requires(Operand<T> && Operand<L> && Operand<H> && (Written<T> || Written<L> || Written<H>))
constexpr auto clip(T const& x, L const& low, H const& high) {
  constexpr ir::dimension unit = detail::traits<T>::unit;
  return detail::apply<unit>(ir::op::clip, x, detail::operand<"clip(x, low, high): low", unit>(low),
                             detail::operand<"clip(x, low, high): high", unit>(high));
}
/// The whole number below the quotient of two numbers, Python's `a // b`.
template <class L, class R>
  requires Formula<L, R>
constexpr auto floor_div(L const& l, R const& r) {
  constexpr ir::dimension number{};
  return detail::apply<number>(ir::op::floor_divide,
                               detail::operand<"floor_div(a, b): a", number>(l),
                               detail::operand<"floor_div(a, b): b", number>(r));
}
/// The angle of the point (x, y), in (-pi, pi].
template <class L, class R>
  requires Formula<L, R>
constexpr auto atan2(L const& y, R const& x) {
  if constexpr (std::same_as<decltype(detail::apply_alike<"atan2(y, x)">(ir::op::subtract, y, x)),
                             mistaken>)
    return mistaken{};
  else
    return detail::apply<ir::units::one>(ir::op::atan2, y, x);
}
/// `timestep(t, dt)`: how many steps of a length a time is: rounded down, but for a thousandth of a
/// step, as in Brian 2.
template <class L, class R>
  requires Formula<L, R>
constexpr auto timestep(L const& time, R const& length) {
  constexpr ir::dimension s = ir::units::second;
  auto const& step = detail::operand<"timestep(t, dt): dt", s>(length);
  auto const& guarded =
      detail::apply<s>(ir::op::add, detail::operand<"timestep(t, dt): t", s>(time),
                       detail::apply<s>(ir::op::multiply, 1e-3, step));
  return detail::apply<ir::units::one>(
      ir::op::trunc, detail::apply<ir::units::one>(ir::op::divide, guarded, step));
}
/// `yes` where the condition holds, `no` elsewhere.
template <class C, Operand A, Operand B>
  requires(Condition<C> || detail::any_mistaken<C>)
constexpr auto where(C const& c, A const& yes, B const& no) {
  if constexpr (detail::any_mistaken<C, A, B>)
    return mistaken{};
  else
    return detail::apply<detail::traits<A>::unit>(
        ir::op::select, c, yes, detail::operand<"where(c, a, b)", detail::traits<A>::unit>(no));
}

/// A random number in [0, 1), drawn anew for every element; each call is a draw of its own.
constexpr auto uniform() {
  return expression<ir::unit_of<ir::units::one>, 1>{{{.code = ir::op::uniform}}};
}
/// A standard normal random number, drawn anew for every element; each call is a draw of its own.
constexpr auto randn() {
  return expression<ir::unit_of<ir::units::one>, 1>{{{.code = ir::op::normal}}};
}

/// The same with a name: one number, wherever it stands in a formula, or in a model.
template <ir::fixed_string Name>
constexpr auto uniform() {
  return expression<ir::unit_of<ir::units::one>, 1>{{{.code = ir::op::uniform, .id = Name.view()}}};
}
template <ir::fixed_string Name>
constexpr auto randn() {
  return expression<ir::unit_of<ir::units::one>, 1>{{{.code = ir::op::normal, .id = Name.view()}}};
}

/// A Poisson random number: how many events happen, `mean` on average; each call is a draw of its
/// own.
template <Operand T>
constexpr auto poisson(T const& mean) {
  return detail::apply<ir::units::one>(ir::op::poisson,
                                       detail::operand<"poisson(mean)", ir::units::one>(mean));
}
/// A binomial random number: how many of `n` trials succeed, each with probability `p`; each call
/// is a draw of its own.
template <Operand L, Operand R>
constexpr auto binomial(L const& n, R const& p) {
  constexpr ir::dimension number{};
  return detail::apply<number>(ir::op::binomial, detail::operand<"binomial(n, p): n", number>(n),
                               detail::operand<"binomial(n, p): p", number>(p));
}

}  // namespace nernst::language
