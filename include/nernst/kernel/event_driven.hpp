// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/exponential_step.hpp>
#include <nernst/ir/rewrite.hpp>
#include <nernst/kernel/derivation.hpp>
#include <nernst/kernel/traces.hpp>

namespace nernst::kernel::detail {

/// The equations of a synapse that are solved only where one of its pathways acts: exactly, over
/// the time since any of them last did (`lastupdate`, at first 0), as in Brian 2; those of traces
/// over the time since a pathway from their end did.
class event_driven_equations {
 public:
  /// Takes them out of the model, whose other equations are integrated in every step.
  constexpr explicit event_driven_equations(ir::model& m) {
    ir::list<ir::equation> others;
    for (ir::equation const& e : m.equations) (e.event_driven ? equations_ : others).push_back(e);
    for (int s = 0; s < m.symbols.size(); ++s) enter_last_update(m, s);
    if (equations_.empty() && !has_traces()) return;
    m.equations = others;
    find_last_update(m);
    for (ir::equation const& e : equations_) {
      ir::side const end = m.at(e.symbol).owner;
      solutions_.push_back(solution(m, e, m.nodes.subtract(m.time(), m.nodes.symbol(last(end)))));
      if (end != ir::side::here) show(m, e);
    }
  }

  /// Lets a block of statements, of a pathway from one end, find the variables as they are now.
  constexpr void solve(ir::model& m, ir::list<ir::assignment>& block, ir::side end) const {
    if (equations_.empty() && !has_traces()) return;
    ir::list<int> now(m.symbols.size(), ir::none), is_assigned(m.symbols.size());
    for (int k = 0; k < equations_.size(); ++k) now[equations_[k].symbol] = solutions_[k];
    ir::substitute(m.nodes, block, now);
    for (auto const& s : block) is_assigned[s.symbol] = 1;
    for (ir::equation const& e : equations_) {
      ir::side const owner = m.at(e.symbol).owner;
      bool const advances = owner == ir::side::here || owner == end;
      if (advances && is_assigned[e.symbol] == 0) block.push_back({e.symbol, now[e.symbol]});
    }
    for (ir::side const of : {ir::side::here, end})
      if (last(of) != ir::none) block.push_back({last(of), m.time()});
  }

  /// Enters how they are integrated.
  constexpr void enter(derivation& d) const {
    if (equations_.empty()) return;
    for (ir::equation const& e : equations_) d.equations.push_back({e.symbol, d.methods.size()});
    d.methods.push_back({ir::name_of(ir::method_id::exact), ir::method_id::exact,
                         ir::phrase("event-driven: solved where a pathway acts")});
  }

 private:
  /// Exactly: the check has seen to it that the equation is linear in its own variable, and that
  /// nothing else in it changes.
  static constexpr int solution(ir::model& m, ir::equation const& e, int since) {
    constexpr int only_column[] = {0};
    int const roots[] = {e.rhs};
    ir::linear_forms forms(m.nodes, only_column, e.symbol);
    int culprit = ir::none;
    forms.find(roots, culprit);
    return integrate::exponential_step(m.nodes, m.nodes.symbol(e.symbol), e.rhs, forms, 0, since);
  }

  constexpr int last(ir::side of) const { return last_update_[static_cast<int>(of)]; }
  constexpr bool has_traces() const {
    return last(ir::side::pre) != ir::none || last(ir::side::post) != ir::none;
  }
  constexpr void enter_last_update(ir::model const& m, int symbol) {
    ir::symbol const& s = m.at(symbol);
    bool const is_it = s.kind == ir::role::trace && s == last_update_at(s.owner);
    if (is_it) last_update_[static_cast<int>(s.owner)] = symbol;
  }

  /// Synapses need a time of their own where they have equations of their own, or speak of it.
  /// Otherwise it is the later one of those of their neurons.
  constexpr void find_last_update(ir::model& m) {
    int const symbol = m.declare(ir::builtin(ir::role::last_update));
    bool is_own = !has_traces();
    for (ir::equation const& e : equations_)
      is_own = is_own || m.at(e.symbol).owner == ir::side::here;
    for (ir::pathway const& p : m.pathways)
      for (ir::assignment const& s : p.statements)
        is_own = is_own || ir::reads(m, s.value, [](ir::symbol const& x) {
                   return x.kind == ir::role::last_update;
                 });
    last_of_synapse_ = m.nodes.symbol(symbol);
    if (is_own) {
      last_update_[static_cast<int>(ir::side::here)] = symbol;
      return;
    }
    int const pre = last(ir::side::pre), post = last(ir::side::post);
    last_of_synapse_ = m.nodes.symbol(pre == ir::none ? post : pre);
    if (pre != ir::none && post != ir::none)
      last_of_synapse_ = m.nodes.make(ir::op::maximum, last_of_synapse_, m.nodes.symbol(post));
    m.symbols[symbol].kind = ir::role::subexpression;
    m.subexpressions.push_back({symbol, last_of_synapse_});
  }
  /// Lets users see what a trace was when a pathway of the synapse last acted.
  constexpr void show(ir::model& m, ir::equation const& e) {
    ir::symbol const kept = m.at(e.symbol);
    int const state = m.find(kept.id.view().substr(1)), then = m.nodes.symbol(last(kept.owner));
    int const later = m.nodes.make(ir::op::greater, last_of_synapse_, then);
    int const value = solution(m, e, m.nodes.subtract(last_of_synapse_, then));
    m.subexpressions.push_back({state, m.nodes.select(later, value, m.nodes.symbol(e.symbol))});
  }

  ir::list<ir::equation> equations_;
  ir::list<int> solutions_;                              ///< of each, a node
  int last_update_[3] = {ir::none, ir::none, ir::none};  ///< by whose it is
  int last_of_synapse_ = ir::none;                       ///< a node
};

}  // namespace nernst::kernel::detail
