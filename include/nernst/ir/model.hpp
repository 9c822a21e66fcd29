// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/diagnosis.hpp>
#include <nernst/ir/function.hpp>
#include <nernst/ir/graph.hpp>
#include <nernst/ir/slot.hpp>

#include <vector>

namespace nernst::ir {

/// What a variable is.
enum class role : std::uint8_t {
  state,         ///< one value per element, changed by equations and statements
  parameter,     ///< one value per element, set by the user
  shared,        ///< one value per population, set by the user
  shared_state,  ///< one value per population, changed by statements during a run
  coefficient,   ///< one value per population (or per element), computed once per run by an
                 ///< integrator
  advanced,  ///< what an integrator with steps of its own made of a state: read in its update only
  subexpression,   ///< stands for an expression; `inline_subexpressions` replaces it
  linked,          ///< a variable of another population, one element of it for each element here
  noise,           ///< xi: white noise of unit s^-1/2, in equations only
  table,           ///< a timed array, which `lookup` nodes read
  time,            ///< t, the start of the step
  time_step,       ///< dt
  step,            ///< the number of the step, t / dt
  substep,         ///< the length of a step of an integrator with steps of its own, within a step
  elapsed,         ///< what such steps have covered of the step before
  index,           ///< i, the number of the element
  count,           ///< N, how many elements there are
  not_refractory,  ///< truth value: the element may change and fire
  last_spike,      ///< lastspike, the time of the last spike; -10^4 s before the first
};

/// Whether a variable has one value per population.
constexpr bool is_shared(role kind) {
  return kind == role::shared || kind == role::shared_state;
}

/// What values a variable has. All are kept as floating-point numbers: integers are exact up to
/// 2^53 (2^24 in single precision), truth values are 0 and 1.
enum class value_type : std::uint8_t { real, integer, boolean };

/// Whose variable it is. Neurons own `here`; a synapse sees its own variables (`here`) and those of
/// its two neurons.
enum class side : std::uint8_t { here, pre, post };

/// A variable of a model.
struct symbol {
  name id;
  role kind = role::state;
  side owner = side::here;
  dimension unit;
  value_type type = value_type::real;
  /// The promise that the value stays the same during a run.
  bool constant = false;

  friend constexpr bool operator==(symbol const&, symbol const&) = default;
};

/// The integration methods a model may ask for.
enum class method_id : std::uint8_t {
  automatic,
  exact,
  exponential_euler,
  euler,
  rk2,
  rk4,
  heun,
  milstein,
  backward_euler,
  rosenbrock,
  rk45,
  scheme,  ///< the text in `model::scheme`
};

/// d(symbol)/dt = rhs.
struct equation {
  int symbol = none;
  int rhs = none;
  bool unless_refractory = false;
  method_id method = method_id::automatic;  ///< of this equation, where it differs from the model's
  double absolute_tolerance = 0;            ///< of methods with error control, in SI units
};

/// symbol = value, at any time; with `constant_over_dt` computed at the start of each step and
/// held.
struct subexpression {
  int symbol = none;
  int value = none;
  bool constant_over_dt = false;
  bool is_shared = false;  ///< one value per population: refers to shared things only
};

/// symbol becomes the value of node `value`, all statements of a block at once: a value is written
/// in terms of what was there before the block.
struct assignment {
  int symbol = none;
  int value = none;
};

/// An event of the user's own, beside spikes: where `condition` holds in slot `check`, `action` is
/// carried out in slot `act`.
struct event {
  name id;
  int condition = none;
  instant check{slot::after_thresholds, 0};
  std::vector<assignment> action;
  instant act{slot::after_resets, 0};
};

/// Statements that are executed for every element at regular or given times.
struct timed_action {
  int period = none;          ///< a duration; `none` where `times` are given
  std::vector<double> times;  ///< in seconds, ascending
  std::vector<assignment> statements;
  instant when{slot::start, 0};
};

/// What a synapse does when a spike arrives from its pre- or post-synaptic neuron.
struct pathway {
  side trigger = side::pre;
  std::vector<assignment> statements;
};

/// A neuron or synapse model: an expression graph and the blocks that point into it.
/// A refractory period is given by at most one of `refractory_time` (a duration) and
/// `refractory_while` (a condition).
struct model {
  graph nodes;
  std::vector<symbol> symbols;
  std::vector<equation> equations;
  std::vector<subexpression> subexpressions;
  int threshold = none;
  std::vector<assignment> reset;
  int refractory_time = none;
  int refractory_while = none;
  std::vector<event> events;
  std::vector<timed_action> actions;
  std::vector<pathway> pathways;
  std::vector<function> functions;
  method_id method = method_id::automatic;
  std::string_view scheme;
  /// Of methods with error control: the error of a substep that is tolerated, as a fraction of a
  /// state and its change.
  double relative_tolerance = 1e-6;
  /// How many random draws the expressions have made so far: the number of the next one.
  int draws = 0;
  /// What a front end found wrong before there was anything to check.
  diagnosis mistake;

  constexpr bool has_refractory() const {
    return refractory_time != none || refractory_while != none;
  }

  /// The index of a variable, or `none`.
  constexpr int find(std::string_view id, side owner = side::here) const {
    // In constant evaluation every call has its price, and names differ most often in their last
    // letter.
    symbol const* const all = symbols.data();
    int const count = static_cast<int>(symbols.size()), length = static_cast<int>(id.size());
    char const last = length > 0 ? id.back() : '\0';
    for (int i = 0; i < count; ++i)
      if (all[i].id.size == length && (length == 0 || all[i].id.data[length - 1] == last) &&
          all[i].owner == owner && all[i].id == id)
        return i;
    return none;
  }
  /// The index of a variable, which is added when it is new. Builtins (`t dt i N not_refractory
  /// lastspike`) are entered the same way.
  constexpr int declare(symbol const& s) {
    int const known = find(s.id, s.owner);
    if (known != none) return known;
    symbols.push_back(s);
    return static_cast<int>(symbols.size()) - 1;
  }
  constexpr symbol const& at(int index) const { return symbols[static_cast<std::size_t>(index)]; }
  /// The node that reads a builtin variable.
  constexpr int time() {
    return nodes.symbol(declare({"t", role::time, side::here, units::second}));
  }
  constexpr int time_step() {
    return nodes.symbol(declare({"dt", role::time_step, side::here, units::second}));
  }
  constexpr int not_refractory() {
    return nodes.symbol(
        declare({"not_refractory", role::not_refractory, side::here, {}, value_type::boolean}));
  }
  /// A random number of its own: `uniform` or `normal`.
  constexpr int draw(op code) { return nodes.random(code, draws++); }
};

/// The index of the subexpression that defines a variable, or `none`.
constexpr int subexpression_of(model const& m, int symbol) {
  for (std::size_t k = 0; k < m.subexpressions.size(); ++k)
    if (m.subexpressions[k].symbol == symbol) return static_cast<int>(k);
  return none;
}

}  // namespace nernst::ir
