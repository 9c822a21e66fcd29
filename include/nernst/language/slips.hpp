// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/equation.hpp>

// What comes easily to who knows other languages, and means nothing here: each ends in one error
// that says how it is written.

namespace nernst::language {

namespace detail {
/// Two terms, one of them a condition, where numbers belong.
template <class L, class R>
concept ConditionAmong = Term<L> && Term<R> && (Condition<L> || Condition<R>);
/// `a < b` in `a < b < c`.
template <class L, class R>
concept Chain = ConditionAmong<L, R> && (is_condition<L> || is_condition<R>);
}  // namespace detail

// An operator of two terms that is an error: the last arguments are its type.
#define NERNST_SLIP(symbol, concerned, ...)                                                        \
  template <class L, class R>                                                                      \
    requires concerned<L, R>                                                                       \
  constexpr auto operator symbol(L const&, R const&) {                                             \
    if constexpr (!detail::any_mistaken<L, R>) nernst::detail::raise<__VA_ARGS__, L, R>();         \
    return mistaken{};                                                                             \
  }
// (v > 1*mV) * v
NERNST_SLIP(+, detail::ConditionAmong, not_a_number<"a + b">)
NERNST_SLIP(-, detail::ConditionAmong, not_a_number<"a - b">)
NERNST_SLIP(*, detail::ConditionAmong, not_a_number<"a * b">)
NERNST_SLIP(/, detail::ConditionAmong, not_a_number<"a / b">)
NERNST_SLIP(%, detail::ConditionAmong, not_a_number<"a % b">)
NERNST_SLIP(==, detail::ConditionAmong, not_a_number<"a == b">)
NERNST_SLIP(!=, detail::ConditionAmong, not_a_number<"a != b">)
// 0*mV < v < 1*mV
NERNST_SLIP(<, detail::Chain, written_otherwise<"a < b < c", "a < b && b < c">)
NERNST_SLIP(<=, detail::Chain, written_otherwise<"a <= b <= c", "a <= b && b <= c">)
NERNST_SLIP(>, detail::Chain, written_otherwise<"a > b > c", "a > b && b > c">)
NERNST_SLIP(>=, detail::Chain, written_otherwise<"a >= b >= c", "a >= b && b >= c">)
// (v > E) & (w > E), v ^ 2
NERNST_SLIP(&, Logic, written_otherwise<"a & b", "a && b">)
NERNST_SLIP(|, detail::ConditionAmong, written_otherwise<"a | b", "a || b">)
NERNST_SLIP(^, Logic, written_otherwise<"a ^ b", "pow<2>(a)">)
#undef NERNST_SLIP

template <Condition C>
constexpr auto operator-(C const&) {
  nernst::detail::raise<not_a_number<"-a">, C>();
  return mistaken{};
}

/// rand(), which is uniform() here: beside that of C, where both are seen, it is ambiguous.
written_otherwise<"rand()", "uniform()"> rand() = delete;

/// d(v)/dt == ...
template <class V, class T>
constexpr auto operator==(detail::rate<V>, T const&) {
  nernst::detail::raise<written_otherwise<"d(v)/dt == ...", "d(v)/dt = ...">, V>();
  return mistaken{};
}

/// An equation of what is no state.
template <class V>
  requires((Variable<V> && V::kind != ir::role::state) || (Term<V> && !Variable<V>))
constexpr auto d(V const&) {
  if constexpr (!detail::any_mistaken<V>)
    nernst::detail::raise<written_otherwise<"d(x)/dt, where x is no state", "state<\"x\">(unit)">,
                          V>();
  return mistaken{};
}

/// threshold("v > -50*mV"): any other overload that fits is better.
template <class... None>
  requires(sizeof...(None) == 0)
constexpr auto threshold(...) {
  nernst::detail::raise<written_otherwise<"threshold(text)", "brian::threshold(text)">, None...>();
  return mistaken{};
}

}  // namespace nernst::language
