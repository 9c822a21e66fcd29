// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/plan.hpp>
#include <nernst/ir/simplify.hpp>
#include <nernst/kernel/derivation.hpp>
#include <nernst/kernel/event_driven.hpp>
#include <nernst/kernel/mechanism_currents.hpp>
#include <nernst/kernel/refractoriness.hpp>
#include <nernst/kernel/scaled_states.hpp>
#include <nernst/kernel/totals.hpp>

namespace nernst::kernel::detail {

/// Makes the kernels of any group of elements, neurons or synapses, from one step of its methods,
/// and enters what belongs to them into the derivation.
class element_kernels {
 public:
  constexpr element_kernels(ir::model& m, integrate::plan const& plan,
                            event_driven_equations const& event_driven,
                            ir::list<ir::assignment> const& held, derivation& d)
      : m_(m), plan_(plan), d_(d), refractory_(m) {
    list_tested();
    list_parts_of_step(held);
    list_pathways(event_driven);
    list_events();
    if (m.placed != ir::placement::nowhere) {
      current_totals totals(m);
      d.is_steady = m.with_currents.empty() && totals.is_steady();
      currents_ = totals.whole();
      ion_currents_ = totals.of_ions();
    }
    lay_out();
    draft_update();
    for (int k = first_beside(); k < drafts_.size(); ++k) write_out(drafts_[k]);
    if (!plan.adaptive.empty()) draft_attempt(plan.adaptive[0]);
    if (m.placed != ir::placement::nowhere) draft_mechanism();
    draft_named();
  }

  /// Optimises and assembles everything.
  constexpr void finish() {
    optimise(m_, where_, drafts_);
    state_scaling(m_, where_, d_, drafts_).run();
    named_ = ir::simplify(m_.nodes, named_);
    assemble_all(d_, m_, where_, drafts_);
    d_.named = d_.add(ir::record(m_.nodes, named_));
    ir::list<int> values;
    for (auto const& t : m_.tabulations) {
      values.push_back(t.value);
      d_.tables.push_back({.table = t.table,
                           .argument = t.argument,
                           .from = t.from,
                           .to = t.to,
                           .count = t.count,
                           .pieces = t.pieces,
                           .relative = t.relative,
                           .absolute = t.absolute});
    }
    d_.tabulated_values = d_.add(ir::record(m_.nodes, values));
    for (auto const& block : plan_.exact) enter_propagator(block);
    for (auto const& a : m_.actions) enter_timing(a);
    for (auto const& s : m_.subexpressions) d_.subexpressions.push_back(s.symbol);
    for (auto const& e : m_.events) d_.events.push_back(e.id);
    d_.tested = tested_;
    for (auto const& p : m_.pathways) d_.pathways.push_back({p.trigger, p.name, p.event});
    d_.of_synapses = m_.of_synapses;
    d_.placed = m_.placed;
    d_.is_electrode = !m_.currents.empty();
    for (auto const& c : m_.currents) d_.is_electrode = d_.is_electrode && c.is_of_electrode;
    d_.own_events = m_.events_needed;
    d_.multisynaptic_index = m_.multisynaptic_index;
    for (int const s : where_.arrays) d_.has_own = d_.has_own || m_.at(s).owner == ir::side::here;
    for (int i = 0; i < m_.nodes.size(); ++i)
      d_.has_own = d_.has_own || ir::is_random(m_.nodes[i].code);
  }

 private:
  static constexpr ir::instant update_{ir::slot::groups, 0}, threshold_{ir::slot::thresholds, 0},
      reset_{ir::slot::resets, 0}, sum_{ir::slot::groups, -1};
  /// Where in `drafts_` those kernels begin that are beside the update.
  constexpr int first_beside() const { return m_.of_synapses ? of_totals + 1 : 3; }

  static constexpr bool is_before_threshold(ir::instant when) {
    return when >= update_ && when < threshold_;
  }

  /// Finds what is executed beside the update, and whether it lets the threshold be tested there
  /// and the reset follow at once.
  constexpr void list_parts_of_step(ir::list<ir::assignment> const& held) {
    drafts_ = ir::list<kernel_draft>(first_beside());
    add_drafts(m_, {.when_executed = trigger::held, .when = {ir::slot::before_start, first_of_all}},
               held, drafts_);
    for (int k = 0; k < m_.actions.size(); ++k) {
      scheduled_kernel const place{
          .when_executed = trigger::timed, .which = k, .when = m_.actions[k].when};
      ir::list<ir::assignment> statements = m_.actions[k].statements;
      add_drafts(m_, place, draw_for_all(m_, statements), drafts_);
      add_drafts(m_, place, statements, drafts_);
    }
    ir::span<kernel_draft const> const all = drafts_;
    for (auto const& beside : all.from(first_beside())) {
      apart_ = apart_ || is_before_threshold(beside.place.when);
      bool const seen = beside.place.when >= update_ && beside.place.when < reset_;
      d_.reset_waits = d_.reset_waits || seen;
    }
    for (auto const& e : m_.events)
      apart_ = apart_ || is_before_threshold(e.check) || is_before_threshold(e.act);
    // Of compartments that is tested behind their voltages.
    apart_ = apart_ || m_.placed == ir::placement::density;
    apart_ = m_.threshold != ir::none && (apart_ || threshold_is_linked());
    if (apart_) drafts_.push_back({{.when_executed = trigger::threshold, .when = threshold_}, {}});
    for (int k = 0; k < m_.events.size(); ++k) {
      ir::event const& e = m_.events[k];
      drafts_.push_back({{.when_executed = trigger::check, .which = k, .when = e.check}, {}});
      add_drafts(m_, {.when_executed = trigger::act, .which = k, .when = e.act}, e.action, drafts_);
    }
    bool const waits = apart_ || !m_.events.empty();
    d_.reset_waits = d_.reset_waits || waits;
    d_.reset_waits = d_.reset_waits || writes_linked(m_, m_.reset);
  }
  constexpr void list_tested() {
    ir::for_each_read(m_, m_.threshold, [this](int symbol) { tested_.push_back(symbol); });
  }
  /// What synapses do for a spike, and what they add up for their neurons.
  constexpr void list_pathways(event_driven_equations const& event_driven) {
    for (int k = 0; k < m_.pathways.size(); ++k) {
      ir::pathway const& p = m_.pathways[k];
      ir::list<ir::assignment> statements = p.statements;
      event_driven.solve(m_, statements, p.trigger);
      divided_pathway const parts(m_, statements, p.trigger);
      if (!parts.of_neuron.empty())
        drafts_.push_back(
            {{.when_executed = trigger::trace, .which = k, .when = p.when}, parts.of_neuron});
      drafts_.push_back(
          {{.when_executed = trigger::pathway, .which = k, .when = p.when}, parts.of_synapse});
    }
    for (int k = 0; k < m_.sums.size(); ++k) {
      ir::summation const& s = m_.sums[k];
      trigger const what = is_of_totals(m_, s.value) ? trigger::total : trigger::sum;
      drafts_.push_back(
          {{.when_executed = what, .which = k, .when = sum_}, {{s.symbol, s.value, s.origin}}});
    }
  }
  constexpr void list_events() {
    for (ir::event_block const& e : m_.event_blocks) {
      bool const is_of_connection = e.part != ir::event_part::of_itself;
      if (is_of_connection != m_.of_synapses) continue;
      drafts_.push_back({{.when_executed = trigger::event,
                          .which = number_of_block(e.part, e.number),
                          .when = {ir::slot::synapses, 0}},
                         e.statements});
    }
  }
  /// By then all populations have been updated.
  constexpr bool threshold_is_linked() const {
    return ir::any_of(m_.nodes, m_.threshold, [this](ir::node const& n) {
      return n.code == ir::op::symbol && m_.at(n.which).kind == ir::role::linked;
    });
  }

  static constexpr bool has_array(ir::symbol const& s) {
    bool const is_total = s.kind == ir::role::total && s.owner != ir::side::here;
    return is_stored(s.kind) || ir::is_elsewhere(s.kind) || is_total;
  }
  constexpr void lay_out() {
    where_ = layout(m_.symbols.size());
    for (int s = 0; s < m_.symbols.size(); ++s)
      if (has_array(m_.at(s))) where_.add_array(s);
    for (auto const& block : plan_.exact) {
      if (!block.per_element) continue;
      for (int const s : block.coefficient)
        if (s != ir::none) where_.add_array(s);
    }
    if (refractory_.last_spike() != ir::none)
      d_.last_spike = where_.array(refractory_.last_spike());
    if (refractory_.flag() != ir::none) d_.flag = where_.array(refractory_.flag());
    if (refractory_.steps() != ir::none)
      d_.refractory_steps = where_.scalar(ir::simplify(m_.nodes, refractory_.steps()));
  }

  /// The update, the same with the reset, and the reset alone.
  constexpr void draft_update() {
    ir::list<ir::assignment> update = refractory_.at(plan_.update, refractory_.in_update());
    if (m_.of_synapses) return draft_update_of_synapses(update);
    update.append(m_.with_update);
    add_written(update);
    ir::list<int> now(m_.symbols.size(), ir::none);
    for (auto const& u : update) now[u.symbol] = u.value;
    if (apart_) refractory_.store_flag(update);
    int const spike = apart_ ? ir::none : fires(now);
    ir::list<ir::assignment> const seen = refractory_.after_spike(spike, apart_);
    ir::list<ir::assignment> const reset = refractory_.at(m_.reset, m_.nodes.literal(0), m_.time());
    ir::list<ir::assignment> fused = update;
    if (spike != ir::none) add_reset(fused, reset, spike, now);
    update.append(seen);
    fused.append(seen);
    drafts_[0] = {{.when_executed = trigger::update, .when = update_}, update, spike};
    drafts_[1] = {{.when_executed = trigger::update_and_reset, .when = update_}, fused, spike};
    bool const links = writes_linked(m_, reset);
    drafts_[2] = {{.when_executed = trigger::reset, .when = reset_, .links = links}, reset};
  }
  /// What mechanisms write is made of the new values: first into their own variables, which begin
  /// with what the initial block says, then into their compartment.
  constexpr void add_written(ir::list<ir::assignment>& block, bool begins = false) {
    if (!begins) add_behind(block, written(false));
    add_behind(block, written(true));
  }
  constexpr ir::list<ir::assignment> written(bool into_compartment) const {
    ir::list<ir::assignment> all;
    for (auto const& s : m_.written)
      if ((m_.at(s.symbol).kind == ir::role::local) == into_compartment) all.push_back(s);
    return all;
  }
  /// Adds statements in terms of what the block has made.
  constexpr void add_behind(ir::list<ir::assignment>& block, ir::list<ir::assignment> behind) {
    if (behind.empty()) return;
    ir::list<int> now(m_.symbols.size(), ir::none), place = now;
    for (int k = 0; k < block.size(); ++k) {
      now[block[k].symbol] = block[k].value;
      place[block[k].symbol] = k;
    }
    ir::substitute(m_.nodes, behind, now);
    for (auto const& s : behind) {
      if (place[s.symbol] == ir::none)
        block.push_back(s);
      else
        block[place[s.symbol]] = s;
    }
  }
  constexpr void draft_mechanism() {
    ir::list<ir::assignment> initial = m_.initial;
    add_written(initial, true);
    drafts_.push_back(
        {{.when_executed = trigger::initialise, .when = {ir::slot::before_start, first_of_all}},
         initial});
    currents_.append(m_.with_currents);
    drafts_.push_back(
        {{.when_executed = trigger::current, .when = {ir::slot::groups, -1}}, currents_});
    for (int k = 0; k < ion_currents_.size(); ++k) {
      scheduled_kernel const place{
          .when_executed = trigger::ion_current, .which = k, .when = {ir::slot::groups, -1}};
      drafts_.push_back({place, ion_currents_[k]});
    }
  }
  /// Synapses come before the traces of their neurons: both are written in terms of the old values.
  constexpr void draft_update_of_synapses(ir::list<ir::assignment> const& update) {
    drafts_[0].place = {.when_executed = trigger::update, .when = update_};
    for (int which = 1; which < first_beside(); ++which)
      drafts_[which].place = {.when_executed = trigger::advance, .which = which, .when = update_};
    for (ir::assignment const& s : update) {
      ir::symbol const& x = m_.at(s.symbol);
      int which = x.kind == ir::role::trace ? static_cast<int>(x.owner) : 0;
      if (x.kind == ir::role::total) which = of_totals;
      drafts_[which].statements.push_back(s);
    }
  }
  /// Adds what happens to elements that fire to what happens to all.
  constexpr void add_reset(ir::list<ir::assignment>& update, ir::list<ir::assignment> reset,
                           int spike, ir::list<int> const& now) {
    ir::substitute(m_.nodes, reset, now);
    ir::list<int> place(m_.symbols.size(), ir::none);
    for (int k = 0; k < update.size(); ++k) place[update[k].symbol] = k;
    for (auto const& r : reset) {
      int const before = now[r.symbol] != ir::none ? now[r.symbol] : m_.nodes.symbol(r.symbol);
      ir::assignment const changed{r.symbol, m_.nodes.select(spike, r.value, before)};
      if (place[r.symbol] == ir::none)
        update.push_back(changed);
      else
        update[place[r.symbol]] = changed;
    }
  }
  /// Whether the element fires, judged by the state `now`.
  constexpr int fires(ir::list<int> now) {
    if (m_.threshold == ir::none) return ir::none;
    int const open = refractory_.at_threshold(apart_);
    refractory_.enter(now, open);
    int const above = ir::substitute(m_.nodes, m_.threshold, now);
    return open == ir::none ? above : m_.nodes.make(ir::op::logical_and, above, open);
  }

  /// Writes out what a kernel beside the update says of refractoriness.
  constexpr void write_out(kernel_draft& k) {
    int const open = refractory_.beside_update();
    switch (k.place.when_executed) {
    case trigger::threshold:
      k.spike = fires(ir::list<int>(m_.symbols.size(), ir::none));
      k.statements = refractory_.after_spike(k.spike, apart_);
      break;
    case trigger::check:
      k.spike = refractory_.at(m_.events[k.place.which].condition, open);
      break;
    default:
      k.statements = refractory_.at(k.statements, open);
      // What an event does goes through, as resets do; so do sums.
      bool const goes_through = k.place.when_executed == trigger::act || is_sum(k.place);
      if (!goes_through) freeze(k.statements, open);
    }
  }
  constexpr void freeze(ir::list<ir::assignment>& statements, int open) {
    for (auto& s : statements) {
      ir::symbol const x = m_.at(s.symbol);
      if (!x.frozen) continue;
      int const may_change = x.owner == ir::side::here ? open : open_at(x.owner);
      if (may_change != ir::none)
        s.value = m_.nodes.select(may_change, s.value, m_.nodes.symbol(s.symbol));
    }
  }
  /// Whether the neuron at one end of a synapse is not refractory.
  constexpr int open_at(ir::side end) {
    ir::symbol open = ir::builtin(ir::role::not_refractory);
    open.owner = end;
    return m_.nodes.symbol(m_.declare(open));
  }

  /// What one substep does. States are read from where the substeps before have left them.
  constexpr void draft_attempt(integrate::adaptive_states const& s) {
    ir::list<int> replacement(m_.symbols.size(), ir::none), roots = s.value;
    for (int k = 0; k < s.equations.size(); ++k) {
      int const state = m_.equations[s.equations[k]].symbol;
      replacement[state] = m_.nodes.symbol(s.result[k]);
      d_.adaptive_states.push_back(where_.array(state));
      where_.adaptive_results.push_back(s.result[k]);
    }
    where_.adaptive_results.push_back(s.next_length);
    roots.push_back(s.error);
    roots = ir::substitute(m_.nodes, roots, replacement);
    ir::list<ir::assignment> statements;
    for (int k = 0; k < roots.size(); ++k)
      statements.push_back({where_.adaptive_results[k], roots[k]});
    d_.adaptive.order = s.order;
    d_.adaptive.length = where_.array(s.length);
    d_.adaptive.dt = where_.scalar(m_.time_step());
    drafts_.push_back({{.when_executed = trigger::attempt, .when = update_},
                       refractory_.at(statements, refractory_.in_update())});
  }

  /// The periods of timed actions, and the subexpressions in terms of stored variables.
  constexpr void draft_named() {
    for (auto const& a : m_.actions)
      if (a.period != ir::none)
        named_.push_back(refractory_.at(a.period, refractory_.beside_update()));
    for (auto const& s : m_.subexpressions)
      named_.push_back(s.constant_over_dt ? m_.nodes.symbol(s.symbol)
                                          : refractory_.at(s.value, refractory_.beside_update()));
  }

  constexpr void enter_propagator(integrate::exact_block const& block) {
    recorded const matrix = d_.add(ir::record(m_.nodes, block.matrix));
    range const coefficients = append(d_.coefficients, block.coefficient);
    range const states{d_.propagated_states.size(), block.equations.size()};
    for (int const e : block.equations) d_.propagated_states.push_back(m_.equations[e].symbol);
    d_.propagators.push_back({.order = block.order,
                              .per_element = block.per_element,
                              .matrix = matrix,
                              .coefficients = coefficients,
                              .states = states});
    if (!block.per_element) return;
    ir::span<ir::node const> const all = d_.operations;
    for (ir::node const& n : all.from(matrix.operations.first))
      if (n.code == ir::op::symbol) d_.variables[n.which].fixed = true;
  }
  constexpr void enter_timing(ir::timed_action const& a) {
    int const period = a.period == ir::none ? ir::none : periods_++;
    d_.timings.push_back({period, append(d_.times, a.times)});
  }

  static constexpr int first_of_all = -1000000;

  ir::model& m_;
  integrate::plan const& plan_;
  derivation& d_;
  refractoriness refractory_;
  layout where_{0};
  ir::list<kernel_draft> drafts_;
  ir::list<int> named_, tested_;
  ir::list<ir::assignment> currents_;                ///< of a mechanism
  ir::list<ir::list<ir::assignment>> ion_currents_;  ///< of each of its ions
  bool apart_ = false;  ///< whether the threshold is a kernel of its own
  int periods_ = 0;
};

}  // namespace nernst::kernel::detail
