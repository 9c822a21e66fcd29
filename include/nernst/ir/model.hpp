// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/builtin.hpp>
#include <nernst/ir/diagnosis.hpp>
#include <nernst/ir/function.hpp>
#include <nernst/ir/graph.hpp>
#include <nernst/ir/method.hpp>
#include <nernst/ir/origin.hpp>
#include <nernst/ir/slot.hpp>

namespace nernst::ir {

/// d(symbol)/dt = rhs.
struct equation {
  int symbol = none;
  int rhs = none;
  bool unless_refractory = false;
  bool event_driven = false;  ///< of a synapse: solved where a pathway acts, not in every step
  method_id method = method_id::automatic;  ///< of this equation, where it differs from the model's
  double absolute_tolerance = 0;            ///< of methods with error control, in SI units
  int origin = none;                        ///< one of the model's, if a text has it
};

/// symbol = value, at any time; with `constant_over_dt` computed at the start of each step and
/// held.
struct subexpression {
  int symbol = none;
  int value = none;
  bool constant_over_dt = false;
  bool is_shared = false;  ///< one value per population: refers to shared things only
  int origin = none;       ///< one of the model's, if a text has it
};

/// A subexpression that is looked up in a table over a variable: `count` pieces of equal length
/// from `from` to `to`, with straight lines in between and the values at the ends beyond these, as
/// NEURON's TABLE. It depends on nothing else that differs between elements or steps.
struct tabulation {
  int symbol = none;    ///< of the subexpression; `none` where the model itself looks things up
  int argument = none;  ///< a symbol
  double from = 0, to = 0;
  int count = 0;
  /// Where so many pieces are taken that the error is below a part of the value or below a number:
  /// the shared variable that says how many there are.
  int pieces = none;
  double relative = 0, absolute = 0;
  /// Once it is inlined, or without a subexpression: the symbol of the table, and what stands in
  /// that.
  int table = none, value = none;
};

/// symbol becomes the value of node `value`, all statements of a block at once: a value is written
/// in terms of what was there before the block.
struct assignment {
  int symbol = none;
  int value = none;
  int origin = none;  ///< one of the model's, if a text has it
};

/// An event of the user's own, beside spikes: where `condition` holds in slot `check`, `action` is
/// carried out in slot `act`.
struct event {
  identifier id;
  int condition = none;
  instant check{slot::after_thresholds, 0};
  list<assignment> action;
  instant act{slot::after_resets, 0};
  int origin = none;  ///< that of the condition: one of the model's, if a text has it
};

/// Statements that are executed for every element at regular or given times.
struct timed_action {
  int period = none;   ///< a duration; `none` where `times` are given
  list<double> times;  ///< in seconds, ascending
  list<assignment> statements;
  instant when{slot::start, 0};
};

/// Where a pathway acts that was given no place: those of source neurons come first.
constexpr instant usual_instant(side trigger) {
  return {slot::synapses, trigger == side::pre ? -1 : 1};
}

/// What a synapse does when a spike (or another event) of its pre- or post-synaptic neuron arrives.
struct pathway {
  side trigger = side::pre;
  list<assignment> statements;
  /// `pre` or `post`, with a number from the second one on, where the user gave none.
  identifier name = {};
  identifier event{"spike"};  ///< of the neuron: an event of its model
  instant when = usual_instant(side::pre);
};

/// "on_pre", with the name and the event of a pathway where they are not the usual ones.
constexpr phrase occasion_of(pathway const& p) {
  phrase all(p.trigger == side::pre ? "on_pre" : "on_post");
  bool const usual = p.name.size == 0 || p.name == (p.trigger == side::pre ? "pre" : "post");
  if (!usual) (all += " ") += p.name;
  if (p.event != "spike") (all += " of ") += p.event;
  return all;
}

/// A variable of a neuron that is, in every step, the sum of `value` over its synapses.
struct summation {
  int symbol = none;  ///< of the pre- or post-synaptic neuron
  int value = none;
  int origin = none;  ///< one of the model's, if a text has it
};

/// Whether a model is a mechanism of compartments, and of what kind.
enum class placement : std::uint8_t {
  nowhere,
  density,     ///< spread over the membrane
  point,       ///< at a place
  artificial,  ///< in no compartment: it acts by events alone
};

/// What mechanisms do for events beside `on_spike`.
enum class event_part : std::uint8_t {
  of_connection,  ///< `on_spike` itself, for what a connection has sent
  of_itself,      ///< the same for what no connection has sent
  each,           ///< what FOR_NETCONS does to each connection
  beginning,      ///< what a connection begins with
};

/// A block that an event carries out. `number` counts the blocks of one event: one of them, `each`
/// of its connections, the next.
struct event_block {
  event_part part = event_part::of_itself;
  int number = 0;
  list<assignment> statements;
};

/// What events of a mechanism's own need: how many one of its blocks sends at most, for how many
/// conditions it watches, how many loops over connections it has, whether it moves events, fires,
/// and gives connections what they begin with. `any` where there is any.
struct event_needs {
  int sends = 0, watches = 0, loops = 0;
  bool moves = false, fires = false, begins = false, any = false;
};

/// A current out of a compartment through its membrane: in A/m^2 of density mechanisms, in A of
/// point mechanisms.
struct membrane_current {
  int value = none;
  identifier ion = {};           ///< what carries it, "na" say; empty where nobody asks
  int origin = none;             ///< one of the model's, if a text has it
  bool is_of_electrode = false;  ///< does not come through the membrane
};

/// A state of a density mechanism that diffuses between compartments of its cell that have the
/// mechanism and are neighbours: by its concentrations, in a volume for each length of a branch.
struct diffusion {
  int symbol = none;         ///< the state
  int volume = none;         ///< a state in m^2
  int transport = none;      ///< the coefficient of diffusion times that: a state in m^4/s
  int concentration = none;  ///< of the compartment, if the state is that of an ion, too
};

/// A neuron, synapse or mechanism: an expression graph and the blocks that point into it.
/// A refractory period is given by at most one of `refractory_time` (a duration) and
/// `refractory_while` (a condition).
struct model {
  graph nodes;
  list<symbol> symbols;
  list<equation> equations;
  list<subexpression> subexpressions;
  list<tabulation> tabulations;
  int threshold = none;
  int threshold_origin = none;
  list<assignment> reset;
  int refractory_time = none;
  int refractory_while = none;
  int refractory_origin = none;
  list<event> events;
  list<timed_action> actions;
  bool of_synapses = false;
  list<pathway> pathways;
  list<summation> sums;
  /// Of synapses: that all of their state is kept per synapse, also where neurons could have it.
  bool per_synapse = false;
  /// Of synapses: the variable that numbers those of the same two neurons, if one does.
  int multisynaptic_index = none;
  /// Of mechanisms: what flows through the membrane, how they begin, what they write behind an
  /// update, in terms of what that has made, into their own variables, and then, in terms of those,
  /// into their compartment; and what a spike does that arrives.
  placement placed = placement::nowhere;
  list<membrane_current> currents;
  list<assignment> initial, written, on_spike;
  /// Of mechanisms, and in terms of what was there before: what an update does beside the
  /// equations, and what the search for the currents keeps for the next update.
  list<assignment> with_update, with_currents;
  /// Of mechanisms: what happens behind the updates of all of them.
  list<diffusion> diffusions;
  /// Of mechanisms that send events to themselves or others.
  list<event_block> event_blocks;
  event_needs events_needed;
  list<function> functions;
  method_id method = method_id::automatic;
  string_view scheme;
  /// Of methods with error control: the error of a substep that is tolerated, as a fraction of a
  /// state and its change.
  double relative_tolerance = 1e-6;
  /// How many random draws the expressions have made so far: the number of the next one.
  int draws = 0;
  /// What a front end found wrong before there was anything to check.
  diagnosis mistake;
  /// Where the parts of a model were written that was read from texts, which must outlive it then:
  /// the check quotes them.
  list<source_text> texts;
  list<origin> origins;

  /// Gives a finding the line and column of one of these origins, if there is any.
  constexpr void locate(diagnosis& d, int of) const {
    if (of == none) return;
    origin const& o = origins[of];
    text_place const p = o.text == none ? o.place : place_of(texts[o.text].text, o.at);
    d.line = p.line;
    d.column = p.column;
  }

  constexpr bool has_refractory() const {
    return refractory_time != none || refractory_while != none;
  }

  /// The index of a variable, or `none`.
  constexpr int find(string_view id, side owner = side::here) const {
    // In constant evaluation every call has its price, and names differ most often in their last
    // letter.
    int const length = static_cast<int>(id.size());
    char const last = length > 0 ? id.back() : '\0';
    for (int i = 0; i < symbols.size(); ++i) {
      symbol const& s = symbols[i];
      if (s.id.size != length || s.owner != owner) continue;
      if (length == 0 || (s.id.data[length - 1] == last && s.id == id)) return i;
    }
    return none;
  }
  /// The index of the first variable of this kind, or `none`.
  constexpr int find(role kind) const {
    for (int i = 0; i < symbols.size(); ++i)
      if (symbols[i].kind == kind && symbols[i].owner == side::here) return i;
    return none;
  }
  /// The index of a variable, which is added when it is new.
  constexpr int declare(symbol const& s) {
    int const known = find(s.id, s.owner);
    return known != none ? known : add(s);
  }
  /// The index of a variable that is new.
  constexpr int add(symbol const& s) {
    symbols.push_back(s);
    return symbols.size() - 1;
  }
  constexpr symbol const& at(int index) const { return symbols[index]; }
  /// The node that reads a variable which every model has.
  constexpr int read(role builtin_kind) { return nodes.symbol(declare(builtin(builtin_kind))); }
  constexpr int time() { return read(role::time); }
  constexpr int time_step() { return read(role::time_step); }
  constexpr int not_refractory() { return read(role::not_refractory); }
  /// A random number of its own: `uniform` or `normal`.
  constexpr int draw(op code) { return nodes.random(code, draws++); }
};

/// Lets a state of a mechanism diffuse. `volume` and `transport` are nodes, which are found anew
/// behind each update.
constexpr diffusion& add_diffusion(model& m, int symbol, int volume, int transport) {
  auto const kept = [&m](string_view id, dimension unit, int value) {
    identifier const numbered = identifier(id).append(m.diffusions.size());
    int const to = m.add({.id = numbered, .kind = role::state, .unit = unit});
    m.written.push_back({to, value});
    return to;
  };
  diffusion d{.symbol = symbol};
  d.volume = kept("_volume_", power(units::metre, 2), volume);
  d.transport = kept("_transport_", power(units::metre, 4) / units::second, transport);
  m.diffusions.push_back(d);
  return m.diffusions.back();
}

/// A subexpression that a mechanism may have: the derivative of its whole current by the voltage,
/// whatever its definition says before the model is derived.
inline constexpr string_view own_conductance = "_own_conductance";

/// The index of the subexpression that defines a variable, or `none`.
constexpr int subexpression_of(model const& m, int symbol) {
  for (int k = 0; k < m.subexpressions.size(); ++k)
    if (m.subexpressions[k].symbol == symbol) return k;
  return none;
}

}  // namespace nernst::ir
