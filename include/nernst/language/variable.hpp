// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/operators.hpp>

#include <source_location>

namespace nernst::language {

/// `target` becomes `value`: one line of a reset, of an action or of a synapse's reaction.
template <int N>
struct statement {
  static constexpr bool is_statement = true;
  term target;
  term value[N];
};

namespace detail {
template <class V, class E>
constexpr auto assign(V const& target, E const& value) {
  if constexpr (any_mistaken<E>)
    return mistaken{};
  else {
    statement<length<lifted<E>>> s{};
    s.target = lift(target).terms[0];
    auto const& e = lift(value);
    for (int k = 0; k < length<lifted<E>>; ++k) s.value[k] = e.terms[k];
    return s;
  }
}
}  // namespace detail

/// A variable of a model, known by its name and dimension. It stands in formulas, and assigning to
/// it in a reset, an action or a synapse's reaction writes a statement down (nothing is computed
/// then). A boolean one is a condition.
template <ir::fixed_string Name, ir::unit U, ir::role Kind, ir::side Owner = ir::side::here,
          ir::value_type Type = ir::value_type::real, bool Constant = false>
struct variable {
  static constexpr bool is_variable = true;
  static constexpr auto name = Name;
  static constexpr ir::unit written_unit = U;
  static constexpr ir::dimension unit = ir::dimension_of<U>;
  static constexpr ir::role kind = Kind;
  static constexpr ir::side owner = Owner;
  static constexpr ir::value_type type = Type;
  static constexpr bool constant = Constant;
  static_assert(sizeof(Name.data) > 1 && sizeof(Name.data) <= 32,
                "the name of a variable has 1 to 31 characters");
  static constexpr ir::string_view id() { return Name.view(); }

  explicit operator bool() const
    requires(Type == ir::value_type::boolean)
  = delete;  // where(c, a, b) says what `c ? a : b` would

#if !defined(__HIPCC__)  // whose pow, min and max would ask for it
  template <std::same_as<double> T>
  operator T() const =
      delete;  // exp(v) is a formula; std::exp(v) needs a value, which v has not yet
#endif

  ir::lower_bound bound = ir::lower_bound::unbounded;
  /// Which declaration this is a copy of.
  ir::declaration declared = {};

  constexpr variable() = default;
  constexpr variable(variable const&) = default;

  constexpr auto operator=(variable const& value) const { return detail::assign(*this, value); }
  template <class T>
    requires(Operand<T> || Condition<T> || std::same_as<T, bool>)
  constexpr auto operator=(T const& value) const {
    constexpr auto where = detail::join<Name, " = ...">();
    if constexpr (Type == ir::value_type::boolean) {
      return detail::assign(*this, detail::truth<where>(value));
    } else if constexpr (Operand<T>) {
      return detail::assign(*this, detail::operand<where, unit>(value));
    } else {
      nernst::detail::raise<not_a_number<where>>();
      return mistaken{};
    }
  }
  template <Operand T>
  constexpr auto operator+=(T const& value) const {
    return detail::assign(
        *this, detail::apply<unit>(ir::op::add, *this,
                                   detail::operand<detail::join<Name, " += ...">(), unit>(value)));
  }
  template <Operand T>
  constexpr auto operator-=(T const& value) const {
    return detail::assign(
        *this, detail::apply<unit>(ir::op::subtract, *this,
                                   detail::operand<detail::join<Name, " -= ...">(), unit>(value)));
  }
  template <Operand T>
  constexpr auto operator*=(T const& value) const {
    auto const& factor = detail::operand<detail::join<Name, " *= ...">(), ir::units::one>(value);
    return detail::assign(*this, detail::apply<unit>(ir::op::multiply, *this, factor));
  }
  template <Operand T>
  constexpr auto operator/=(T const& value) const {
    auto const& factor = detail::operand<detail::join<Name, " /= ...">(), ir::units::one>(value);
    return detail::assign(*this, detail::apply<unit>(ir::op::divide, *this, factor));
  }
  template <Operand T>
  constexpr auto operator%=(T const& value) const {
    return detail::assign(
        *this, detail::apply<unit>(ir::op::floor_mod, *this,
                                   detail::operand<detail::join<Name, " %= ...">(), unit>(value)));
  }
};

namespace detail {
template <ir::fixed_string Where, class S>
constexpr auto require_statement() {
  if constexpr (!Statement<S>) nernst::detail::raise<not_a_statement<Where, kind_name<S>()>>();
  return Statement<S>;
}
/// Whether all are statements. The first that is none is an error of what contains them.
template <ir::fixed_string Where, class... S>
constexpr auto are_statements() {
  if constexpr (any_mistaken<S...>)
    return false;
  else
    return (require_statement<Where, S>() && ...);
}
}  // namespace detail

/// What a variable holds instead of a quantity: whole numbers, or truth values.
struct integer_values {};
struct boolean_values {};
inline constexpr integer_values integer{};
inline constexpr boolean_values boolean{};

namespace detail {
template <class T>
struct measure;
template <ir::unit U>
struct measure<quantity<U>> {
  static constexpr ir::dimension unit = ir::dimension_of<U>;
  static constexpr ir::value_type type = ir::value_type::real;
};
template <>
struct measure<integer_values> {
  static constexpr ir::dimension unit{};
  static constexpr ir::value_type type = ir::value_type::integer;
};
template <>
struct measure<boolean_values> {
  static constexpr ir::dimension unit{};
  static constexpr ir::value_type type = ir::value_type::boolean;
};

/// Names with a meaning of their own, and those that begin with an underscore, which the library
/// uses itself.
constexpr bool is_reserved(ir::string_view id) {
  ir::symbol const* const known = ir::find_builtin(id);
  bool const taken = known != nullptr && !ir::is_of_synapse(known->kind);
  return id[0] == '_' || id.substr(0, 3) == "xi_" || taken;
}
template <ir::fixed_string Name>
constexpr auto require_free() {
  if constexpr (is_reserved(Name.view())) nernst::detail::raise<reserved_name<Name>>();
}
}  // namespace detail

/// What a variable is declared with: a quantity, for its dimension, or `integer` or `boolean`.
template <class T>
concept Measure = requires { detail::measure<T>::unit; };

namespace detail {
constexpr ir::declaration declared_at(std::source_location const& place) {
  ir::declaration all{0, static_cast<int>(place.line()), static_cast<int>(place.column())};
  for (char const* c = place.file_name(); *c != '\0'; ++c)
    all.file = (all.file ^ static_cast<unsigned char>(*c)) * 0x01000193U;
  return all;
}

/// Declares a variable.
template <ir::fixed_string Name, ir::role Kind>
struct declaration {
  template <Measure T>
  constexpr auto
  operator()(T, std::source_location const& place = std::source_location::current()) const {
    require_free<Name>();
    variable<Name, ir::unit_of<measure<T>::unit>, Kind, ir::side::here, measure<T>::type> v;
    v.declared = declared_at(place);
    return v;
  }
  template <class... T>
    requires(sizeof...(T) != 1 || !(Measure<T> && ...))
  constexpr auto operator()(T const&...) const {
    nernst::detail::raise<written_otherwise<"a declaration without a unit", "state<\"x\">(volt)">,
                          T...>();
    return mistaken{};
  }
};
}  // namespace detail

/// `state<"v">(volt)`: one value per neuron (or synapse), changed by equations and statements. The
/// argument gives the dimension; values are kept in SI units.
template <ir::fixed_string Name>
inline constexpr detail::declaration<Name, ir::role::state> state{};
/// `parameter<"I">(ampere)`: one value per neuron (or synapse), set by the user before a run.
template <ir::fixed_string Name>
inline constexpr detail::declaration<Name, ir::role::parameter> parameter{};
/// `shared<"E">(volt)`: one value for the whole population (or projection), set by the user before
/// a run.
template <ir::fixed_string Name>
inline constexpr detail::declaration<Name, ir::role::shared> shared{};
/// `linked<"leader">(volt)`: a variable of another population: for each neuron here the value of
/// one neuron there, which the user chooses before a run.
template <ir::fixed_string Name>
inline constexpr detail::declaration<Name, ir::role::linked> linked{};

struct constant_flag {};
/// `parameter<"E">(volt) | constant` promises that the value stays the same during a run: no
/// statement may change it.
inline constexpr constant_flag constant{};
template <Variable V>
  requires(V::kind == ir::role::parameter || V::kind == ir::role::shared)
constexpr auto operator|(V const& v, constant_flag) {
  variable<V::name, ir::unit_of<V::unit>, V::kind, V::owner, V::type, true> r;
  r.bound = v.bound;
  r.declared = v.declared;
  return r;
}

struct bound_flag {
  ir::lower_bound bound;
};
/// `parameter<"rate">(hertz) | at_least_0` and `parameter<"tau">(second) | above_0`: other values
/// are refused when they are set and before a run, with a std::invalid_argument.
inline constexpr bound_flag at_least_0{ir::lower_bound::at_least_0};
inline constexpr bound_flag above_0{ir::lower_bound::above_0};
template <Variable V>
  requires(V::kind == ir::role::parameter || V::kind == ir::role::shared)
constexpr V operator|(V const& v, bound_flag flag) {
  V r = v;
  r.bound = flag.bound;
  return r;
}

namespace detail {
/// A variable that every model has, by its name in the table of builtins.
template <ir::fixed_string Name>
constexpr auto builtin_named() {
  static_assert(ir::find_builtin(Name.view()) != nullptr, "a name that is not in the table");
  constexpr ir::symbol s = *ir::find_builtin(Name.view());
  return variable<Name, ir::unit_of<s.unit>, s.kind, s.owner, s.type>{};
}
template <ir::fixed_string Name>
constexpr auto noise_named() {
  constexpr ir::dimension unit = ir::builtin(ir::role::noise).unit;
  return variable<join<"xi_", Name>(), ir::unit_of<unit>, ir::role::noise>{};
}
}  // namespace detail

/// The start of the present step, and its length.
inline constexpr auto t = detail::builtin_named<"t">();
inline constexpr auto dt = detail::builtin_named<"dt">();
/// The number of the neuron in its population, from 0; in the reaction of a synapse that of its
/// source, from the start of the source slice.
inline constexpr auto i = detail::builtin_named<"i">();
/// In a synapse: the number of its target, from the start of the target slice.
inline constexpr variable<"i", ir::unit_of<ir::units::one>, ir::role::index, ir::side::post,
                          ir::value_type::integer>
    j{};
/// How many neurons there are.
inline constexpr auto N = detail::builtin_named<"N">();
/// Whether the neuron may fire and change, in models with a refractory period.
inline constexpr auto not_refractory = detail::builtin_named<"not_refractory">();
/// When the neuron fired last; long ago (-10^4 s) if it never did.
inline constexpr auto lastspike = detail::builtin_named<"lastspike">();

/// In a synapse with event-driven equations: when one of its pathways last acted; at first 0.
inline constexpr auto lastupdate = detail::builtin_named<"lastupdate">();
/// In a synapse: how many synapses its target, and its source, have in the projection.
inline constexpr auto N_incoming = detail::builtin_named<"N_incoming">();
inline constexpr auto N_outgoing = detail::builtin_named<"N_outgoing">();

/// Gaussian white noise, in equations: `xi`, or of several sources `xi_<"a">`, `xi_<"b">`. Each
/// name is one source for each neuron: where it stands twice it is the same noise.
inline constexpr auto xi = detail::builtin_named<"xi">();
template <ir::fixed_string Name>
inline constexpr auto xi_ = detail::noise_named<Name>();

/// The variable of the neuron a spike goes to, in the reaction of a synapse.
template <Variable V>
  requires(V::owner == ir::side::here)
constexpr auto post(V) {
  return variable<V::name, ir::unit_of<V::unit>, V::kind, ir::side::post, V::type, V::constant>{};
}
/// The variable of the neuron a spike comes from, in the reaction of a synapse.
template <Variable V>
  requires(V::owner == ir::side::here)
constexpr auto pre(V) {
  return variable<V::name, ir::unit_of<V::unit>, V::kind, ir::side::pre, V::type, V::constant>{};
}
constexpr mistaken post(mistaken) {
  return {};
}
constexpr mistaken pre(mistaken) {
  return {};
}

}  // namespace nernst::language
