// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/variable.hpp>

namespace nernst::language {

/// A variable that stands for an expression of `Length` terms. In formulas it is its name; its
/// definition is a clause of the model.
template <ir::fixed_string Name, ir::unit U, ir::value_type Type, int Length>
struct definition : variable<Name, U, ir::role::subexpression, ir::side::here, Type> {
  using base = variable<Name, U, ir::role::subexpression, ir::side::here, Type>;
  using base::operator=;
  static constexpr bool is_definition = true;

  term value[Length] = {};
  bool constant_over_dt = false;
  bool is_shared = false;
};

/// A definition, whatever it defines. (Not all compilers can deduce the name in its type.)
template <class T>
concept Definition = requires { requires T::is_definition; };

namespace detail {
template <ir::fixed_string Name, ir::dimension D, ir::value_type Type, class E>
constexpr auto define(E const& e, bool is_shared) {
  require_free<Name>();
  definition<Name, ir::unit_of<D>, Type, length<E>> r;
  for (int k = 0; k < length<E>; ++k) r.value[k] = e.terms[k];
  r.is_shared = is_shared;
  return r;
}
template <ir::fixed_string Name, class E>
constexpr auto define(E const& e, bool is_shared) {
  if constexpr (any_mistaken<E>)
    return mistaken{};
  else if constexpr (Condition<E>)
    return define<Name, ir::units::one, ir::value_type::boolean>(lift(e), is_shared);
  else
    return define<Name, traits<E>::unit, ir::value_type::real>(lift(e), is_shared);
}
}  // namespace detail

/// A name for an expression, of its unit; for a condition it is a boolean. It can be read and
/// recorded as a variable, and is evaluated wherever it is used.
template <ir::fixed_string Name, class E>
  requires(Operand<E> || Condition<E>)
constexpr auto subexpression(E const& e) {
  return detail::define<Name>(e, false);
}
/// ... or for a whole number; others are cut towards 0.
template <ir::fixed_string Name, Operand E>
constexpr auto subexpression(integer_values, E const& e) {
  auto const whole = detail::operand<Name, ir::units::one>(e);
  if constexpr (detail::any_mistaken<std::remove_const_t<decltype(whole)>>)
    return mistaken{};
  else
    return detail::define<Name, ir::units::one, ir::value_type::integer>(whole, false);
}
/// A name for an expression that has one value per population: it reads shared things only.
template <ir::fixed_string Name, class E>
  requires(Operand<E> || Condition<E>)
constexpr auto shared_subexpression(E const& e) {
  return detail::define<Name>(e, true);
}

struct constant_over_dt_flag {};
/// `subexpression<"x">(...) | constant_over_dt` is computed at the start of each step and keeps its
/// value until the next; it may draw random numbers.
inline constexpr constant_over_dt_flag constant_over_dt{};
template <Definition S>
constexpr S operator|(S const& s, constant_over_dt_flag) {
  S r = s;
  r.constant_over_dt = true;
  return r;
}

}  // namespace nernst::language
