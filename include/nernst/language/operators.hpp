// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/expression.hpp>

namespace nernst::language {

// Arithmetic. Sums and comparisons need equal units; a wrong one is an error on the line that has
// it.

template <class L, class R>
  requires Formula<L, R>
constexpr auto operator+(L const& l, R const& r) {
  return detail::apply_alike<"a + b">(ir::op::add, l, r);
}
template <class L, class R>
  requires Formula<L, R>
constexpr auto operator-(L const& l, R const& r) {
  return detail::apply_alike<"a - b">(ir::op::subtract, l, r);
}
template <class L, class R>
  requires Formula<L, R>
constexpr auto operator*(L const& l, R const& r) {
  return detail::apply<detail::traits<L>::unit * detail::traits<R>::unit>(ir::op::multiply, l, r);
}
template <class L, class R>
  requires Formula<L, R>
constexpr auto operator/(L const& l, R const& r) {
  return detail::apply<detail::traits<L>::unit / detail::traits<R>::unit>(ir::op::divide, l, r);
}
template <Written T>
constexpr auto operator-(T const& x) {
  return detail::apply<detail::traits<T>::unit>(ir::op::negate, x);
}
template <Written T>
constexpr auto operator+(T const& x) {
  return detail::lift(x);
}

#define NERNST_COMPARISON(symbol, code)                                                            \
  template <class L, class R>                                                                      \
    requires Formula<L, R>                                                                         \
  constexpr auto operator symbol(L const& l, R const& r) {                                         \
    return detail::compare<"a " #symbol " b">(ir::op::code, l, r);                                 \
  }
NERNST_COMPARISON(<, less)
NERNST_COMPARISON(<=, less_equal)
NERNST_COMPARISON(>, greater)
NERNST_COMPARISON(>=, greater_equal)
NERNST_COMPARISON(==, equal)
NERNST_COMPARISON(!=, not_equal)
#undef NERNST_COMPARISON

/// The remainder of a division that rounds down: it has the sign of `r`, as Python's.
template <class L, class R>
  requires Formula<L, R>
constexpr auto operator%(L const& l, R const& r) {
  return detail::apply_alike<"a % b">(ir::op::floor_mod, l, r);
}

// Logic of conditions; `and`, `or`, `not` read best.

template <class L, class R>
  requires Logic<L, R>
constexpr auto operator&&(L const& l, R const& r) {
  return detail::apply_condition(ir::op::logical_and, detail::truth<"a && b">(l),
                                 detail::truth<"a && b">(r));
}
template <class L, class R>
  requires Logic<L, R>
constexpr auto operator||(L const& l, R const& r) {
  return detail::apply_condition(ir::op::logical_or, detail::truth<"a || b">(l),
                                 detail::truth<"a || b">(r));
}
template <class T>
  requires(Condition<T> || Written<T>)
constexpr auto operator!(T const& x) {
  return detail::apply_condition(ir::op::logical_not, detail::truth<"!a">(x));
}

}  // namespace nernst::language
