// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/diagnosis.hpp>
#include <nernst/ir/graph.hpp>

#include <vector>

namespace nernst::ir {

/// What a variable is.
enum class role : std::uint8_t {
  state,           ///< one value per element, changed by equations and statements
  parameter,       ///< one value per element, set by the user
  shared,          ///< one value per population, set by the user
  coefficient,     ///< one value per population (or per element), computed once per run by an integrator
  time,            ///< t, the start of the step
  time_step,       ///< dt
  step,            ///< the number of the step, t / dt
  index,           ///< i, the number of the element
  not_refractory,  ///< truth value: the element may change and fire
};

/// Whose variable it is. Neurons own `here`; a synapse sees its own variables (`here`) and those of its two neurons.
enum class side : std::uint8_t { here, pre, post };

/// A variable of a model.
struct symbol {
  name id;
  role kind = role::state;
  side owner = side::here;
  dimension unit;

  friend constexpr bool operator==(symbol const&, symbol const&) = default;
};

/// d(symbol)/dt = rhs.
struct equation {
  int symbol = none;
  int rhs = none;
  bool unless_refractory = false;
};

/// symbol becomes the value of node `value`, all statements of a block at once: a value is written in terms of what was there before the
/// block.
struct assignment {
  int symbol = none;
  int value = none;
};

/// What a synapse does when a spike arrives from its pre- or post-synaptic neuron.
struct pathway {
  side trigger = side::pre;
  std::vector<assignment> statements;
};

/// The integration methods a model may ask for.
enum class method_id : std::uint8_t { automatic, exact, exponential_euler, euler, rk2, rk4 };

/// A neuron or synapse model: an expression graph and the blocks that point into it.
/// A refractory period is given by at most one of `refractory_time` (a duration) and `refractory_while` (a condition).
struct model {
  graph nodes;
  std::vector<symbol> symbols;
  std::vector<equation> equations;
  int threshold = none;
  std::vector<assignment> reset;
  int refractory_time = none;
  int refractory_while = none;
  std::vector<pathway> pathways;
  method_id method = method_id::automatic;

  constexpr bool has_refractory() const { return refractory_time != none || refractory_while != none; }

  /// The index of a variable, or `none`.
  constexpr int find(std::string_view id, side owner = side::here) const {
    // In constant evaluation every call has its price, and names differ most often in their last letter.
    symbol const* const all = symbols.data();
    int const count = static_cast<int>(symbols.size()), length = static_cast<int>(id.size());
    char const last = length > 0 ? id.back() : '\0';
    for (int i = 0; i < count; ++i)
      if (all[i].id.size == length && (length == 0 || all[i].id.data[length - 1] == last) && all[i].owner == owner && all[i].id == id)
        return i;
    return none;
  }
  /// The index of a variable, which is added when it is new. Builtins (`t dt i not_refractory`) are entered the same way.
  constexpr int declare(symbol const& s) {
    int const known = find(s.id, s.owner);
    if (known != none) return known;
    symbols.push_back(s);
    return static_cast<int>(symbols.size()) - 1;
  }
  constexpr symbol const& at(int index) const { return symbols[static_cast<std::size_t>(index)]; }
  /// The node that reads a builtin variable.
  constexpr int time() { return nodes.symbol(declare({"t", role::time, side::here, units::second})); }
  constexpr int time_step() { return nodes.symbol(declare({"dt", role::time_step, side::here, units::second})); }
  constexpr int not_refractory() { return nodes.symbol(declare({"not_refractory", role::not_refractory, side::here, {}})); }
};

}  // namespace nernst::ir
