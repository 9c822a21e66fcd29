// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/equation.hpp>
#include <nernst/language/functions.hpp>

#include <boost/hana/for_each.hpp>
#include <boost/hana/tuple.hpp>

namespace nernst::dsl {

template <int N>
struct threshold_clause {
  term terms[N];
};
template <int N>
struct refractory_clause {
  term terms[N];
  bool is_condition = false;
};
template <class... Statements>
struct reset_clause {
  boost::hana::tuple<Statements...> statements;
};
template <class... Statements>
struct pathway_clause {
  ir::side trigger;
  boost::hana::tuple<Statements...> statements;
};
/// A built-in method is known by its number, a user's own by its type (docs/integrate.md).
template <class Own = void>
struct method_clause {
  ir::method_id id = ir::method_id::automatic;
};

/// A neuron fires in every step in which the condition holds after the state update (a level test, as in Brian 2).
template <Condition C>
constexpr auto threshold(C const& c) {
  threshold_clause<detail::length<C>> r{};
  for (int k = 0; k < detail::length<C>; ++k) r.terms[k] = c.terms[k];
  return r;
}
template <Operand T>
constexpr auto threshold(T const&) {
  nernst::detail::raise<not_a_condition<"threshold", nernst::detail::unit_name<detail::traits<T>::unit>>>();
  return threshold_clause<1>{};
}

/// What happens to a neuron that has fired, after the spikes of the step are delivered. Each line sees the lines before it.
template <class... Statements>
constexpr auto reset(Statements const&... s) {
  return reset_clause<Statements...>{boost::hana::tuple<Statements...>(s...)};
}

/// After a spike the neuron cannot fire, and equations marked `unless_refractory` stand still, for a time ...
template <Operand T>
constexpr auto refractory(T const& duration) {
  auto const e = detail::expect<"refractory", ir::units::second>(duration);
  constexpr int n = detail::length<decltype(e)>;
  refractory_clause<n> r{};
  for (int k = 0; k < n; ++k) r.terms[k] = e.terms[k];
  return r;
}
/// ... or as long as a condition holds; it is entered by a spike only.
template <Condition C>
constexpr auto refractory(C const& c) {
  refractory_clause<detail::length<C>> r{{}, true};
  for (int k = 0; k < detail::length<C>; ++k) r.terms[k] = c.terms[k];
  return r;
}

template <ir::method_id Id>
struct builtin_method {};
inline constexpr builtin_method<ir::method_id::exact> exact{};
inline constexpr builtin_method<ir::method_id::exponential_euler> exponential_euler{};
inline constexpr builtin_method<ir::method_id::euler> euler{};
inline constexpr builtin_method<ir::method_id::rk2> rk2{};
inline constexpr builtin_method<ir::method_id::rk4> rk4{};

/// The integration method; without this clause the library chooses (`exact` for linear equations, else `euler`).
template <ir::method_id Id>
constexpr auto method(builtin_method<Id>) {
  return method_clause<>{Id};
}
template <class Own>
constexpr auto method(Own) {
  return method_clause<Own>{};
}

/// What a synapse does when a spike of its source neuron arrives. Each line sees the lines before it.
template <class... Statements>
constexpr auto on_pre(Statements const&... s) {
  return pathway_clause<Statements...>{ir::side::pre, boost::hana::tuple<Statements...>(s...)};
}
namespace detail {
template <class... Clauses>
struct own_method {
  using type = void;
};
template <class Own, class... Rest>
  requires(!std::is_void_v<Own>)
struct own_method<method_clause<Own>, Rest...> {
  using type = Own;
};
template <class First, class... Rest>
struct own_method<First, Rest...> : own_method<Rest...> {};
}  // namespace detail

/// A model as it was written: its clauses in order.
template <class... Clauses>
struct neuron_model {
  using own_method = typename detail::own_method<Clauses...>::type;
  boost::hana::tuple<Clauses...> clauses;
};
template <class... Clauses>
struct synapse_model {
  boost::hana::tuple<Clauses...> clauses;
};

namespace detail {
/// What a model is made of. `other` is what has been reported as a mistake already.
enum class part { other, equation, threshold, reset, refractory, method, pathway };

template <class Clause>
inline constexpr part part_of = part::other;
template <int N>
inline constexpr part part_of<equation<N>> = part::equation;
template <int N>
inline constexpr part part_of<threshold_clause<N>> = part::threshold;
template <int N>
inline constexpr part part_of<refractory_clause<N>> = part::refractory;
template <class... S>
inline constexpr part part_of<reset_clause<S...>> = part::reset;
template <class Own>
inline constexpr part part_of<method_clause<Own>> = part::method;
template <class... S>
inline constexpr part part_of<pathway_clause<S...>> = part::pathway;

template <part P, class... Clauses>
inline constexpr int how_many = (int{part_of<Clauses> == P} + ... + 0);

template <ir::fixed_string Name, part P, class... Clauses>
constexpr auto at_most_once() {
  if constexpr (how_many < P, Clauses... >> 1) nernst::detail::raise<repeated_clause<Name>>();
}
template <ir::fixed_string Model, ir::fixed_string Name, part P, class... Clauses>
constexpr auto not_at_all() {
  if constexpr (how_many < P, Clauses... >> 0) nernst::detail::raise<misplaced_clause<Model, Name>>();
}
}  // namespace detail

/// A neuron: equations, threshold, reset, refractory, method, in any order; all but equations at most once.
template <class... Clauses>
constexpr auto neuron(Clauses const&... c) {
  detail::at_most_once<"threshold", detail::part::threshold, Clauses...>();
  detail::at_most_once<"reset", detail::part::reset, Clauses...>();
  detail::at_most_once<"refractory", detail::part::refractory, Clauses...>();
  detail::at_most_once<"method", detail::part::method, Clauses...>();
  detail::not_at_all<"neuron", "on_pre", detail::part::pathway, Clauses...>();
  return neuron_model<Clauses...>{boost::hana::tuple<Clauses...>(c...)};
}
/// A synapse: what it does on spikes of its source neuron, `on_pre(...)`. Its variables change by these statements only.
template <class... Clauses>
constexpr auto synapse(Clauses const&... c) {
  detail::not_at_all<"synapse", "d(x)/dt", detail::part::equation, Clauses...>();
  detail::not_at_all<"synapse", "threshold", detail::part::threshold, Clauses...>();
  detail::not_at_all<"synapse", "reset", detail::part::reset, Clauses...>();
  detail::not_at_all<"synapse", "refractory", detail::part::refractory, Clauses...>();
  detail::not_at_all<"synapse", "method", detail::part::method, Clauses...>();
  return synapse_model<Clauses...>{boost::hana::tuple<Clauses...>(c...)};
}

}  // namespace nernst::dsl
