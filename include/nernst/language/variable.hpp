// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/operators.hpp>

namespace nernst::dsl {

/// `target` becomes `value`: one line of a reset or of a synapse's reaction.
template <int N>
struct statement {
  term target;
  term value[N];
};

namespace detail {
template <ir::fixed_string A, ir::fixed_string B>
constexpr auto join() {
  ir::fixed_string<sizeof(A.data) + sizeof(B.data) - 1> r;
  for (std::size_t i = 0; i + 1 < sizeof(A.data); ++i) r.data[i] = A.data[i];
  for (std::size_t i = 0; i < sizeof(B.data); ++i) r.data[sizeof(A.data) - 1 + i] = B.data[i];
  return r;
}

template <class V, class E>
constexpr auto assign(V const& target, E const& value) {
  if constexpr (any_mistaken<E>)
    return assign(target, target);
  else {
    statement<length<lifted<E>>> s{lift(target).terms[0], {}};
    auto const& e = lift(value);
    for (int k = 0; k < length<lifted<E>>; ++k) s.value[k] = e.terms[k];
    return s;
  }
}
}  // namespace detail

/// A variable of a model, known by its name and dimension. It stands in formulas, and assigning to it in a reset or a synapse's reaction
/// writes a statement down (nothing is computed then).
template <ir::fixed_string Name, ir::dimension D, ir::role Kind, ir::side Owner = ir::side::here>
struct variable {
  static constexpr bool is_variable = true;
  static constexpr auto name = Name;
  static constexpr ir::dimension unit = D;
  static constexpr ir::role kind = Kind;
  static constexpr ir::side owner = Owner;
  static_assert(sizeof(Name.data) <= 32, "the name of a variable has at most 31 characters");
  static constexpr std::string_view id() { return Name.view(); }

  constexpr variable() = default;
  constexpr variable(variable const&) = default;

  constexpr auto operator=(variable const& value) const { return detail::assign(*this, value); }
  template <Operand T>
  constexpr auto operator=(T const& value) const {
    return detail::assign(*this, detail::expect<detail::join<Name, " = ...">(), D>(value));
  }
  template <Operand T>
  constexpr auto operator+=(T const& value) const {
    return detail::assign(*this, detail::apply<D>(ir::op::add, *this, detail::operand<detail::join<Name, " += ...">(), D>(value)));
  }
  template <Operand T>
  constexpr auto operator-=(T const& value) const {
    return detail::assign(*this, detail::apply<D>(ir::op::subtract, *this, detail::operand<detail::join<Name, " -= ...">(), D>(value)));
  }
  template <Operand T>
  constexpr auto operator*=(T const& value) const {
    auto const& factor = detail::operand<detail::join<Name, " *= ...">(), ir::units::one>(value);
    return detail::assign(*this, detail::apply<D>(ir::op::multiply, *this, factor));
  }
  template <Operand T>
  constexpr auto operator/=(T const& value) const {
    auto const& factor = detail::operand<detail::join<Name, " /= ...">(), ir::units::one>(value);
    return detail::assign(*this, detail::apply<D>(ir::op::divide, *this, factor));
  }
};

/// One value per neuron (or synapse), changed by equations and statements. The argument gives the dimension; values are kept in SI units.
template <ir::fixed_string Name, ir::dimension D>
constexpr auto state(quantity<D>) {
  return variable<Name, D, ir::role::state>{};
}
/// One value per neuron (or synapse), set by the user before a run.
template <ir::fixed_string Name, ir::dimension D>
constexpr auto parameter(quantity<D>) {
  return variable<Name, D, ir::role::parameter>{};
}
/// One value for the whole population (or projection), set by the user before a run.
template <ir::fixed_string Name, ir::dimension D>
constexpr auto shared(quantity<D>) {
  return variable<Name, D, ir::role::shared>{};
}

/// The start of the present step, and its length.
inline constexpr variable<"t", ir::units::second, ir::role::time> t{};
inline constexpr variable<"dt", ir::units::second, ir::role::time_step> dt{};
/// The number of the neuron in its population, from 0; in the reaction of a synapse that of its source, from the start of the source slice.
inline constexpr variable<"i", ir::units::one, ir::role::index> i{};

/// The variable of the neuron a spike goes to, in the reaction of a synapse.
template <Variable V>
  requires(V::owner == ir::side::here)
constexpr auto post(V) {
  return variable<V::name, V::unit, V::kind, ir::side::post>{};
}
/// The variable of the neuron a spike comes from, in the reaction of a synapse.
template <Variable V>
  requires(V::owner == ir::side::here)
constexpr auto pre(V) {
  return variable<V::name, V::unit, V::kind, ir::side::pre>{};
}

}  // namespace nernst::dsl
