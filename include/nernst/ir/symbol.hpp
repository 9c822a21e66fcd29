// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/dimension.hpp>
#include <nernst/ir/short_string.hpp>
#include <nernst/ir/variation.hpp>

namespace nernst::ir {

/// What a variable is.
enum class role : std::uint8_t {
  state,            ///< one value per element, changed by equations and statements
  parameter,        ///< one value per element, set by the user
  shared,           ///< one value per population, set by the user
  shared_state,     ///< one value per population, changed by statements during a run
  coefficient,      ///< computed once per run by an integrator, for the population or per element
  adaptive_result,  ///< what an integrator with steps of its own made of a state, in its update
                    ///< only
  subexpression,    ///< stands for an expression; `inline_subexpressions` replaces it
  linked,           ///< a variable of another population, one element of it for each element here
  local,            ///< of a mechanism: a variable of the compartment that it is in
  connection,       ///< of a point mechanism: one value for each connection to it
  noise,            ///< xi: white noise of unit s^-1/2, in equations only
  table,            ///< a timed array, which `lookup` nodes read
  time,             ///< t, the start of the step
  time_step,        ///< dt
  step,             ///< the number of the step, t / dt
  adaptive_step,    ///< the length of a step of an integrator with steps of its own, within a step
  elapsed,          ///< what such steps have covered of the step before
  index,            ///< i, the number of the element
  count,            ///< N, how many elements there are
  not_refractory,   ///< truth value: the element may change and fire
  last_spike,       ///< lastspike, the time of the last spike; -10^4 s before the first
  last_update,      ///< lastupdate of a synapse: when a pathway of it last acted
  scale,            ///< the part of a state that only decays which all elements have in common
  inverse_scale,    ///< 1 / that
  trace,            ///< what all synapses of the neuron at one end have in common, kept once
  total,            ///< the sum over the synapses of a target of a state that is kept as a sum
  incoming,         ///< N_incoming: how many synapses the target neuron of a synapse has
  outgoing,         ///< N_outgoing: how many synapses its source neuron has
};

namespace detail {
struct role_row {
  role kind;
  /// For people.
  string_view name;
  variation varies = variation::never;
};
inline constexpr variation of_element = variation::by_element | variation::by_step,
                           of_state = of_element | variation::by_state,
                           of_stage = of_state | variation::within_step;

inline constexpr role_row roles[] = {
    {role::state, "state", of_state},
    {role::parameter, "parameter", variation::by_element},
    {role::shared, "shared"},
    {role::shared_state, "shared", variation::by_step | variation::by_state},
    {role::coefficient, "coefficient"},
    {role::adaptive_result, "adaptive result", of_stage},
    {role::subexpression, "subexpression", of_stage},
    {role::linked, "linked", of_state},
    {role::local, "of the compartment", of_state},
    {role::connection, "of the connection", of_state},
    {role::noise, "noise", of_stage | variation::by_draw},
    {role::table, "timed array"},
    {role::time, "time", variation::by_step | variation::within_step},
    {role::time_step, "time step"},
    {role::step, "step", variation::by_step},
    {role::adaptive_step, "adaptive step", of_stage},
    {role::elapsed, "elapsed", of_stage},
    {role::index, "index", variation::by_element},
    {role::count, "count"},
    {role::not_refractory, "not refractory", of_element},
    {role::last_spike, "last spike", of_element},
    {role::last_update, "last update", of_state},
    {role::scale, "scale", variation::by_step},
    {role::inverse_scale, "inverse of a scale", variation::by_step},
    {role::trace, "trace", of_state},
    {role::total, "total", of_state},
    {role::incoming, "incoming", variation::by_element},
    {role::outgoing, "outgoing", variation::by_element},
};
constexpr role_row const& row_of(role kind) {
  role_row const* row = roles;
  while (row->kind != kind) ++row;
  return *row;
}
/// The rows by role, for passes over many symbols.
struct variation_index {
  variation of[sizeof roles / sizeof *roles] = {};
  constexpr variation_index() {
    for (role_row const& r : roles) of[static_cast<int>(r.kind)] = r.varies;
  }
};
inline constexpr variation_index variations{};
}  // namespace detail

/// With what a variable of a kind changes.
constexpr variation variation_of(role kind) {
  return detail::variations.of[static_cast<int>(kind)];
}
constexpr string_view to_text(role kind) {
  return detail::row_of(kind).name;
}

/// Whether a variable has one value per population.
constexpr bool is_shared(role kind) {
  return kind == role::shared || kind == role::shared_state;
}
/// Whether a variable tells of the refractoriness of a neuron, which not every one has.
constexpr bool is_of_refractoriness(role kind) {
  return kind == role::not_refractory || kind == role::last_spike;
}
/// Whether every synapse has it, beside its variables.
constexpr bool is_of_synapse(role kind) {
  return kind == role::last_update || kind == role::incoming || kind == role::outgoing;
}
/// Whether a variable of neurons is kept by their synapses, which have it in common.
constexpr bool is_kept_once(role kind) {
  return kind == role::trace || kind == role::total;
}
/// Whether a variable belongs to a scaled state (see `symbol::scaled`), whatever its users know.
constexpr bool is_scale(role kind) {
  return kind == role::scale || kind == role::inverse_scale;
}
/// Whether a variable has a value of its own for each element, and memory for it.
constexpr bool is_stored(role kind) {
  return kind == role::state || kind == role::parameter || kind == role::trace ||
         is_of_synapse(kind);
}

/// Whether a variable stands for one that another population owns, element by element.
constexpr bool is_elsewhere(role kind) {
  return kind == role::linked || kind == role::local;
}

/// What values a variable has. All are kept as floating-point numbers: integers are exact up to
/// 2^53 (2^24 in single precision), truth values are 0 and 1.
enum class value_type : std::uint8_t { real, integer, boolean };

constexpr string_view to_text(value_type type) {
  if (type == value_type::real) return "real";
  return type == value_type::integer ? "integer" : "boolean";
}

/// Whose variable it is. Neurons own `here`; a synapse sees its own variables (`here`) and those of
/// its two neurons.
enum class side : std::uint8_t { here, pre, post };

/// Where a variable was declared in C++: a number that stands for the file, line and column. Two
/// declarations differ.
struct declaration {
  std::uint32_t file = 0;
  int line = 0, column = 0;

  constexpr bool is_known() const { return line > 0; }
  friend constexpr bool operator==(declaration const&, declaration const&) = default;
};

/// From where on the values of a variable may lie, in SI units.
enum class lower_bound : std::uint8_t { unbounded, at_least_0, above_0 };

/// Whether a value may be there; what is no number may not.
constexpr bool is_within(lower_bound bound, double value) {
  return bound == lower_bound::unbounded || value > 0 ||
         (bound == lower_bound::at_least_0 && value == 0);
}
/// How messages say it: "a value above 0".
constexpr string_view to_text(lower_bound bound) {
  if (bound == lower_bound::unbounded) return "any value";
  return bound == lower_bound::above_0 ? "a value above 0" : "a value of at least 0";
}

/// A variable of a model.
struct symbol {
  identifier id = {};
  role kind = role::state;
  side owner = side::here;
  dimension unit = {};
  value_type type = value_type::real;
  /// The promise that the value stays the same during a run.
  bool constant = false;
  /// Of a state whose neuron may be refractory: that it is not written then, but by resets.
  bool frozen = false;
  /// Of a state that only decays: that memory holds it without its scale.
  bool scaled = false;
  /// Of what users set.
  lower_bound bound = lower_bound::unbounded;
  /// What it is before anybody gives it a value, in SI units.
  double initial = 0;
  declaration declared = {};

  /// Whether they say the same, wherever they were declared.
  friend constexpr bool operator==(symbol const& x, symbol const& y) {
    return x.id == y.id && x.kind == y.kind && x.owner == y.owner && x.unit == y.unit &&
           x.type == y.type && x.constant == y.constant && x.frozen == y.frozen;
  }
};

/// The name of a variable as equations spell it: those of a synapse's neurons end in `_pre` and
/// `_post`.
constexpr short_string<36> spelled(symbol const& s) {
  short_string<36> name(s.id.view());
  if (s.owner == side::here) return name;
  return name += s.owner == side::pre ? "_pre" : "_post";
}

}  // namespace nernst::ir
