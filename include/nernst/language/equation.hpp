// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/variable.hpp>

#include <source_location>

namespace nernst::language {

/// d(target)/dt = rhs.
template <int N>
struct equation {
  term target;
  term rhs[N];
  bool unless_refractory = false;
  ir::text_place place = {};
};

/// The right-hand side of an equation that stands still, and is protected from synapses, while the
/// neuron is refractory.
template <class E>
struct frozen_while_refractory {
  E rhs;
};
struct unless_refractory_flag {};
inline constexpr unless_refractory_flag unless_refractory{};

template <Operand T>
constexpr auto operator|(T const& rhs, unless_refractory_flag) {
  if constexpr (detail::any_mistaken<T>)
    return mistaken{};
  else
    return frozen_while_refractory<detail::lifted<T>>{detail::lift(rhs)};
}

namespace detail {
template <class V>
struct derivative {
  V of;
  ir::text_place place;
};

template <class V>
struct rate {
  V of;
  ir::text_place place;

  template <Operand T>
  constexpr auto operator=(T const& rhs) const {
    return make<T>(rhs, false);
  }
  template <class E>
  constexpr auto operator=(frozen_while_refractory<E> const& frozen) const {
    return make<E>(frozen.rhs, true);
  }
  template <Condition C>
  constexpr auto operator=(C const&) const {
    nernst::detail::raise<not_a_number<join<"d", V::name, "/dt">()>>();
    return mistaken{};
  }

 private:
  template <class T>
  constexpr auto make(T const& rhs, bool unless_refractory) const {
    auto const e = operand<join<"d", V::name, "/dt">(), V::unit / ir::units::second>(rhs);
    using written = std::remove_const_t<decltype(e)>;
    if constexpr (any_mistaken<written>) {
      return e;
    } else {
      equation<length<written>>
          r{};  // braces within the braces are no constant to GCC 12 once it has seen an error
      r.target = lift(of).terms[0];
      r.unless_refractory = unless_refractory;
      r.place = place;
      for (int k = 0; k < length<written>; ++k) r.rhs[k] = e.terms[k];
      return r;
    }
  }
};
}  // namespace detail

/// `d(v)/dt = ...` defines the time derivative of a state.
template <Variable V>
  requires(V::kind == ir::role::state && V::owner == ir::side::here)
constexpr auto d(V const& v, std::source_location const& place = std::source_location::current()) {
  if constexpr (V::type != ir::value_type::real) {
    nernst::detail::raise<not_a_real<V::name>>();
    return mistaken{};
  } else {
    return detail::derivative<V>{
        v, {static_cast<int>(place.line()), static_cast<int>(place.column())}};
  }
}
constexpr mistaken d(mistaken) {
  return {};
}
template <class V>
constexpr auto operator/(detail::derivative<V> const& x, std::remove_const_t<decltype(dt)> const&) {
  return detail::rate<V>{x.of, x.place};
}

}  // namespace nernst::language
