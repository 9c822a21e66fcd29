// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/expression.hpp>

namespace nernst::language {

/// An integration method of the library.
template <ir::method_id Id>
struct builtin_method {
  static constexpr ir::method_id id = Id;
  static constexpr ir::string_view text = {};
};

namespace detail {
/// The method of that name in the table of methods.
template <ir::fixed_string Name>
constexpr auto method_named() {
  static_assert(ir::find_method(Name.view()) != nullptr, "a name that is not in the table");
  return builtin_method<ir::find_method(Name.view())->id>{};
}
}  // namespace detail

inline constexpr auto exact = detail::method_named<"exact">();
inline constexpr auto exponential_euler = detail::method_named<"exponential_euler">();
inline constexpr auto euler = detail::method_named<"euler">();
inline constexpr auto rk2 = detail::method_named<"rk2">();
inline constexpr auto rk4 = detail::method_named<"rk4">();
inline constexpr auto heun = detail::method_named<"heun">();
inline constexpr auto milstein = detail::method_named<"milstein">();
inline constexpr auto backward_euler = detail::method_named<"backward_euler">();
inline constexpr auto rosenbrock = detail::method_named<"rosenbrock">();
inline constexpr auto rk45 = detail::method_named<"rk45">();

/// A method that is written down as text.
struct scheme_method {
  static constexpr ir::method_id id = ir::method_id::scheme;
  ir::string_view text;
};
/// `scheme("k = dt*f(x,t); x_new = x + dt*f(x + k/2, t + dt/2)")`: one step of a method, as
/// docs/integrate.md explains.
constexpr scheme_method scheme(ir::string_view text) {
  return {text};
}

/// The error that a method with error control tolerates in a step of its own: a fraction of every
/// state, or an amount of one.
struct tolerance {
  ir::string_view of;  ///< the state; none for a fraction of each
  double si = 0;
};
/// As a fraction of each state of the model; 1e-6 where nothing is said.
constexpr tolerance relative_tolerance(double fraction) {
  return {{}, fraction};
}
/// As an amount of one state, in addition: `absolute_tolerance(v, 1 * uV)`; 0 where nothing is
/// said.
template <Variable V, ir::unit U>
constexpr tolerance absolute_tolerance(V const&, quantity<U> amount) {
  nernst::detail::require_same_dimension<detail::join<"absolute_tolerance(", V::name, ", ...)">(),
                                         V::unit, ir::dimension_of<U>>();
  return {V::id(), amount.si};
}
template <Variable V>
constexpr tolerance absolute_tolerance(V const& v, double amount) {
  return absolute_tolerance(v, quantity(amount));
}

/// A built-in method is known by its number, a user's own by its type (docs/integrate.md). It
/// integrates the equations of the `Count` variables `of`; without any, those that are not named in
/// another clause.
template <class Own = void, int Count = 0, int Tolerances = 0>
struct method_clause {
  using own = Own;
  ir::method_id id = ir::method_id::automatic;
  ir::string_view scheme;
  ir::string_view of[Count > 0 ? Count : 1] = {};
  tolerance tolerances[Tolerances > 0 ? Tolerances : 1] = {};
};

namespace detail {
template <class M>
concept NamedMethod = requires(M m) {
  { M::id } -> std::convertible_to<ir::method_id>;
  { m.text } -> std::convertible_to<ir::string_view>;
};
}  // namespace detail

/// The integration method of the model, or of the equations of some variables: `method(rk2, v, w)`.
/// Without this clause the library chooses: `exact` for linear equations, else `euler`, or `heun`
/// with multiplicative noise. Tolerances go with `rk45`.
template <detail::NamedMethod M, class... Argument>
  requires((Variable<Argument> || std::same_as<Argument, tolerance>) && ...)
constexpr auto method(M m, Argument const&... arguments) {
  constexpr int tolerances = (int{std::same_as<Argument, tolerance>} + ... + 0);
  nernst::detail::forbid<(tolerances > 0 && M::id != ir::method_id::rk45),
                         misplaced_clause<"method", "tolerance">>();
  method_clause<void, static_cast<int>(sizeof...(Argument)) - tolerances, tolerances> r{M::id,
                                                                                        m.text};
  [[maybe_unused]] int variable = 0, given = 0;
  [[maybe_unused]] auto add = [&](auto const& argument) {
    if constexpr (std::same_as<std::remove_cvref_t<decltype(argument)>, tolerance>)
      r.tolerances[given++] = argument;
    else
      r.of[variable++] = argument.id();
  };
  (add(arguments), ...);
  return r;
}
template <class Own>
  requires(!detail::NamedMethod<Own>)
constexpr auto method(Own const&) {
  if constexpr (detail::any_mistaken<Own>) {
    return mistaken{};
  } else if constexpr (std::is_convertible_v<Own const&, ir::string_view>) {
    nernst::detail::raise<written_otherwise<"method(text)", "method(exact), or brian::method">,
                          Own>();
    return mistaken{};
  } else {
    return method_clause<Own>{};
  }
}

}  // namespace nernst::language
