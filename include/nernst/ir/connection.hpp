// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/builtin.hpp>
#include <nernst/ir/model.hpp>
#include <nernst/ir/schedule.hpp>

namespace nernst::ir {

namespace detail {
/// Takes what a spike does to a point mechanism out of its model.
class connection_builder {
 public:
  constexpr explicit connection_builder(model const& mechanism)
      : from_(mechanism), symbols_(mechanism.symbols.size(), none),
        nodes_(mechanism.nodes.size(), none) {}

  constexpr model operator()() {
    to_.of_synapses = true;
    to_.functions = from_.functions;
    to_.draws = from_.draws;
    to_.mistake = from_.mistake;
    to_.texts = from_.texts;
    pathway p;
    p.name = "pre";
    for (assignment const& s : from_.on_spike)
      p.statements.push_back({symbol_of(s.symbol), node_of(s.value)});
    for (event_block const& e : from_.event_blocks) {
      if (e.part == event_part::of_itself) continue;
      event_block here{e.part, e.number, {}};
      for (assignment const& s : e.statements)
        here.statements.push_back({symbol_of(s.symbol), node_of(s.value)});
      to_.event_blocks.push_back(static_cast<event_block&&>(here));
    }
    to_.events_needed = from_.events_needed;
    to_.per_synapse = from_.events_needed.any;
    for (int s = 0; s < from_.symbols.size(); ++s)
      if (from_.at(s).kind == role::connection) symbol_of(s);
    if (p.statements.empty() && to_.event_blocks.empty() && to_.mistake.ok())
      to_.mistake = {mistake::not_a_model, "connect", "a mechanism with on_spike(...)",
                     "one without it"};
    to_.pathways.push_back(static_cast<pathway&&>(p));
    return static_cast<model&&>(to_);
  }

 private:
  constexpr int symbol_of(int old) {
    int& now = symbols_[old];
    if (now != none) return now;
    symbol s = from_.at(old);
    symbol const* const known = find_builtin(s.id);
    bool const is_builtin = known != nullptr && known->kind == s.kind;
    bool const is_of_mechanism = s.kind != role::connection && !is_builtin;
    if (s.kind == role::connection) {
      s.kind = role::state;
      s.declared = {};
    }
    if (is_of_mechanism) s.owner = side::post;
    now = to_.add(s);
    return now;
  }
  constexpr int node_of(int root) {
    list<int> const order = schedule(from_.nodes, root);
    for (int const i : order) {
      if (nodes_[i] != none) continue;
      node n = from_.nodes[i];
      int const arity = operands(n.code);
      if (arity > 0) n.a = nodes_[n.a];
      if (arity > 1) n.b = nodes_[n.b];
      if (arity > 2) n.c = nodes_[n.c];
      if (n.code == op::symbol || is_lookup(n.code)) n.which = symbol_of(n.which);
      nodes_[i] = to_.nodes.enter(n);
    }
    return nodes_[root];
  }

  model const& from_;
  model to_;
  list<int> symbols_, nodes_;
};
}  // namespace detail

/// The synapse that connects to a point mechanism: what a spike does there, with the variables of
/// the connection as its own and those of the mechanism as its target's.
constexpr model connection_to(model const& mechanism) {
  return detail::connection_builder(mechanism)();
}

}  // namespace nernst::ir
