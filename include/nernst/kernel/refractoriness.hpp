// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/dependency.hpp>
#include <nernst/ir/rewrite.hpp>

namespace nernst::kernel::detail {

/// How a neuron is kept refractory, as variables and expressions of its model: for a fixed number
/// of steps by the engine, which knows who has fired and keeps a bit mask (`origin::open`); else by
/// the step of its last spike and a number of steps, or by a flag per element.
class refractoriness {
 public:
  constexpr explicit refractoriness(ir::model& m)
      : m_(m), open_symbol_(m.find(ir::role::not_refractory)),
        time_symbol_(m.find(ir::role::last_spike)) {
    if (!m.has_refractory()) return;
    bool const timed = m.refractory_time != ir::none, reads_time = time_symbol_ != ir::none;
    // Kernels read the mask for whole packs, which elements of mechanisms do not stand in.
    bool const fixed = timed && m.placed == ir::placement::nowhere &&
                       variation_of(m, m.refractory_time) == ir::variation::never;
    if (!fixed) flag_ = declare("_not_refractory", ir::role::state, {});
    if (timed && !fixed) {
      last_spike_ = declare("_last_spike", ir::role::state, {});
      step_ = m.nodes.symbol(declare("_step", ir::role::step, {}));
    }
    if (reads_time) {
      // Kept as it was: computed from a step it would differ by rounding, and t - lastspike is
      // often compared with whole steps.
      last_time_ = declare("_last_spike_time", ir::role::state, ir::units::second);
      last_time_node_ = m.nodes.symbol(last_time_);
    }
    if (fixed)
      enter_period();
    else if (timed)
      enter_time();
    else
      enter_condition();
  }

  /// The variables with the step of the last spike and with the flag; `none` where there is none.
  constexpr int last_spike() const { return last_spike_; }
  constexpr int flag() const { return flag_; }
  /// The length of refractoriness in steps, a node, where it is fixed.
  constexpr int steps() const { return steps_; }

  /// `not_refractory` as the update sees it; `none` in a model without a refractory period.
  constexpr int in_update() const { return open_; }
  /// Where the threshold is tested. One that stands apart finds the flag of this step stored.
  constexpr int at_threshold(bool apart) { return apart && has_flag() ? stored_flag() : open_; }
  /// As the other parts of a step see it: those before the update as the step before has left it,
  /// those behind the threshold as a spike has ended it, even where the period is shorter than a
  /// step.
  constexpr int beside_update() { return has_flag() ? stored_flag() : open_; }

  /// Statements with `not_refractory` (if it is given) and `lastspike` written out.
  constexpr ir::list<ir::assignment> at(ir::list<ir::assignment> block, int open) {
    return at(block, open, last_time_node_);
  }
  constexpr ir::list<ir::assignment> at(ir::list<ir::assignment> block, int open, int last_time) {
    if (open_symbol_ != ir::none || time_symbol_ != ir::none)
      ir::substitute(m_.nodes, block, meanings(open, last_time));
    return block;
  }
  constexpr int at(int root, int open) {
    if (open_symbol_ == ir::none && time_symbol_ == ir::none) return root;
    return ir::substitute(m_.nodes, root, meanings(open, last_time_node_));
  }
  /// Adds the meanings of `not_refractory` and `lastspike` to replacements of variables.
  constexpr void enter(ir::list<int>& replacement, int open) const {
    if (open_symbol_ != ir::none) replacement[open_symbol_] = open;
    if (time_symbol_ != ir::none) replacement[time_symbol_] = last_time_node_;
  }

  /// What the update keeps for a threshold that stands apart.
  constexpr void store_flag(ir::list<ir::assignment>& update) {
    if (has_flag()) update.push_back({flag_, number_of(open_)});
  }
  /// What a spike leaves behind, where `spike` says whether there was one.
  constexpr ir::list<ir::assignment> after_spike(int spike, bool apart) {
    ir::list<ir::assignment> result;
    ir::graph& g = m_.nodes;
    if (spike == ir::none) return result;
    if (last_spike_ != ir::none)
      result.push_back({last_spike_, g.select(spike, step_, g.symbol(last_spike_))});
    if (last_time_ != ir::none)
      result.push_back({last_time_, g.select(spike, m_.time(), g.symbol(last_time_))});
    if (!has_flag()) return result;
    int const silent = g.make(ir::op::logical_not, spike);
    result.push_back({flag_, number_of(g.make(ir::op::logical_and, at_threshold(apart), silent))});
    return result;
  }

 private:
  constexpr int declare(ir::string_view id, ir::role kind, ir::dimension unit) {
    return m_.declare({.id = id, .kind = kind, .unit = unit});
  }
  constexpr bool has_flag() const { return flag_ != ir::none; }

  constexpr void enter_period() {
    steps_ = count_steps();
    open_ = m_.not_refractory();
    open_symbol_ = m_.find(ir::role::not_refractory);
  }
  constexpr void enter_time() {
    int const since = m_.nodes.subtract(step_, m_.nodes.symbol(last_spike_));
    open_ = m_.nodes.make(ir::op::greater_equal, since, count_steps());
  }
  /// Brian 2's timestep(R, dt): whole steps, guarded against rounding by a thousandth of a step.
  constexpr int count_steps() {
    ir::graph& g = m_.nodes;
    int const dt = m_.time_step();
    int const guard = g.multiply(g.literal(1e-3), dt);
    int const period = at(m_.refractory_time, ir::none);
    return g.make(ir::op::floor, g.divide(g.add(period, guard), dt));
  }
  constexpr void enter_condition() {
    ir::graph& g = m_.nodes;
    int const flag = stored_flag();
    int const closed = at(m_.refractory_while, ir::none);
    open_ = g.make(ir::op::logical_or, flag, g.make(ir::op::logical_not, closed));
  }

  /// The flag as it is stored.
  constexpr int stored_flag() {
    return m_.nodes.make(ir::op::not_equal, m_.nodes.symbol(flag_), m_.nodes.literal(0));
  }
  constexpr int number_of(int condition) {
    return m_.nodes.select(condition, m_.nodes.literal(1), m_.nodes.literal(0));
  }
  constexpr ir::list<int> meanings(int open, int last_time) const {
    ir::list<int> replacement(m_.symbols.size(), ir::none);
    if (open_symbol_ != ir::none) replacement[open_symbol_] = open;
    if (time_symbol_ != ir::none) replacement[time_symbol_] = last_time;
    return replacement;
  }

  ir::model& m_;
  int open_symbol_, time_symbol_;  ///< not_refractory and lastspike, where the model reads them
  int last_spike_ = ir::none, last_time_ = ir::none, flag_ = ir::none;  ///< symbols
  int step_ = ir::none, last_time_node_ = ir::none, steps_ = ir::none;  ///< nodes
  int open_ = ir::none;
};

}  // namespace nernst::kernel::detail
