// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/equation.hpp>
#include <nernst/language/event.hpp>
#include <nernst/language/function.hpp>
#include <nernst/language/functions.hpp>
#include <nernst/language/mechanism.hpp>
#include <nernst/language/method.hpp>
#include <nernst/language/pathway.hpp>
#include <nernst/language/slips.hpp>
#include <nernst/language/subexpression.hpp>
#include <nernst/language/summed.hpp>
#include <nernst/language/timed_array.hpp>

#include <boost/hana/at.hpp>
#include <boost/hana/for_each.hpp>
#include <boost/hana/tuple.hpp>

namespace nernst::language {

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
/// A neuron fires in every step in which the condition holds after the state update (a level test,
/// as in Brian 2).
template <class C>
  requires(!std::is_convertible_v<C const&, ir::string_view>)
constexpr auto threshold(C const& condition) {
  return detail::with_terms<threshold_clause>(detail::truth<"threshold">(condition));
}

/// What happens to a neuron that has fired, after the spikes of the step are delivered. Each line
/// sees the lines before it.
template <class... Statements>
constexpr auto reset(Statements const&... s) {
  if constexpr (detail::are_statements<"reset", Statements...>())
    return reset_clause<Statements...>{boost::hana::tuple<Statements...>(s...)};
  else
    return mistaken{};
}

/// After a spike the neuron cannot fire, and equations marked `unless_refractory` stand still, for
/// a time ...
template <Operand T>
constexpr auto refractory(T const& duration) {
  return detail::with_terms<refractory_clause>(
      detail::operand<"refractory", ir::units::second>(duration));
}
/// ... or as long as a condition holds; it is entered by a spike only. `true` is for good after the
/// first spike, `false` only until the next step.
template <class C>
  requires(!Operand<C> && !std::is_convertible_v<C const&, ir::string_view>)
constexpr auto refractory(C const& condition) {
  auto r = detail::with_terms<refractory_clause>(detail::truth<"refractory">(condition));
  if constexpr (!detail::any_mistaken<decltype(r)>) r.is_condition = true;
  return r;
}

namespace detail {
template <class V>
concept CountOfSynapses = Variable<V> && V::kind == ir::role::parameter &&
                          V::owner == ir::side::here && V::type == ir::value_type::integer;
}  // namespace detail

/// Numbers the synapses between the same two neurons from 0, in the order in which they are made:
/// `multisynaptic_index(k)`, where k is a `parameter<"k">(integer)`.
struct multisynaptic_index_clause {
  term of;
};
template <class V>
  requires(Term<V>)
constexpr auto multisynaptic_index(V const& k) {
  if constexpr (detail::any_mistaken<V>) {
    return k;
  } else if constexpr (detail::CountOfSynapses<V>) {
    return multisynaptic_index_clause{detail::term_of(k)};
  } else {
    nernst::detail::raise<written_otherwise<"multisynaptic_index(x)", "parameter<\"x\">(integer)">,
                          V>();
    return mistaken{};
  }
}

/// Keeps all state of synapses per synapse, also what depends on the neuron at one end only and
/// would be kept once for it.
struct per_synapse_clause {};
inline constexpr per_synapse_clause per_synapse{};

namespace detail {
/// What models are made of. `other` is no clause at all.
enum class part {
  other,
  equation,
  frozen_equation,  ///< unless refractory
  driven_equation,  ///< of a synapse: said to be driven by events or by the clock
  subexpression,
  declaration,
  threshold,
  reset,
  refractory,
  event,
  on_event,
  action,
  method,
  method_of,
  pathway,
  sum,
  multisynaptic_index,
  per_synapse,
  current,
  initial,
  write,
  diffusion,
  on_spike,
  defaults,
  table,
  functions
};

/// A clause that only says that the model has a variable.
template <class V>
concept Declaration =
    Variable<V> && V::owner == ir::side::here &&
    (V::kind == ir::role::state || V::kind == ir::role::parameter || V::kind == ir::role::shared ||
     V::kind == ir::role::linked || V::kind == ir::role::connection);

constexpr part part_with(equation_flag f) {
  if (f == equation_flag::none) return part::equation;
  return f == equation_flag::unless_refractory ? part::frozen_equation : part::driven_equation;
}
template <class Clause>
constexpr part part_of_variable() {
  if constexpr (Definition<Clause>)
    return part::subexpression;
  else
    return Declaration<Clause> ? part::declaration : part::other;
}

template <class Clause>
inline constexpr part part_of = part_of_variable<Clause>();
template <int N, equation_flag Flag>
inline constexpr part part_of<equation<N, Flag>> = part_with(Flag);
template <int N>
inline constexpr part part_of<threshold_clause<N>> = part::threshold;
template <int N>
inline constexpr part part_of<refractory_clause<N>> = part::refractory;
template <class... S>
inline constexpr part part_of<reset_clause<S...>> = part::reset;
template <int N>
inline constexpr part part_of<event_clause<N>> = part::event;
template <class... S>
inline constexpr part part_of<on_event_clause<S...>> = part::on_event;
template <int N, class... S>
inline constexpr part part_of<every_clause<N, S...>> = part::action;
template <int N, class... S>
inline constexpr part part_of<at_clause<N, S...>> = part::action;
template <class Own, int Count, int Tolerances>
inline constexpr part part_of<method_clause<Own, Count, Tolerances>> =
    Count == 0 ? part::method : part::method_of;
template <class... S>
inline constexpr part part_of<pathway_clause<S...>> = part::pathway;
template <int N>
inline constexpr part part_of<summed_clause<N>> = part::sum;
template <>
inline constexpr part part_of<multisynaptic_index_clause> = part::multisynaptic_index;
template <>
inline constexpr part part_of<per_synapse_clause> = part::per_synapse;
template <ir::unit U, int N>
inline constexpr part part_of<current_clause<U, N>> = part::current;
template <class... S>
inline constexpr part part_of<initial_clause<S...>> = part::initial;
template <class... S>
inline constexpr part part_of<write_clause<S...>> = part::write;
template <int N, int M>
inline constexpr part part_of<diffusion_clause<N, M>> = part::diffusion;
template <class... S>
inline constexpr part part_of<on_spike_clause<S...>> = part::on_spike;
template <class... S>
inline constexpr part part_of<defaults_clause<S...>> = part::defaults;
template <int N>
inline constexpr part part_of<table_clause<N>> = part::table;
template <class... F>
inline constexpr part part_of<ir::functions_clause<F...>> = part::functions;

/// How many clauses of each kind there are, and where the last one of each stands.
struct contents {
  int count[static_cast<int>(part::functions) + 1] = {};
  int last[static_cast<int>(part::functions) + 1] = {};

  constexpr int operator[](part p) const { return count[static_cast<int>(p)]; }
  constexpr int at(part p) const { return last[static_cast<int>(p)]; }
};
template <class... Clauses>
constexpr contents contents_of() {
  contents c;
  part const parts[] = {part_of<Clauses>..., part::other};
  for (int k = 0; k < static_cast<int>(sizeof...(Clauses)); ++k) {
    ++c.count[static_cast<int>(parts[k])];
    c.last[static_cast<int>(parts[k])] = k;
  }
  return c;
}

template <ir::fixed_string Name, bool Repeated>
constexpr auto at_most_once() {
  return nernst::detail::forbid<Repeated, repeated_clause<Name>>();
}
template <ir::fixed_string Model, ir::fixed_string Name, bool Present>
constexpr auto not_at_all() {
  return nernst::detail::forbid<Present, misplaced_clause<Model, Name>>();
}
template <ir::fixed_string Model, class C>
constexpr auto require_clause() {
  constexpr bool is_clause = part_of<C> != part::other;
  if constexpr (!is_clause) nernst::detail::raise<not_a_clause<Model, kind_name<C>()>>();
  return is_clause;
}
/// Whether all are clauses. The first that is none is an error.
template <ir::fixed_string Model, class... Clauses>
constexpr auto are_clauses() {
  if constexpr (any_mistaken<Clauses...>)
    return false;
  else
    return (require_clause<Model, Clauses>() && ...);
}

/// What only mechanisms have.
template <ir::fixed_string Model, class... Clauses>
constexpr auto has_no_membrane() {
  constexpr contents has = contents_of<Clauses...>();
  return not_at_all<Model, "current", (has[part::current] > 0)>() &&
         not_at_all<Model, "initial", (has[part::initial] > 0)>() &&
         not_at_all<Model, "write", (has[part::write] > 0)>() &&
         not_at_all<Model, "diffuses", (has[part::diffusion] > 0)>() &&
         not_at_all<Model, "on_spike", (has[part::on_spike] > 0)>() &&
         not_at_all<Model, "defaults", (has[part::defaults] > 0)>();
}
/// What only synapses have.
template <ir::fixed_string Model, class... Clauses>
constexpr auto has_no_ends() {
  constexpr contents has = contents_of<Clauses...>();
  return not_at_all<Model, "on_pre, on_post", (has[part::pathway] > 0)>() &&
         not_at_all<Model, "| event_driven, | clock_driven", (has[part::driven_equation] > 0)>() &&
         not_at_all<Model, "summed", (has[part::sum] > 0)>() &&
         not_at_all<Model, "multisynaptic_index", (has[part::multisynaptic_index] > 0)>() &&
         not_at_all<Model, "per_synapse", (has[part::per_synapse] > 0)>();
}
/// Whether clauses make a neuron, or a synapse. What does not is an error.
template <class... Clauses>
constexpr auto make_neuron() {
  constexpr contents has = contents_of<Clauses...>();
  return are_clauses<"neuron", Clauses...>() &&
         at_most_once<"threshold", (has[part::threshold] > 1)>() &&
         at_most_once<"reset", (has[part::reset] > 1)>() &&
         at_most_once<"refractory", (has[part::refractory] > 1)>() &&
         at_most_once<"method", (has[part::method] > 1)>() &&
         at_most_once<"functions", (has[part::functions] > 1)>() &&
         not_at_all<"neuron", "send, move, watch_for, fire", (has_own_events<Clauses> || ...)>() &&
         has_no_ends<"neuron", Clauses...>() && has_no_membrane<"neuron", Clauses...>();
}
/// The same of a mechanism, whose currents are in `Current`.
template <ir::fixed_string Name, ir::dimension Current, class... Clauses>
constexpr auto make_mechanism() {
  constexpr contents has = contents_of<Clauses...>();
  return are_clauses<Name, Clauses...>() && (require_current<Current, Clauses>() && ...) &&
         at_most_once<"initial", (has[part::initial] > 1)>() &&
         at_most_once<"write", (has[part::write] > 1)>() &&
         at_most_once<"on_spike", (has[part::on_spike] > 1)>() &&
         at_most_once<"defaults", (has[part::defaults] > 1)>() &&
         at_most_once<"threshold", (has[part::threshold] > 1)>() &&
         at_most_once<"refractory", (has[part::refractory] > 1)>() &&
         at_most_once<"method", (has[part::method] > 1)>() &&
         at_most_once<"functions", (has[part::functions] > 1)>() &&
         not_at_all<Name, "reset", (has[part::reset] > 0)>() &&
         not_at_all<Name, "for_each_connection in initial",
                    ((part_of<Clauses> == part::initial && has_loop<Clauses>) || ...)>() &&
         not_at_all<Name, "fire beside threshold",
                    (has[part::threshold] > 0 && (has_fire<Clauses> || ...))>() &&
         has_no_ends<Name, Clauses...>();
}
template <class... Clauses>
constexpr auto make_synapse() {
  constexpr contents has = contents_of<Clauses...>();
  return are_clauses<"synapse", Clauses...>() &&
         at_most_once<"method", (has[part::method] > 1)>() &&
         at_most_once<"multisynaptic_index", (has[part::multisynaptic_index] > 1)>() &&
         at_most_once<"per_synapse", (has[part::per_synapse] > 1)>() &&
         at_most_once<"functions", (has[part::functions] > 1)>() &&
         not_at_all<"synapse", "| unless_refractory", (has[part::frozen_equation] > 0)>() &&
         not_at_all<"synapse", "threshold", (has[part::threshold] > 0)>() &&
         not_at_all<"synapse", "reset", (has[part::reset] > 0)>() &&
         not_at_all<"synapse", "refractory", (has[part::refractory] > 0)>() &&
         not_at_all<"synapse", "event", (has[part::event] > 0)>() &&
         not_at_all<"synapse", "on_event", (has[part::on_event] > 0)>() &&
         has_no_membrane<"synapse", Clauses...>();
}

/// Whether nothing of what mechanisms are spread over fires.
template <class... Clauses>
constexpr auto has_no_spikes() {
  constexpr contents has = contents_of<Clauses...>();
  return not_at_all<"density", "on_spike", (has[part::on_spike] > 0)>() &&
         not_at_all<"density", "fire", (has_fire<Clauses> || ...)>() &&
         not_at_all<"density", "for_each_connection", (has_loop<Clauses> || ...)>() &&
         not_at_all<"density", "threshold", (has[part::threshold] > 0)>() &&
         not_at_all<"density", "refractory", (has[part::refractory] > 0)>();
}

/// Whether nothing of what stands in no compartment needs one, or fires but by events.
template <class... Clauses>
constexpr auto has_no_compartment() {
  constexpr contents has = contents_of<Clauses...>();
  return not_at_all<"artificial", "current", (has[part::current] > 0)>() &&
         not_at_all<"artificial", "write", (has[part::write] > 0)>() &&
         not_at_all<"artificial", "diffuses", (has[part::diffusion] > 0)>() &&
         not_at_all<"artificial", "threshold", (has[part::threshold] > 0)>() &&
         not_at_all<"artificial", "refractory", (has[part::refractory] > 0)>();
}

/// Whether nothing of what stands at places diffuses.
template <class... Clauses>
constexpr auto has_no_diffusion() {
  constexpr contents has = contents_of<Clauses...>();
  return not_at_all<"point", "diffuses", (has[part::diffusion] > 0)>();
}

/// The only clause of a kind, or `Default`.
template <part P, class Default, class... Clauses>
constexpr auto only(boost::hana::tuple<Clauses...> const& clauses) {
  constexpr contents c = contents_of<Clauses...>();
  if constexpr (c[P] == 0)
    return Default{};
  else
    return clauses[boost::hana::int_c<c.at(P)>];
}
template <part P, class Default, class... Clauses>
using only_clause =
    decltype(only<P, Default>(std::declval<boost::hana::tuple<Clauses...> const&>()));
}  // namespace detail

/// A model as it was written: its clauses in order.
template <class... Clauses>
struct neuron_model {
  /// The integration method if it is one of the user's own, else void.
  using own_method =
      typename detail::only_clause<detail::part::method, method_clause<>, Clauses...>::own;
  /// What computes the functions that are not of the language, in the order of
  /// `ir::model::functions`.
  using functions = typename detail::only_clause<detail::part::functions, ir::functions_clause<>,
                                                 Clauses...>::functors;
  boost::hana::tuple<Clauses...> clauses;
};
template <ir::placement Placed, class... Clauses>
struct mechanism_model : neuron_model<Clauses...> {
  static constexpr ir::placement placed = Placed;
};
template <class... Clauses>
struct synapse_model {
  /// As `own_method` of neurons.
  using own_method_of_synapses =
      typename detail::only_clause<detail::part::method, method_clause<>, Clauses...>::own;
  using functions = typename detail::only_clause<detail::part::functions, ir::functions_clause<>,
                                                 Clauses...>::functors;
  boost::hana::tuple<Clauses...> clauses;
};

/// A neuron: equations, subexpressions, threshold, reset, refractory, events, actions, methods,
/// functions, and variables that none of them mentions, in any order; threshold, reset, refractory,
/// functions and the method of the model at most once.
template <class... Clauses>
constexpr auto neuron(Clauses const&... c) {
  if constexpr (detail::make_neuron<Clauses...>())
    return neuron_model<Clauses...>{boost::hana::tuple<Clauses...>(c...)};
  else
    return mistaken{};
}
/// A mechanism that is spread over the membrane of compartments, such as a channel: currents in
/// A/m^2, equations, subexpressions, what it begins with and what it writes into its compartment,
/// what diffuses, actions, methods, functions, and variables that none of them mentions, in any
/// order; `initial`, `write`, functions and the method of the model at most once.
template <class... Clauses>
constexpr auto density(Clauses const&... c) {
  constexpr ir::dimension unit = ir::units::ampere / power(ir::units::metre, 2);
  if constexpr (detail::make_mechanism<"density", unit, Clauses...>() &&
                detail::has_no_spikes<Clauses...>())
    return mechanism_model<ir::placement::density, Clauses...>{
        {boost::hana::tuple<Clauses...>(c...)}};
  else
    return mistaken{};
}
/// The same at places, such as a synapse or an electrode: currents in A, and what spikes do that
/// arrive, `on_spike`, at most once. It may fire itself where it has a threshold.
template <class... Clauses>
constexpr auto point(Clauses const&... c) {
  if constexpr (detail::make_mechanism<"point", ir::units::ampere, Clauses...>() &&
                detail::has_no_diffusion<Clauses...>())
    return mechanism_model<ir::placement::point, Clauses...>{
        {boost::hana::tuple<Clauses...>(c...)}};
  else
    return mistaken{};
}
/// The same in no compartment, of which there are populations as of neurons: it acts by events
/// alone, which come from connections and from itself, as NEURON's ARTIFICIAL_CELL.
template <class... Clauses>
constexpr auto artificial(Clauses const&... c) {
  if constexpr (detail::make_mechanism<"artificial", ir::units::ampere, Clauses...>() &&
                detail::has_no_compartment<Clauses...>())
    return mechanism_model<ir::placement::artificial, Clauses...>{
        {boost::hana::tuple<Clauses...>(c...)}};
  else
    return mistaken{};
}
/// A synapse: what it does when its neurons fire, `on_pre(...)` and `on_post(...)`, what it sums up
/// for them, its equations, subexpressions, actions, methods and functions, and variables that none
/// of them mentions, in any order; functions, multisynaptic_index and the method of the model at
/// most once.
template <class... Clauses>
constexpr auto synapse(Clauses const&... c) {
  if constexpr (detail::make_synapse<Clauses...>())
    return synapse_model<Clauses...>{boost::hana::tuple<Clauses...>(c...)};
  else
    return mistaken{};
}

}  // namespace nernst::language
