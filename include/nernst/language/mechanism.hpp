// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/constants.hpp>
#include <nernst/ir/string_view.hpp>
#include <nernst/language/functions.hpp>
#include <nernst/language/own_events.hpp>
#include <nernst/language/variable.hpp>

#include <boost/hana/tuple.hpp>

// What mechanisms of compartments are written with, beside what all models are.

namespace nernst::language {

template <ir::unit U, int N>
struct current_clause {
  term terms[N];
  ir::string_view ion = {};
  bool is_of_electrode = false;
};
template <class... Statements>
struct initial_clause {
  boost::hana::tuple<Statements...> statements;
};
template <class... Statements>
struct write_clause {
  boost::hana::tuple<Statements...> statements;
};
template <int N, int M>
struct diffusion_clause {
  term state, coefficient[N], section[M];
};
template <class... Statements>
struct on_spike_clause {
  boost::hana::tuple<Statements...> statements;
};
template <class... Statements>
struct defaults_clause {
  boost::hana::tuple<Statements...> statements;
};

/// Subexpressions that are looked up in tables over a variable.
template <int Count>
struct table_clause {
  term argument;
  double from = 0, to = 0;
  int pieces = 0;
  double relative = 0, absolute = 0;
  ir::string_view of[Count] = {};
};

/// How far what a table holds may be from the value itself: by a part of that, or by so much,
/// whichever is more. See `tabulate`.
template <ir::dimension Unit, bool IsRelative = false>
struct table_error {
  double relative = 0, absolute = 0;
};
constexpr table_error<ir::dimension{}, true> within(double relative) {
  return {.relative = relative};
}
template <ir::unit U>
constexpr table_error<ir::dimension_of<U>> within(double relative, quantity<U> const& absolute) {
  return {.relative = relative, .absolute = absolute.si};
}
constexpr table_error<ir::dimension{}> within(double relative, double absolute) {
  return {.relative = relative, .absolute = absolute};
}
/// Looks subexpressions up in tables over a variable instead of computing them: `tabulate(voltage,
/// -100 * mV, 100 * mV, 200, m_inf, tau_m)`, as NEURON's TABLE: so many pieces of equal length from
/// the one value to the other, straight lines in between, and beyond them the values at the ends.
/// They are made before each run, and depend on nothing else that differs between elements or
/// steps.
template <Variable V, ir::unit U, class... Definitions>
constexpr auto tabulate(V const& over, quantity<U> const& from, quantity<U> const& to, int pieces,
                        Definitions const&...) {
  constexpr ir::dimension unit = ir::dimension_of<U>;
  nernst::detail::require_same_dimension<"tabulate", V::unit, unit>();
  if constexpr (V::unit != unit || detail::any_mistaken<Definitions...>) {
    return mistaken{};
  } else {
    table_clause<static_cast<int>(sizeof...(Definitions))> r{
        .argument = detail::term_of(over), .from = from.si, .to = to.si, .pieces = pieces};
    int k = 0;
    ((r.of[k++] = Definitions::id()), ...);
    return r;
  }
}
/// The same with as many pieces as it takes: `tabulate(voltage, -100 * mV, 100 * mV, within(1e-5),
/// m_inf, tau_m)`. No straight line is further from the values than by 1e-5 of these, which is
/// checked before each run; `within(1e-5, 1e-3 * ms)` also lets them be 1e-3 ms apart, of
/// subexpressions in that unit. The tables of a clause have the same places. \throws (where the run
/// begins) std::invalid_argument where 2^20 pieces are not enough.
template <Variable V, ir::unit U, ir::dimension Error, bool IsRelative, class... Definitions>
constexpr auto tabulate(V const& over, quantity<U> const& from, quantity<U> const& to,
                        table_error<Error, IsRelative> const& error, Definitions const&... of) {
  if constexpr (detail::any_mistaken<Definitions...>) {
    return mistaken{};
  } else {
    if constexpr (!IsRelative)
      (nernst::detail::require_same_dimension<"within", detail::traits<Definitions>::unit, Error>(),
       ...);
    auto r = tabulate(over, from, to, 1, of...);
    if constexpr (!detail::any_mistaken<decltype(r)>) {
      r.pieces = 0;
      r.relative = error.relative;
      r.absolute = error.absolute;
    }
    return r;
  }
}

/// `connection<"weight">(siemens)`: of a point mechanism: one value for each connection to it, in
/// `on_spike`, as the arguments of NEURON's NET_RECEIVE.
template <ir::fixed_string Name>
inline constexpr detail::declaration<Name, ir::role::connection> connection{};

namespace detail {
template <ir::fixed_string Name, ir::dimension D>
using local_variable = variable<Name, ir::unit_of<D>, ir::role::local>;
template <ir::fixed_string Name, ir::dimension D>
using shared_variable = variable<Name, ir::unit_of<D>, ir::role::shared>;

template <ir::dimension Wanted, class Clause>
struct current_fits {
  static constexpr bool value = true;
};
template <ir::dimension Wanted, ir::unit U, int N>
struct current_fits<Wanted, current_clause<U, N>> {
  static constexpr ir::dimension found = ir::dimension_of<U>;
  static constexpr bool value = found == Wanted;
};
/// Whether a clause, if it is a current, has that unit. Another one is an error.
template <ir::dimension Wanted, class Clause>
constexpr auto require_current() {
  using fit = current_fits<Wanted, Clause>;
  if constexpr (!fit::value)
    nernst::detail::require_same_dimension<"current", Wanted, fit::found>();
  return fit::value;
}
}  // namespace detail

/// Of the compartment that a mechanism is in: the voltage, the area of its membrane, its diameter.
inline constexpr detail::local_variable<"v", ir::units::volt> voltage{};
inline constexpr detail::local_variable<"area", power(ir::units::metre, 2)> membrane_area{};
inline constexpr detail::local_variable<"diameter", ir::units::metre> diameter{};
/// The temperature of the cells.
inline constexpr detail::shared_variable<"temperature", ir::units::kelvin> temperature{};
/// The same in degrees Celsius, as a number: `pow(3, (celsius - 6.3) / 10)`.
inline constexpr auto celsius = temperature / quantity<"K">{1.0} - 273.15;

/// A current out of the compartment through the membrane (into it where negative): in A/m^2 of
/// `density` mechanisms, in A of `point` mechanisms. What it says of the voltage is differentiated
/// for the implicit step of the cable equation.
template <Operand T>
constexpr auto current(T const& value) {
  if constexpr (detail::any_mistaken<T>) {
    return mistaken{};
  } else {
    auto const& e = detail::lift(value);
    current_clause<ir::unit_of<detail::traits<T>::unit>, detail::length<detail::lifted<T>>> r{};
    for (int k = 0; k < detail::length<detail::lifted<T>>; ++k) r.terms[k] = e.terms[k];
    return r;
  }
}
/// One of an electrode, into the compartment.
template <Operand T>
constexpr auto electrode_current(T const& value) {
  auto r = current(-1.0 * detail::lift(value));
  if constexpr (!detail::any_mistaken<decltype(r)>) r.is_of_electrode = true;
  return r;
}

/// What states begin with, `initial(m = m_inf)`, at the voltage that is there before the first run
/// (or when `cells.initialise` is called). Each line sees the lines before it.
template <class... Statements>
constexpr auto initial(Statements const&... s) {
  if constexpr (detail::are_event_statements<"initial", Statements...>())
    return initial_clause<Statements...>{boost::hana::tuple<Statements...>(s...)};
  else
    return mistaken{};
}
/// What a mechanism writes into its compartment behind each update of its states: concentrations,
/// `write(calcium.inside = c)`. Only one mechanism of a compartment may write one.
template <class... Statements>
constexpr auto write(Statements const&... s) {
  if constexpr (detail::are_statements<"write", Statements...>())
    return write_clause<Statements...>{boost::hana::tuple<Statements...>(s...)};
  else
    return mistaken{};
}
/// Lets a state of a density mechanism diffuse along the branches of its cell, between compartments
/// that have the mechanism: `diffuses(c, 0.6 * um * um / ms, section)` with the coefficient and
/// the area of the section that it is dissolved in. A concentration that is written as this state
/// stays the same as it.
template <Variable V, Operand D, Operand A>
  requires(V::kind == ir::role::state)
constexpr auto diffuses(V const& state, D const& coefficient, A const& section) {
  if constexpr (detail::any_mistaken<D, A>) {
    return mistaken{};
  } else {
    constexpr ir::dimension area = power(ir::units::metre, 2), rate = area / ir::units::second;
    constexpr ir::dimension given = detail::traits<D>::unit, in = detail::traits<A>::unit;
    nernst::detail::require_same_dimension<"diffuses", rate, given>();
    if constexpr (given == rate) nernst::detail::require_same_dimension<"diffuses", area, in>();
    if constexpr (given == rate && in == area) {
      constexpr int n = detail::length<detail::lifted<D>>, m = detail::length<detail::lifted<A>>;
      auto const d = detail::lift(coefficient);
      auto const a = detail::lift(section);
      diffusion_clause<n, m> r{};
      r.state = detail::term_of(state);
      for (int k = 0; k < n; ++k) r.coefficient[k] = d.terms[k];
      for (int k = 0; k < m; ++k) r.section[k] = a.terms[k];
      return r;
    } else {
      return mistaken{};
    }
  }
}
/// What a point mechanism does when a spike arrives. Each line sees the lines before it. It may
/// also `send` events and the like.
template <class... Statements>
constexpr auto on_spike(Statements const&... s) {
  if constexpr (detail::are_event_statements<"on_spike", Statements...>())
    return on_spike_clause<Statements...>{boost::hana::tuple<Statements...>(s...)};
  else
    return mistaken{};
}
/// What variables of a mechanism are where nothing is said of them when it is painted or placed:
/// `defaults(g = 1 * mS / cm2)`.
template <class... Statements>
constexpr auto defaults(Statements const&... s) {
  if constexpr (detail::are_statements<"defaults", Statements...>())
    return defaults_clause<Statements...>{boost::hana::tuple<Statements...>(s...)};
  else
    return mistaken{};
}

/// What carries currents and has concentrations: `sodium`, or `ion<"mg", 2>{}`. `Name` has at most
/// 8 characters.
template <ir::fixed_string Name, int Charge>
struct ion {
  static_assert(Charge != 0, "an ion has a charge");
  static_assert(sizeof(Name.data) > 1 && sizeof(Name.data) <= 9,
                "the name of an ion has 1 to 8 characters");
  static constexpr auto name = Name;
  static constexpr int charge = Charge;

  /// The potential at which nothing flows, in each compartment.
  detail::local_variable<detail::join<Name, ".reversal">(), ir::units::volt> reversal;
  /// The concentrations inside and outside.
  detail::local_variable<detail::join<Name, ".inside">(), ir::units::molar> inside;
  detail::local_variable<detail::join<Name, ".outside">(), ir::units::molar> outside;
  /// All that flows of it out through the membrane, in A/m^2.
  detail::local_variable<detail::join<Name, ".current">(),
                         ir::units::ampere / power(ir::units::metre, 2)>
      total_current;

  /// The charge of a mole of it, in C/mol.
  static constexpr quantity<ir::unit_of<ir::units::coulomb / ir::units::mole>> molar_charge{
      Charge * ir::codata_2018::faraday_constant};

  /// The current for a permeability, by Goldman, Hodgkin and Katz: `calcium.current(p *
  /// calcium.ghk())` with `p` in m/s.
  constexpr auto ghk() const {
    constexpr auto gas_unit = ir::units::joule / ir::units::mole / ir::units::kelvin;
    constexpr quantity<ir::unit_of<gas_unit>> gas(ir::codata_2018::gas_constant);
    auto const w = molar_charge * voltage / (gas * temperature);
    return molar_charge * (inside / exprel(-w) - outside / exprel(w));
  }
  /// A current that this ion carries, see `language::current`.
  template <Operand T>
  constexpr auto current(T const& value) const {
    auto r = language::current(value);
    if constexpr (!detail::any_mistaken<decltype(r)>) r.ion = Name.view();
    return r;
  }
};

inline constexpr ion<"na", 1> sodium{};
inline constexpr ion<"k", 1> potassium{};
inline constexpr ion<"ca", 2> calcium{};
inline constexpr ion<"cl", -1> chloride{};

}  // namespace nernst::language
