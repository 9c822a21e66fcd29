// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/variable.hpp>

#include <source_location>

namespace nernst::language {

/// What may be said of an equation.
enum class equation_flag { none, unless_refractory, event_driven, clock_driven };

/// d(target)/dt = rhs.
template <int N, equation_flag Flag = equation_flag::none>
struct equation {
  static constexpr equation_flag flag = Flag;
  term target;
  term rhs[N];
  ir::text_place place = {};
};

template <equation_flag Flag>
struct flag_of_equation {};
/// In neurons: the equation stands still, and its variable is protected from synapses, while the
/// neuron is refractory.
inline constexpr flag_of_equation<equation_flag::unless_refractory> unless_refractory{};
/// In synapses: the equation is solved only where a pathway acts, over the time since one last did.
inline constexpr flag_of_equation<equation_flag::event_driven> event_driven{};
/// In synapses: the equation is integrated in every step, as it is without a flag.
inline constexpr flag_of_equation<equation_flag::clock_driven> clock_driven{};

/// The right-hand side of an equation with a flag.
template <class E, equation_flag Flag>
struct flagged_expression {
  E rhs;
};
template <Operand T, equation_flag Flag>
constexpr auto operator|(T const& rhs, flag_of_equation<Flag>) {
  if constexpr (detail::any_mistaken<T>)
    return mistaken{};
  else
    return flagged_expression<detail::lifted<T>, Flag>{detail::lift(rhs)};
}
template <class E, equation_flag First, equation_flag Second>
constexpr auto operator|(flagged_expression<E, First> const&, flag_of_equation<Second>) {
  nernst::detail::raise<written_otherwise<"rhs | flag | flag", "rhs | flag">, E>();
  return mistaken{};
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
    return make<equation_flag::none>(rhs);
  }
  template <class E, equation_flag Flag>
  constexpr auto operator=(flagged_expression<E, Flag> const& value) const {
    return make<Flag>(value.rhs);
  }
  template <Condition C>
  constexpr auto operator=(C const&) const {
    nernst::detail::raise<not_a_number<join<"d", V::name, "/dt">()>>();
    return mistaken{};
  }

 private:
  template <equation_flag Flag, class T>
  constexpr auto make(T const& rhs) const {
    auto const e = operand<join<"d", V::name, "/dt">(), V::unit / ir::units::second>(rhs);
    using written = std::remove_const_t<decltype(e)>;
    if constexpr (any_mistaken<written>) {
      return e;
    } else {
      equation<length<written>, Flag>
          r{};  // braces within the braces are no constant to GCC 12 once it has seen an error
      r.target = lift(of).terms[0];
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
