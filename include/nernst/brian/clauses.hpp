// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/functors.hpp>
#include <nernst/ir/quantity.hpp>

#include <array>
#include <concepts>
#include <type_traits>

namespace nernst::brian {

enum class piece_kind : char {
  equations,
  rename,   ///< in the equations before it, `name` becomes `text`
  inlined,  ///< in the equations before it, `name` becomes `value`
  threshold,
  reset,
  refractory,
  refractory_time,  ///< `value`
  method,           ///< `text`, of the variables `name` or, if empty, of all
  scheme,
  event,     ///< `name` happens where `text` holds
  on_event,  ///< after event `name`, `text`
  every,     ///< every `value`, `text`
  at,        ///< `text` at the times that follow
  time,      ///< one of them
  on_pre,
  on_post,
  multisynaptic_index,  ///< the variable `text`
  per_synapse,
  timed_array,  ///< `name`, with values in units of `unit`
};

/// One part of a model as it was written. Texts are not copied.
struct piece {
  piece_kind kind = piece_kind::equations;
  ir::string_view text = {}, name = {};
  double value = 0;
  ir::dimension unit = {};
  bool is_scheduled = false;
  ir::instant when = {};
  ir::string_view event = {};  ///< of a neuron, where it is not its spikes

  constexpr ir::instant when_or(ir::instant otherwise) const {
    return is_scheduled ? when : otherwise;
  }
};

/// A name that stands for a value.
struct constant {
  ir::string_view name = {};
  double value = 0;  ///< in SI units
  ir::dimension unit = {};
  ir::value_type type = ir::value_type::real;
};

/// A part of a model: `P` pieces and `C` constants.
template <int P, int C = 0>
struct clause {
  static constexpr int piece_count = P, constant_count = C;
  std::array<piece, static_cast<std::size_t>(P)> pieces{};
  std::array<constant, static_cast<std::size_t>(C)> constants{};
};

/// What happens at a certain moment of each step: `every(1 * ms, "v = 0*mV").when(slot::end)`.
template <int P>
struct scheduled : clause<P> {
  /// The slot of the step, and the order among what happens in one slot.
  constexpr scheduled when(ir::slot slot, int order = 0) const {
    scheduled changed = *this;
    changed.pieces[0].is_scheduled = true;
    changed.pieces[0].when = {slot, order};
    return changed;
  }
};

/// What synapses do when a neuron fires: `on_pre("w += 1").named("up").on("burst")`.
struct pathway : clause<1> {
  /// Its name, by which its delays are known: `pre` or `post` without, with a number from the
  /// second one on.
  constexpr pathway named(ir::string_view name) const {
    pathway changed = *this;
    changed.pieces[0].name = name;
    return changed;
  }
  /// An event of the neuron in the place of its spikes (Brian's `on_event`).
  constexpr pathway on(ir::string_view event) const {
    pathway changed = *this;
    changed.pieces[0].event = event;
    return changed;
  }
  /// The slot of the step, and the order among what happens in one slot.
  constexpr pathway when(ir::slot slot, int order = 0) const {
    pathway changed = *this;
    changed.pieces[0].is_scheduled = true;
    changed.pieces[0].when = {slot, order};
    return changed;
  }
};

namespace detail {
template <class T>
concept Value = ir::AnyQuantity<T>;
template <class T>
concept Text = std::convertible_to<T const&, ir::string_view>;
template <class T>
inline constexpr bool is_functions = false;
template <class... F>
inline constexpr bool is_functions<ir::functions_clause<F...>> = true;
template <class T>
concept Clause = is_functions<T> || requires {
  T::piece_count;
  T::constant_count;
};

template <Value T>
constexpr constant value_of(ir::string_view name, T const& x) {
  if constexpr (std::same_as<T, bool>)
    return {name, x ? 1.0 : 0.0, {}, ir::value_type::boolean};
  else if constexpr (std::is_arithmetic_v<T>)
    return {name,
            static_cast<double>(x),
            {},
            std::is_integral_v<T> ? ir::value_type::integer : ir::value_type::real};
  else
    return {name, x.si, T::dimension, ir::value_type::real};
}

constexpr void fill_constants(constant*) {}
template <class T, class... Rest>
constexpr void fill_constants(constant* out, ir::string_view name, T const& x,
                              Rest const&... rest) {
  *out = value_of(name, x);
  fill_constants(out + 1, rest...);
}

constexpr void fill_substitutions(piece*) {}
template <class T, class... Rest>
constexpr void fill_substitutions(piece* out, ir::string_view name, T const& x,
                                  Rest const&... rest) {
  if constexpr (Text<T>) {
    *out = {.kind = piece_kind::rename, .text = x, .name = name};
  } else {
    constant const c = value_of(name, x);
    *out = {.kind = piece_kind::inlined, .name = name, .value = c.value, .unit = c.unit};
  }
  fill_substitutions(out + 1, rest...);
}

/// Reads times into `out` and returns the text behind them.
template <class Statements>
constexpr ir::string_view fill_times(piece*, Statements const& statements) {
  static_assert(Text<Statements>, "at(time, time ..., statements): the last argument is a text");
  return statements;
}
template <ir::unit U, class... Rest>
constexpr ir::string_view fill_times(piece* out, ir::quantity<U> time, Rest const&... rest) {
  nernst::detail::require_same_dimension<"at", ir::units::second, ir::dimension_of<U>>();
  *out = {.kind = piece_kind::time, .value = time.si, .unit = ir::units::second};
  return fill_times(out + 1, rest...);
}

constexpr clause<1> text_clause(piece_kind kind, ir::string_view text, ir::string_view name = {}) {
  return {{piece{.kind = kind, .text = text, .name = name}}, {}};
}
constexpr scheduled<1> scheduled_clause(piece const& p) {
  scheduled<1> s;
  s.pieces[0] = p;
  return s;
}
}  // namespace detail

/// A set of equations, to be used in models. `a + b` has the lines of both.
template <int P>
struct equation_set : clause<P> {};

/// Equations with other names and values in the place of some: `equations("dx/dt = -x/tau : volt",
/// "x", "v", "tau", 10 * ms)`.
template <class... Substitutions>
constexpr auto equations(ir::string_view text, Substitutions const&... s) {
  static_assert(
      sizeof...(s) % 2 == 0,
      "equations(text, name, replacement, name, replacement ...): a name has no replacement");
  equation_set<1 + sizeof...(s) / 2> set;
  set.pieces[0].text = text;
  detail::fill_substitutions(set.pieces.data() + 1, s...);
  return set;
}
template <int A, int B>
constexpr equation_set<A + B> operator+(equation_set<A> const& a, equation_set<B> const& b) {
  equation_set<A + B> sum;
  for (std::size_t k = 0; k < a.pieces.size(); ++k) sum.pieces[k] = a.pieces[k];
  for (std::size_t k = 0; k < b.pieces.size(); ++k) sum.pieces[a.pieces.size() + k] = b.pieces[k];
  return sum;
}
template <int A>
constexpr equation_set<A + 1> operator+(equation_set<A> const& a, ir::string_view b) {
  return a + equations(b);
}
template <int B>
constexpr equation_set<1 + B> operator+(ir::string_view a, equation_set<B> const& b) {
  return equations(a) + b;
}

/// A neuron fires in every step in which the condition holds after the state update.
constexpr clause<1> threshold(ir::string_view condition) {
  return detail::text_clause(piece_kind::threshold, condition);
}
/// What happens to a neuron that has fired, after the spikes of the step are delivered. Each
/// statement sees those before it.
constexpr clause<1> reset(ir::string_view statements) {
  return detail::text_clause(piece_kind::reset, statements);
}
/// After a spike the neuron cannot fire, and equations marked `unless refractory` stand still: for
/// a duration, or while a condition holds.
constexpr clause<1> refractory(ir::string_view duration_or_condition) {
  return detail::text_clause(piece_kind::refractory, duration_or_condition);
}
template <ir::unit U>
constexpr clause<1> refractory(ir::quantity<U> duration) {
  nernst::detail::require_same_dimension<"refractory", ir::units::second, ir::dimension_of<U>>();
  return {
      {piece{.kind = piece_kind::refractory_time, .value = duration.si, .unit = ir::units::second}},
      {}};
}
/// The integration method, by Brian's name for it: of all equations, or of those for the variables
/// in a list (`"v, w"`).
constexpr clause<1> method(ir::string_view name, ir::string_view variables = {}) {
  return detail::text_clause(piece_kind::method, name, variables);
}
/// The integration method as a text: `scheme("k = dt*f(x,t); x_new = x + dt*f(x + k/2, t +
/// dt/2)")`.
constexpr clause<1> scheme(ir::string_view text) {
  return detail::text_clause(piece_kind::scheme, text);
}
/// An event beside spikes, where a condition holds (in slot `after_thresholds`).
constexpr scheduled<1> event(ir::string_view name, ir::string_view condition) {
  return detail::scheduled_clause(
      piece{.kind = piece_kind::event, .text = condition, .name = name});
}
/// What an event does to its neuron (in slot `after_resets`).
constexpr scheduled<1> on_event(ir::string_view name, ir::string_view statements) {
  return detail::scheduled_clause(
      piece{.kind = piece_kind::on_event, .text = statements, .name = name});
}
/// Statements for every neuron, or synapse, at regular times, from 0 on (in slot `start`).
template <ir::unit U>
constexpr scheduled<1> every(ir::quantity<U> period, ir::string_view statements) {
  nernst::detail::require_same_dimension<"every", ir::units::second, ir::dimension_of<U>>();
  return detail::scheduled_clause(piece{.kind = piece_kind::every,
                                        .text = statements,
                                        .value = period.si,
                                        .unit = ir::units::second});
}
/// Statements for every neuron, or synapse, at the given times (in slot `start`): `at(10 * ms, 20 *
/// ms, "v = 0*mV")`.
template <class... TimesThenStatements>
constexpr auto at(TimesThenStatements const&... all) {
  scheduled<sizeof...(all)> s;
  s.pieces[0].kind = piece_kind::at;
  s.pieces[0].text = detail::fill_times(s.pieces.data() + 1, all...);
  return s;
}
/// What a synapse does when a spike of its source neuron arrives (in slot `synapses`, order -1).
constexpr pathway on_pre(ir::string_view statements) {
  return {detail::text_clause(piece_kind::on_pre, statements)};
}
/// What a synapse does when its target neuron fires (in slot `synapses`, order 1).
constexpr pathway on_post(ir::string_view statements) {
  return {detail::text_clause(piece_kind::on_post, statements)};
}
/// The name of a variable that numbers the synapses between the same two neurons, from 0.
constexpr clause<1> multisynaptic_index(ir::string_view name) {
  return detail::text_clause(piece_kind::multisynaptic_index, name);
}
/// Keeps all state of synapses per synapse, also what their neurons would have in common.
constexpr clause<1> per_synapse() {
  return {{piece{.kind = piece_kind::per_synapse}}, {}};
}
/// Names and values: `constants("tau", 10 * ms, "n", 3)`.
template <class... Pairs>
constexpr auto constants(Pairs const&... p) {
  static_assert(sizeof...(p) % 2 == 0,
                "constants(name, value, name, value ...): a name has no value");
  clause<0, sizeof...(p) / 2> c;
  detail::fill_constants(c.constants.data(), p...);
  return c;
}
/// A timed array: `name(t)`, or `name(t, i)` where it has columns, is a value in units of `unit`.
template <ir::unit U>
constexpr clause<1> timed_array(ir::string_view name, ir::quantity<U>) {
  return {{piece{.kind = piece_kind::timed_array, .name = name, .unit = ir::dimension_of<U>}}, {}};
}
/// The functions of the user's own that the texts call.
using ir::functions;

}  // namespace nernst::brian
