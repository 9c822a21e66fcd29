// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/exponential_step.hpp>
#include <nernst/ir/rewrite.hpp>
#include <nernst/kernel/derivation.hpp>

namespace nernst::kernel::detail {

/// The equations of a synapse that are solved only where one of its pathways acts: exactly, over
/// the time since any of them last did (`lastupdate`, at first 0), as in Brian 2.
class event_driven_equations {
 public:
  /// Takes them out of the model, whose other equations are integrated in every step.
  constexpr explicit event_driven_equations(ir::model& m) {
    ir::list<ir::equation> others;
    for (ir::equation const& e : m.equations) (e.event_driven ? equations_ : others).push_back(e);
    if (equations_.empty()) return;
    m.equations = others;
    last_update_ = m.declare(ir::builtin(ir::role::last_update));
    int const since = m.nodes.subtract(m.time(), m.nodes.symbol(last_update_));
    for (ir::equation const& e : equations_) solutions_.push_back(solution(m, e, since));
  }

  /// Lets a block of statements find the variables as they are now.
  constexpr void solve(ir::model& m, ir::list<ir::assignment>& block) const {
    if (equations_.empty()) return;
    ir::list<int> now(m.symbols.size(), ir::none), is_assigned(m.symbols.size());
    for (int k = 0; k < equations_.size(); ++k) now[equations_[k].symbol] = solutions_[k];
    ir::substitute(m.nodes, block, now);
    for (auto const& s : block) is_assigned[s.symbol] = 1;
    for (ir::equation const& e : equations_)
      if (is_assigned[e.symbol] == 0) block.push_back({e.symbol, now[e.symbol]});
    block.push_back({last_update_, m.time()});
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

  ir::list<ir::equation> equations_;
  ir::list<int> solutions_;  ///< of each, a node
  int last_update_ = ir::none;
};

}  // namespace nernst::kernel::detail
