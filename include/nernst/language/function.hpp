// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/expression.hpp>

#include <utility>

namespace nernst::dsl {

/// Types in order.
template <class... T>
struct type_list {
  static constexpr int size = sizeof...(T);
};

namespace detail {
/// A functor and the units between which it works.
template <class Functor, ir::dimension Result, ir::dimension... Arguments>
struct signature {
  using functor = Functor;
  static constexpr int arity = sizeof...(Arguments);
  static constexpr ir::dimension argument[] = {Arguments...};

  template <int K>
  static constexpr auto partial() {
    if constexpr (arity == 1) {
      if constexpr (requires { typename Functor::derivative; })
        return with<typename Functor::derivative, K>();
    } else if constexpr (K == 0) {
      if constexpr (requires { typename Functor::derivative_1; })
        return with<typename Functor::derivative_1, K>();
    } else if constexpr (K == 1) {
      if constexpr (requires { typename Functor::derivative_2; })
        return with<typename Functor::derivative_2, K>();
    } else {
      if constexpr (requires { typename Functor::derivative_3; })
        return with<typename Functor::derivative_3, K>();
    }
  }
  static double on_host(double const* x) {
    if constexpr (arity == 1)
      return static_cast<double>(Functor{}(x[0]));
    else if constexpr (arity == 2)
      return static_cast<double>(Functor{}(x[0], x[1]));
    else
      return static_cast<double>(Functor{}(x[0], x[1], x[2]));
  }
  static constexpr ir::function entry(ir::name const& id) {
    ir::function f{id, arity, {Arguments...}, Result};
    f.evaluate = &on_host;
    return f;
  }

 private:
  // A class named `derivative` has a member of that name, itself: that is none.
  template <class Derivative, int K>
  static constexpr auto with() {
    if constexpr (!std::same_as<Derivative, Functor>)
      return signature<Derivative, Result / argument[K], Arguments...>{};
  }
};

/// The partial derivative by argument `K`, as a signature; void if the functor has none.
template <class S, int K>
struct partial {
  using type = void;
};
template <class S, int K>
  requires(K < S::arity)
struct partial<S, K> {
  using type = decltype(S::template partial<K>());
};

template <class... L, class T>
constexpr auto operator+(type_list<L...> all, std::type_identity<T>) {
  if constexpr (std::is_void_v<T> || (std::same_as<L, T> || ...))
    return all;
  else
    return type_list<L..., T>{};
}
template <class S>
struct partials {};
template <class... L, class S>
constexpr auto operator+(type_list<L...> all, partials<S>) {
  return all + std::type_identity<typename partial<S, 0>::type>{} +
         std::type_identity<typename partial<S, 1>::type>{} +
         std::type_identity<typename partial<S, 2>::type>{};
}
/// The signatures and behind them those of their derivatives, each once.
template <class... S>
constexpr auto with_derivatives(type_list<S...> all) {
  return (all + ... + partials<S>{});
}

/// The place of a signature in a list, or -1.
template <class S, class... L>
constexpr int position(type_list<L...>) {
  int at = 0;
  return ((std::same_as<S, L> || (++at, false)) || ...) ? at : -1;
}
template <class... S>
constexpr type_list<typename S::functor...> functors_of(type_list<S...>) {
  return {};
}

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
  using signature = detail::signature<Functor, Result, Arguments...>;
  static constexpr std::string_view id() { return Name.view(); }

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
    constexpr ir::op code = signature::arity == 1   ? ir::op::call_1
                            : signature::arity == 2 ? ir::op::call_2
                                                    : ir::op::call_3;
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
template <ir::fixed_string Name, class Functor, ir::dimension Result, ir::dimension... Arguments>
  requires(sizeof...(Arguments) >= 1 && sizeof...(Arguments) <= ir::function::most_arguments)
constexpr auto function(quantity<Result>, quantity<Arguments>...) {
  static_assert(sizeof(Name.data) <= 32, "the name of a function has at most 31 characters");
  static_assert(std::is_empty_v<Functor> && std::is_default_constructible_v<Functor>,
                "a functor has no data");
  return user_function<Name, Functor, Result, Arguments...>{};
}

/// The functions that a model calls.
template <class... Function>
struct functions_clause;
template <>
struct functions_clause<> {
  using functors = type_list<>;
  static constexpr void enter(ir::model&) {}
};
template <class... Function>
struct functions_clause {
  /// What computes them, in the order of `ir::model::functions`: the functions as listed, then
  /// their first derivatives, then the second ones.
  using functors = decltype(detail::functors_of(detail::with_derivatives(
      detail::with_derivatives(type_list<typename Function::signature...>{}))));

  /// Enters them into a model. A name that is there already is a mistake.
  static constexpr void enter(ir::model& m) {
    using all = decltype(detail::with_derivatives(
        detail::with_derivatives(type_list<typename Function::signature...>{})));
    ir::name const names[] = {ir::name(Function::id())...};
    enter(m, all{}, names, sizeof...(Function));
  }

 private:
  template <class... S>
  static constexpr void enter(ir::model& m, type_list<S...> all, ir::name const* names, int named) {
    int const first = static_cast<int>(m.functions.size());
    int const derivative[][3] = {{detail::position<typename detail::partial<S, 0>::type>(all),
                                  detail::position<typename detail::partial<S, 1>::type>(all),
                                  detail::position<typename detail::partial<S, 2>::type>(all)}...};
    for (int k = 0; k < named; ++k)
      for (int j = 0; j < k; ++j)
        if (names[j] == names[k] && m.mistake.ok())
          m.mistake = {
              ir::mistake::repeated_clause, ir::basic_text<35>("function ") += names[k], {}, {}};
    (m.functions.push_back(S::entry({})), ...);
    ir::function* const f = m.functions.data() + first;
    for (int k = 0; k < named; ++k) f[k].id = names[k];
    for (int k = 0; k < type_list<S...>::size; ++k)
      for (int j = 0; j < f[k].arity; ++j) {
        int const d = derivative[k][j];
        if (d < 0) continue;
        f[k].derivative[j] = first + d;
        if (f[d].id.size > 0) continue;
        (f[d].id = f[k].id) += '\'';
        if (f[k].arity > 1) f[d].id.append(j + 1);
      }
  }
};

/// Lists the functions that a model calls, of the user's own: a clause of `neuron` and `synapse`.
template <class... Function>
  requires(sizeof...(Function) > 0)
constexpr auto functions(Function const&...) {
  return functions_clause<Function...>{};
}

}  // namespace nernst::dsl
