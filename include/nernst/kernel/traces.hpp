// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/kept_states.hpp>

namespace nernst::kernel::detail {

/// The trace with the time at which a pathway from that end last acted.
constexpr ir::symbol last_update_at(ir::side end) {
  return kept_as(ir::role::trace, ir::builtin(ir::role::last_update), end);
}
/// The name of a part of a computation that all synapses of a neuron have in common.
inline constexpr ir::string_view part_in_common = "__common_";

/// Finds the states of synapses that all synapses of a neuron have in common: only pathways from
/// one end write them, out of nothing but each other, constants, shared variables, time, and what
/// the neuron at that end has and synapses do not change.
class trace_finder {
 public:
  constexpr explicit trace_finder(ir::model const& m, ir::span<ir::assignment const> held)
      : m_(m), end_(m.symbols.size(), ir::side::here), written_(m.symbols.size()) {
    list_written();
    exclude_weights();
    if (!any()) return;
    while (list_following()) {
    }
    exclude_others(held);
    while (exclude_dependent()) {
    }
  }

  constexpr bool any() const {
    for (ir::side const end : end_)
      if (end != ir::side::here) return true;
    return false;
  }
  /// The end whose neurons have the state; `here` where each synapse has its own.
  constexpr ir::side end_of(int symbol) const { return end_[symbol]; }

 private:
  static constexpr char from(ir::side end) { return end == ir::side::pre ? 1 : 2; }

  constexpr void list_written() {
    for (ir::pathway const& p : m_.pathways)
      for (ir::assignment const& s : p.statements)
        written_[s.symbol] = static_cast<char>(written_[s.symbol] | from(p.trigger));
    for (int s = 0; s < m_.symbols.size(); ++s) {
      ir::symbol const& x = m_.at(s);
      bool const is_own = x.owner == ir::side::here && x.kind == ir::role::state;
      bool const has_room = !x.id.full() && s != m_.multisynaptic_index;
      if (!is_own || !has_room) continue;
      if (written_[s] == from(ir::side::pre)) end_[s] = ir::side::pre;
      if (written_[s] == from(ir::side::post)) end_[s] = ir::side::post;
    }
  }

  /// A state without an equation that goes on from its own value is a weight, say: synapses of one
  /// neuron mostly begin with different ones.
  constexpr void exclude_weights() {
    ir::list<char> has_equation(m_.symbols.size());
    for (ir::equation const& e : m_.equations) has_equation[e.symbol] = 1;
    for (ir::pathway const& p : m_.pathways)
      for (ir::assignment const& s : p.statements) {
        bool const may_go_on = end_[s.symbol] != ir::side::here && has_equation[s.symbol] == 0;
        bool const goes_on = may_go_on && ir::any_of(m_.nodes, s.value, [&](ir::node const& n) {
                               return n.code == ir::op::symbol && n.which == s.symbol;
                             });
        if (goes_on) end_[s.symbol] = ir::side::here;
      }
  }
  /// States that only their equations change follow those that these read. Whether there were any.
  constexpr bool list_following() {
    bool found = false;
    for (ir::equation const& e : m_.equations) {
      bool const is_open = written_[e.symbol] == 0 && end_[e.symbol] == ir::side::here &&
                           !e.event_driven && !m_.at(e.symbol).id.full();
      if (!is_open) continue;
      ir::for_each_read(m_, e.rhs, [&](int read) {
        if (end_[read] != ir::side::here) end_[e.symbol] = end_[read];
      });
      found = found || end_[e.symbol] != ir::side::here;
    }
    return found;
  }

  /// What actions use or write, and what is held over a step, stays with the synapse.
  constexpr void exclude_others(ir::span<ir::assignment const> held) {
    for (ir::timed_action const& a : m_.actions)
      for (ir::assignment const& s : a.statements) exclude(s);
    for (ir::assignment const& s : held) exclude(s);
  }
  constexpr void exclude(ir::assignment const& s) {
    end_[s.symbol] = ir::side::here;
    ir::for_each_read(m_, s.value, [this](int read) { end_[read] = ir::side::here; });
  }

  /// Excludes those that depend on something else. Whether there were any.
  constexpr bool exclude_dependent() {
    bool found = false;
    for (ir::equation const& e : m_.equations)
      found = exclude_dependent({e.symbol, e.rhs},
                                e.event_driven ? use::between_spikes : use::in_every_step) ||
              found;
    for (ir::pathway const& p : m_.pathways)
      for (ir::assignment const& s : p.statements)
        found = exclude_dependent(s, use::by_spike) || found;
    return found;
  }
  /// When a value is computed.
  enum class use : std::uint8_t { by_spike, in_every_step, between_spikes };
  constexpr bool exclude_dependent(ir::assignment const& s, use when) {
    ir::side const end = end_[s.symbol];
    if (end == ir::side::here) return false;
    ir::list<int> const order = ir::schedule(m_.nodes, s.value);
    for (int const i : order) {
      ir::node const& n = m_.nodes[i];
      bool const fits =
          !ir::is_random(n.code) && (n.code != ir::op::symbol || is_common(n.which, end, when));
      if (fits) continue;
      end_[s.symbol] = ir::side::here;
      return true;
    }
    return false;
  }
  /// Equations are solved over the time since the last spike at one end: what they read may not
  /// change in between.
  constexpr bool is_common(int symbol, ir::side end, use when) const {
    ir::symbol const& x = m_.at(symbol);
    if (end_[symbol] == end || x.kind == ir::role::shared) return x.owner == ir::side::here;
    if (when == use::between_spikes) return false;
    bool const of_neuron = when == use::by_spike && x.owner == end && !is_written(x.id);
    switch (x.kind) {
    case ir::role::time:
    case ir::role::time_step:
    case ir::role::shared_state:
    case ir::role::table:
      return x.owner == ir::side::here || of_neuron;
    case ir::role::state:
    case ir::role::parameter:
    case ir::role::shared:
      return of_neuron;
    default:
      return false;
    }
  }

  /// Source and target may be one population.
  constexpr bool is_written(ir::identifier const& id) const {
    for (ir::side const side : {ir::side::pre, ir::side::post}) {
      int const s = m_.find(id, side);
      if (s != ir::none && written_[s] != 0) return true;
    }
    return false;
  }

  ir::model const& m_;
  ir::list<ir::side> end_;  ///< by symbol
  ir::list<char> written_;  ///< by symbol, from which ends
};

/// Lets the model of a synapse use traces in the place of the states that all synapses of a neuron
/// have in common. The states become subexpressions of them: those of event-driven equations once
/// these have been solved.
constexpr void use_traces(ir::model& m, ir::span<ir::assignment const> held) {
  if (!m.of_synapses || m.per_synapse) return;
  trace_finder const found(m, held);
  if (!found.any()) return;
  ir::list<int> const trace = keep_states(m, ir::role::trace, ir::role::subexpression,
                                          [&](int s) { return found.end_of(s); });
  ir::list<char> is_solved(m.symbols.size());
  bool any_solved = false;
  for (ir::equation const& e : m.equations) {
    bool const by_events = e.event_driven && m.at(e.symbol).kind == ir::role::trace;
    is_solved[e.symbol] = by_events ? 1 : 0;
    any_solved = any_solved || by_events;
  }
  for (int s = 0; s < trace.size(); ++s)
    if (trace[s] != s && is_solved[trace[s]] == 0)
      m.subexpressions.push_back({s, m.nodes.symbol(trace[s])});
  if (!any_solved) return;
  for (ir::pathway const& p : m.pathways) m.declare(last_update_at(p.trigger));
}

/// What a pathway does with the traces of the neuron that has fired, and with each of its synapses.
class divided_pathway {
 public:
  ir::list<ir::assignment> of_neuron, of_synapse;

  constexpr divided_pathway(ir::model& m, ir::span<ir::assignment const> statements, ir::side end)
      : m_(m), end_(end) {
    for (ir::assignment const& s : statements)
      (m.at(s.symbol).kind == ir::role::trace ? of_neuron : of_synapse).push_back(s);
    if (!of_neuron.empty()) take_out_what_is_common();
  }

 private:
  /// The values of synapses are written in terms of what was there before the spike. What they have
  /// in common is computed with the traces, before these change.
  constexpr void take_out_what_is_common() {
    ir::list<int> roots;
    for (ir::assignment const& s : of_synapse) roots.push_back(s.value);
    ir::list<int> const order = ir::schedule(m_.nodes, roots);
    ir::list<char> is_common(m_.nodes.size()), has_trace(is_common), is_needed(is_common);
    for (int const i : order) classify(i, is_common, has_trace);
    auto const need = [&](int i) {
      if (i != ir::none && is_common[i] != 0 && has_trace[i] != 0) is_needed[i] = 1;
    };
    for (int const r : roots) need(r);
    for (int const i : order)
      if (is_common[i] == 0)
        for (int const x : operands(m_.nodes[i])) need(x);
    ir::list<int> instead(m_.nodes.size(), ir::none);
    int const before = of_neuron.size();
    for (int const i : order)
      if (is_needed[i] != 0) instead[i] = m_.nodes.symbol(kept(i, before));
    roots = ir::rebuild(m_.nodes, roots, [&](int i, ir::node const& n) {
      if (instead[i] != ir::none) return instead[i];
      return ir::operands(n.code) == 0 ? i : m_.nodes.make(n);
    });
    for (int k = 0; k < of_synapse.size(); ++k) of_synapse[k].value = roots[k];
  }
  constexpr void classify(int i, ir::list<char>& is_common, ir::list<char>& has_trace) const {
    ir::node const& n = m_.nodes[i];
    is_common[i] = ir::is_random(n.code) ? 0 : 1;
    if (n.code == ir::op::symbol) {
      ir::symbol const& x = m_.at(n.which);
      bool const is_trace = x.kind == ir::role::trace && x.owner == end_;
      bool const is_shared = ir::is_shared(x.kind) || x.kind == ir::role::time ||
                             x.kind == ir::role::time_step || x.kind == ir::role::table;
      has_trace[i] = is_trace ? 1 : 0;
      is_common[i] = is_trace || is_shared ? 1 : 0;
    }
    for (int const x : operands(n)) {
      if (is_common[x] == 0) is_common[i] = 0;
      if (has_trace[x] != 0) has_trace[i] = 1;
    }
  }
  /// The trace that has the value of a node once the neuron has had its turn.
  constexpr int kept(int node, int statements) {
    for (int k = 0; k < statements; ++k)
      if (of_neuron[k].value == node) return of_neuron[k].symbol;
    ir::node const& n = m_.nodes[node];
    bool changes = n.code != ir::op::symbol;
    for (int k = 0; k < statements && !changes; ++k) changes = of_neuron[k].symbol == n.which;
    if (!changes) return n.which;
    int number = 0;
    while (m_.find(name(number), end_) != ir::none) ++number;
    int const symbol = m_.add({.id = name(number), .kind = ir::role::trace, .owner = end_});
    of_neuron.push_back({symbol, node});
    return symbol;
  }
  static constexpr ir::identifier name(int number) {
    return ir::identifier(part_in_common).append(number);
  }

  ir::model& m_;
  ir::side end_;
};

}  // namespace nernst::kernel::detail
