// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/model.hpp>

#include <concepts>
#include <type_traits>

namespace nernst::ir {

namespace detail {
template <int K, class... T>
struct element_of;
template <class First, class... Rest>
struct element_of<0, First, Rest...> {
  using type = First;
};
template <int K, class First, class... Rest>
  requires(K > 0)
struct element_of<K, First, Rest...> : element_of<K - 1, Rest...> {};
}  // namespace detail

/// Types in order.
template <class... T>
struct type_list {
  static constexpr int size = sizeof...(T);
  template <int K>
  using element = typename detail::element_of<K, T...>::type;
};

namespace detail {
/// A functor and the units between which it works.
template <class Functor, dimension Result, dimension... Arguments>
struct signature {
  using functor = Functor;
  static constexpr int arity = sizeof...(Arguments);
  static constexpr dimension argument[] = {Arguments...};

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
  static constexpr function entry(identifier const& id) {
    function f{id, arity, {Arguments...}, Result};
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
}  // namespace detail

/// The functions that a model calls.
template <class... Function>
struct functions_clause;
template <>
struct functions_clause<> {
  using functors = type_list<>;
  static constexpr void enter(model&) {}
};
template <class... Function>
struct functions_clause {
  /// What computes them, in the order of `ir::model::functions`: the functions as listed, then
  /// their first derivatives, then the second ones.
  using functors = decltype(detail::functors_of(detail::with_derivatives(
      detail::with_derivatives(type_list<typename Function::signature...>{}))));

  /// Enters them into a model. A name that is there already is a mistake.
  static constexpr void enter(model& m) {
    using all = decltype(detail::with_derivatives(
        detail::with_derivatives(type_list<typename Function::signature...>{})));
    identifier const names[] = {identifier(Function::id())...};
    enter(m, all{}, names, sizeof...(Function));
  }

 private:
  template <class... S>
  static constexpr void enter(model& m, type_list<S...> all, identifier const* names, int named) {
    int const first = static_cast<int>(m.functions.size());
    int const derivative[][3] = {{detail::position<typename detail::partial<S, 0>::type>(all),
                                  detail::position<typename detail::partial<S, 1>::type>(all),
                                  detail::position<typename detail::partial<S, 2>::type>(all)}...};
    for (int k = 0; k < named; ++k)
      for (int j = 0; j < k; ++j)
        if (names[j] == names[k] && m.mistake.ok())
          m.mistake = {mistake::repeated_clause, short_string<35>("function ") += names[k], {}, {}};
    (m.functions.push_back(S::entry({})), ...);
    function* const f = m.functions.data() + first;
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

/// Lists the functions that a model calls, of the user's own: a clause of neurons and synapses.
template <class... Function>
  requires(sizeof...(Function) > 0)
constexpr auto functions(Function const&...) {
  return functions_clause<Function...>{};
}

}  // namespace nernst::ir
