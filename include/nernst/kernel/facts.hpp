// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/dependency.hpp>

#include <span>

namespace nernst::kernel {

/// A variable of a model and what kernels do with it.
struct variable {
  ir::symbol symbol;
  int array = ir::none;  ///< the array that holds it, if it varies between elements
  bool read = false;     ///< by a neuron's reset, or by a synapse's statements
  bool written = false;  ///< likewise
  bool frozen = false;   ///< protected from synapses while the neuron is refractory
  bool fixed = false;    ///< a propagator of the exact method is computed from it once per run
};

/// The kernels of a neuron; those of `facts::extras` follow.
enum neuron_block : int { update, update_and_reset, reset, first_extra };

/// What a kernel beside update and reset is for.
enum class purpose : std::uint8_t {
  held,       ///< computes what is constant over a step
  timed,      ///< a timed action
  threshold,  ///< the threshold, where it cannot be tested in the update
  check,      ///< the condition of an event
  act,        ///< what an event does
};

/// A kernel beside update and reset, with its place in the step.
struct extra {
  purpose what = purpose::held;
  int which = ir::none;  ///< the number of the timed action or event
  ir::instant when;
  bool for_all = false;  ///< writes shared variables: executed once
  bool links = false;    ///< writes variables of another population
};

/// States that are advanced by steps of their own within a step (see `integrate::substeps`).
struct substepping {
  int kernel = ir::none;  ///< tries a substep: its results are the new states, then the error
  int order = 0;
  int length = ir::none;  ///< the array with the length of the next substep
  int dt = ir::none;      ///< the scalar with the length of a step
};

/// When a timed action happens: with a period, a duration among the expressions, or at given times
/// in seconds.
struct timing {
  int period = ir::none;
  std::span<double const> times;
};

/// Expressions that are evaluated once per run: operations in order, and the places of the results
/// (see `ir::flatten`).
struct expressions {
  std::span<ir::node const> program;
  std::span<int const> results;
};

/// A propagator exp(A dt): the places of the entries of A among the expressions, and the symbols
/// that take the results.
struct propagator {
  int order = 0;
  bool per_element = false;
  expressions matrix;
  std::span<int const> coefficient;
};

/// What is known of a model at run time, all of it in static storage and computed by the compiler.
struct facts {
  std::span<variable const> variables;
  int arrays = 0;
  expressions scalars;
  std::span<propagator const> propagators;
  /// The arrays with the step of the last spike and with the flag "not refractory", and the scalar
  /// with the length of refractoriness in steps.
  int last_spike = ir::none, flag = ir::none, refractory_steps = ir::none;
  /// The kernels beside update and reset, in the order of their numbers, which start behind those.
  std::span<extra const> extras;
  /// Whether the reset has to wait for what is executed between it and the threshold, and whether
  /// the threshold is an extra.
  bool reset_waits = false, threshold_apart = false;
  std::span<timing const> timings;
  /// The periods of timed actions, then the subexpressions.
  expressions named;
  /// The symbols of the subexpressions.
  std::span<int const> subexpressions;
  std::span<ir::name const> events;
  std::span<ir::function const> functions;
  substepping substeps;
  /// The arrays of the states that are advanced by substeps.
  std::span<int const> advanced;

  /// The place of a variable, or `none`.
  constexpr int find(std::string_view id, ir::side owner = ir::side::here) const {
    for (std::size_t k = 0; k < variables.size(); ++k)
      if (variables[k].symbol.owner == owner && variables[k].symbol.id == id)
        return static_cast<int>(k);
    return ir::none;
  }
};

/// What a neuron's reset (`owner` is `here`), or a synapse's statements, read and write of the
/// variables of one owner.
constexpr ir::access access_of(facts const& model, ir::side owner) {
  ir::access a;
  for (variable const& v : model.variables) {
    if (v.symbol.owner != owner) continue;
    if (v.read) a.reads.push_back(v.symbol.id);
    if (v.written) a.writes.push_back(v.symbol.id);
  }
  return a;
}

/// Whether a reset may be executed before the deliveries of a synapse instead of after them, where
/// the neuron plays the part `part` (pre, post) in the synapse.
constexpr bool commute(facts const& neuron, facts const& synapse, ir::side part) {
  return ir::independent(access_of(neuron, ir::side::here), access_of(synapse, part));
}

/// Whether the synapses of a projection have to act one after the other, whichever neurons they go
/// to: they write variables of their source neurons, or read there what they write (`same`: source
/// and target are one population).
constexpr bool needs_one_thread(facts const& synapse, bool same) {
  for (variable const& s : synapse.variables) {
    if (s.symbol.owner != ir::side::pre) continue;
    int const post = synapse.find(s.symbol.id, ir::side::post);
    if (s.written || (same && s.read && post != ir::none &&
                      synapse.variables[static_cast<std::size_t>(post)].written))
      return true;
  }
  return false;
}

/// Whether synapses may not write a variable of a neuron while it is refractory.
constexpr bool is_frozen(facts const& neuron, std::string_view id) {
  int const k = neuron.find(id);
  return k != ir::none && neuron.variables[static_cast<std::size_t>(k)].frozen;
}

/// Whether a synapse writes such a variable of its target.
constexpr bool writes_frozen(facts const& synapse, facts const& target) {
  for (variable const& s : synapse.variables)
    if (s.symbol.owner == ir::side::post && s.written && is_frozen(target, s.symbol.id))
      return true;
  return false;
}

}  // namespace nernst::kernel
