// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/functors.hpp>
#include <nernst/language/expression.hpp>

#include <utility>

namespace nernst::language {

namespace detail {
/// "f, argument 2".
template <ir::fixed_string Name, int K>
constexpr auto name_of_argument() {
  return join<Name, ", argument ", ir::fixed_string<2>({static_cast<char>('1' + K), '\0'})>();
}
}  // namespace detail

/// A function that the user adds to the language: `Functor` computes it, `Result` and `Arguments`
/// are its units.
template <ir::fixed_string Name, class Functor, ir::dimension Result, ir::dimension... Arguments>
struct user_function {
  using signature = ir::detail::signature<Functor, Result, Arguments...>;
  static constexpr ir::string_view id() { return Name.view(); }

  template <Operand... T>
  constexpr auto operator()(T const&... x) const {
    if constexpr (sizeof...(T) == sizeof...(Arguments))
      return call(std::make_integer_sequence<int, signature::arity>{}, x...);
    else {
      using nernst::detail::number_name;
      nernst::detail::raise<
          wrong_arguments<Name, number_name<sizeof...(Arguments)>, number_name<sizeof...(T)>>>();
      return mistaken{};
    }
  }

 private:
  template <int... K, class... T>
  static constexpr auto call(std::integer_sequence<int, K...>, T const&... x) {
    constexpr ir::op code = ir::call_of(signature::arity);
    return detail::named(
        Name.view(),
        detail::apply<Result>(
            code, detail::operand<detail::name_of_argument<Name, K>(), Arguments>(x)...));
  }
};

/// Declares a function of the user's own: `function<"f", my_functor>(unit of the result, units of
/// the arguments...)`, with one to three arguments. `my_functor{}(x, ...)` computes it with numbers
/// in SI units; marked `NERNST_FUNCTION` it is usable on the device. Partial derivatives, where
/// methods need them, are functors in `my_functor`: `derivative` of a function of one argument,
/// else `derivative_1` and so on. A model lists the functions that it calls in `functions(...)`.
template <ir::fixed_string Name, class Functor, ir::unit Result, ir::unit... Arguments>
  requires(sizeof...(Arguments) >= 1 && sizeof...(Arguments) <= ir::function::most_arguments)
constexpr auto function(quantity<Result>, quantity<Arguments>...) {
  static_assert(sizeof(Name.data) <= 32, "the name of a function has at most 31 characters");
  static_assert(std::is_empty_v<Functor> && std::is_default_constructible_v<Functor>,
                "a functor has no data");
  return user_function<Name, Functor, ir::dimension_of<Result>, ir::dimension_of<Arguments>...>{};
}

}  // namespace nernst::language
