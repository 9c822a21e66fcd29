// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/errors.hpp>
#include <nernst/ir/model.hpp>
#include <nernst/ir/quantity.hpp>

#include <concepts>
#include <type_traits>

namespace nernst::language {

using ir::quantity;

/// One operation of a written expression; operands are positions of earlier terms. Variables, timed
/// arrays and functions of the user are known by name until they meet their model.
struct term {
  ir::op code = ir::op::literal;
  int a = ir::none, b = ir::none, c = ir::none;
  double value = 0;
  ir::dimension unit = {};
  ir::string_view id = {};
  ir::role kind = ir::role::state;
  ir::side owner = ir::side::here;
  ir::value_type type = ir::value_type::real;
  bool constant = false;
  ir::lower_bound bound = ir::lower_bound::unbounded;
  ir::declaration declared = {};
};

/// The variable that a term reads.
constexpr ir::symbol symbol_of(term const& t) {
  return {.id = t.id,
          .kind = t.kind,
          .owner = t.owner,
          .unit = t.unit,
          .type = t.type,
          .constant = t.constant,
          .bound = t.bound,
          .declared = t.declared};
}

/// A written expression of the unit `U`: `N` terms in order of evaluation, the last is the result.
/// The type carries the dimension and nothing else of the formula, so that names of types stay
/// short and compilation stays fast.
template <ir::unit U, int N>
struct expression {
  term terms[N];
#if !defined(__HIPCC__)  // whose pow, min and max would ask for it
  template <std::same_as<double> T>
  operator T() const =
      delete;  // exp(v) is a formula; std::exp(v) needs a value, which v has not yet
#endif
};

/// A written truth value, such as `v > V_t`.
template <int N>
struct condition {
  term terms[N];
  explicit operator bool() const = delete;  // where(c, a, b) says what `c ? a : b` would
};

using nernst::detail::mistaken;

/// A variable of a model, see `variable`. (Not all compilers can deduce the name in its type, so
/// functions ask for a `Variable` instead.)
template <class V>
concept Variable = requires { requires V::is_variable; };
/// A variable that is a truth value.
template <class V>
concept BooleanVariable = Variable<V> && V::type == ir::value_type::boolean;

namespace detail {
template <class T>
struct traits {
  static constexpr bool known = std::is_arithmetic_v<T> && !std::same_as<T, bool>;
  static constexpr bool written = false;
  static constexpr ir::dimension unit{};
};
template <ir::unit U>
struct traits<quantity<U>> {
  static constexpr bool known = true, written = false;
  static constexpr ir::dimension unit = ir::dimension_of<U>;
};
template <ir::unit U, int N>
struct traits<expression<U, N>> {
  static constexpr bool known = true, written = true;
  static constexpr ir::dimension unit = ir::dimension_of<U>;
};
template <>
struct traits<mistaken> {
  static constexpr bool known = true, written = true;
  static constexpr ir::dimension unit{};
};
template <Variable V>
struct traits<V> {
  static constexpr bool known = V::type != ir::value_type::boolean, written = known;
  static constexpr ir::dimension unit = V::unit;
};

using nernst::detail::any_mistaken;

template <class T>
inline constexpr bool is_condition = false;
template <int N>
inline constexpr bool is_condition<condition<N>> = true;
}  // namespace detail

/// Whatever may stand in a formula: numbers, quantities, variables and expressions.
template <class T>
concept Operand = detail::traits<T>::known;
/// An operand that is only known when the model runs.
template <class T>
concept Written = detail::traits<T>::written;
/// A truth value that is only known when the model runs.
template <class T>
concept Condition = detail::is_condition<T> || BooleanVariable<T>;
/// A value or a truth value, whenever it is known.
template <class T>
concept Term = Operand<T> || Condition<T> || std::same_as<T, bool>;
/// Two operands of which at least one is only known when the model runs; the others are plain C++
/// arithmetic.
template <class L, class R>
concept Formula = Operand<L> && Operand<R> && (Written<L> || Written<R>);
/// Two terms of which at least one is only known when the model runs.
template <class L, class R>
concept Logic = Term<L> && Term<R> && (Written<L> || Written<R> || Condition<L> || Condition<R>);

namespace detail {

template <Operand T>
  requires std::is_arithmetic_v<T>
constexpr expression<ir::unit_of<ir::units::one>, 1> lift(T x) {
  return {{{.value = static_cast<double>(x)}}};
}
template <ir::unit U>
constexpr expression<U, 1> lift(quantity<U> const& q) {
  return {{{.value = q.si, .unit = ir::dimension_of<U>}}};
}
template <ir::unit U, int N>
constexpr expression<U, N> const& lift(expression<U, N> const& e) {
  return e;
}
constexpr mistaken lift(mistaken) {
  return {};
}
template <Variable V>
constexpr term term_of(V const& v) {
  return {.code = ir::op::symbol,
          .unit = V::unit,
          .id = V::id(),
          .kind = V::kind,
          .owner = V::owner,
          .type = V::type,
          .constant = V::constant,
          .bound = v.bound,
          .declared = v.declared};
}
template <Variable V>
constexpr expression<ir::unit_of<V::unit>, 1> lift(V const& v) {
  return {{term_of(v)}};
}
template <BooleanVariable V>
constexpr condition<1> lift(V const& v) {
  return {{term_of(v)}};
}
template <int N>
constexpr condition<N> const& lift(condition<N> const& c) {
  return c;
}
constexpr condition<1> lift(bool b) {
  return {{{.value = b ? 1.0 : 0.0}}};
}

/// Copies terms behind those already in `out`, moving their operands along, and returns the
/// position of the last one.
template <int N>
constexpr int append(term* out, int& at, term const (&in)[N]) {
  int const shift = at;
  for (int i = 0; i < N; ++i) {
    term t = in[i];
    if (ir::operands(t.code) > 0) t.a += shift;
    if (ir::operands(t.code) > 1) t.b += shift;
    if (ir::operands(t.code) > 2) t.c += shift;
    out[at++] = t;
  }
  return at - 1;
}

template <class Result, class A>
constexpr Result make(ir::op code, A const& a) {
  Result r{};
  int at = 0;
  int const x = append(r.terms, at, a.terms);
  r.terms[at] = {.code = code, .a = x};
  return r;
}
template <class Result, class A, class B>
constexpr Result make(ir::op code, A const& a, B const& b) {
  Result r{};
  int at = 0;
  int const x = append(r.terms, at, a.terms);
  int const y = append(r.terms, at, b.terms);
  r.terms[at] = {.code = code, .a = x, .b = y};
  return r;
}
template <class Result, class A, class B, class C>
constexpr Result make(ir::op code, A const& a, B const& b, C const& c) {
  Result r{};
  int at = 0;
  int const x = append(r.terms, at, a.terms);
  int const y = append(r.terms, at, b.terms);
  int const z = append(r.terms, at, c.terms);
  r.terms[at] = {.code = code, .a = x, .b = y, .c = z};
  return r;
}

template <ir::fixed_string... Parts>
constexpr auto join() {
  ir::fixed_string<(sizeof(Parts.data) + ... + 0) - sizeof...(Parts) + 1> r;
  std::size_t at = 0;
  auto add = [&r, &at](ir::string_view part) {
    for (char const c : part) r.data[at++] = c;
  };
  (add(Parts.view()), ...);
  r.data[at] = '\0';  // Clang writes texts as such only if the end is written too
  return r;
}

template <class T>
inline constexpr int length = static_cast<int>(sizeof(T) / sizeof(term));
template <class T>
using lifted = std::remove_cvref_t<decltype(lift(std::declval<T const&>()))>;

/// The expression of dimension `D` that applies `code` to the operands.
template <ir::dimension D, class... T>
constexpr auto apply(ir::op code, T const&... x) {
  if constexpr (any_mistaken<T...>)
    return mistaken{};
  else
    return make<expression<ir::unit_of<D>, (length<lifted<T>> + ... + 1)>>(code, lift(x)...);
}
/// The expression, whose last operation is known by a name.
template <ir::unit U, int N>
constexpr expression<U, N> named(ir::string_view id, expression<U, N> e) {
  e.terms[N - 1].id = id;
  e.terms[N - 1].unit = ir::dimension_of<U>;
  return e;
}
constexpr mistaken named(ir::string_view, mistaken m) {
  return m;
}
template <class... T>
constexpr auto apply_condition(ir::op code, T const&... x) {
  if constexpr (any_mistaken<T...>)
    return mistaken{};
  else
    return make<condition<(length<lifted<T>> + ... + 1)>>(code, lift(x)...);
}

/// A statement, see `variable`.
template <class T>
concept Statement = requires { T::is_statement; };
/// How messages call what stands in a wrong place.
template <class T>
constexpr auto kind_name() {
  if constexpr (std::is_convertible_v<T const&, ir::string_view>)
    return ir::fixed_string("a text (texts are for nernst::brian)");
  else if constexpr (Statement<T>)
    return ir::fixed_string("an assignment");
  else if constexpr (Condition<T> || std::same_as<T, bool>)
    return ir::fixed_string("a condition");
  else if constexpr (Operand<T>)
    return ir::fixed_string("a value");
  else
    return ir::fixed_string("something else");
}

/// `code` of two operands with the same unit, which is that of the result.
template <ir::fixed_string Where, class L, class R>
constexpr auto apply_alike(ir::op code, L const& l, R const& r) {
  if constexpr (any_mistaken<L, R>)
    return mistaken{};
  else if constexpr (traits<L>::unit == traits<R>::unit)
    return apply<traits<L>::unit>(code, l, r);
  else {
    nernst::detail::require_same_dimension<Where, traits<L>::unit, traits<R>::unit>();
    return mistaken{};
  }
}
/// The comparison `code` of two operands with the same unit.
template <ir::fixed_string Where, class L, class R>
constexpr auto compare(ir::op code, L const& l, R const& r) {
  if constexpr (any_mistaken<L, R>)
    return mistaken{};
  else if constexpr (traits<L>::unit == traits<R>::unit)
    return apply_condition(code, l, r);
  else {
    nernst::detail::require_same_dimension<Where, traits<L>::unit, traits<R>::unit>();
    return mistaken{};
  }
}
/// An operand of the unit `D`, or a mistake.
template <ir::fixed_string Where, ir::dimension D, class T>
constexpr auto operand(T const& x) {
  if constexpr (any_mistaken<T>)
    return mistaken{};
  else if constexpr (traits<T>::unit == D)
    return lift(x);
  else {
    nernst::detail::require_same_dimension<Where, D, traits<T>::unit>();
    return mistaken{};
  }
}
/// A condition, or a mistake.
template <ir::fixed_string Where, class T>
constexpr auto truth(T const& x) {
  if constexpr (any_mistaken<T>)
    return mistaken{};
  else if constexpr (Condition<T> || std::same_as<T, bool>)
    return lift(x);
  else {
    if constexpr (Operand<T>)
      nernst::detail::raise<not_a_condition<Where, nernst::detail::unit_name<traits<T>::unit>>>();
    else
      nernst::detail::raise<not_a_condition<Where, kind_name<T>()>>();
    return mistaken{};
  }
}

/// A `Clause<N>` with the terms of a formula.
template <template <int> class Clause, class E>
constexpr auto with_terms(E const& e) {
  if constexpr (any_mistaken<E>) {
    return mistaken{};
  } else {
    Clause<length<E>> r{};
    for (int k = 0; k < length<E>; ++k) r.terms[k] = e.terms[k];
    return r;
  }
}

}  // namespace detail
}  // namespace nernst::language
