// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate.hpp>
#include <nernst/ir/dependency.hpp>
#include <nernst/ir/exprel.hpp>
#include <nernst/ir/resolve.hpp>
#include <nernst/ir/strength.hpp>
#include <nernst/kernel/facts.hpp>
#include <nernst/kernel/program.hpp>

namespace nernst::kernel {

/// Statements that one kernel executes, and the condition that it finds beside them.
struct kernel_body {
  std::vector<ir::assignment> statements;
  int spike = ir::none;
};

/// Everything that follows from the equations of a neuron: the method, the kernels, and where they
/// find their variables. A value, made by `derive_neuron` at run time, and by the compiler step by
/// step (see `neuron_code`).
struct neuron_derivation {
  ir::model model;
  ir::diagnosis mistake;
  /// Of what is constant over a step.
  std::vector<ir::assignment> held;
  integrate::choice method;
  std::vector<integrate::exact_block> exact;
  layout where;
  /// Update and threshold; the same with the reset of firing elements; the reset alone, of an
  /// element that has fired; then the extras.
  std::vector<kernel_body> bodies;
  std::vector<program> kernels;
  std::vector<extra> extras;
  /// How a neuron is kept refractory: by the step of its last spike and a number of steps that is a
  /// scalar, or by a flag per element.
  int last_spike = ir::none;
  int refractory_steps = ir::none;
  int flag = ir::none;
  /// Whether something is executed between the threshold and the reset that may see the difference.
  bool reset_waits = false, threshold_apart = false;
  /// For each timed action with a period the node of that; for each subexpression that of its
  /// value, in terms of stored variables.
  std::vector<int> periods, subexpressions;
  /// Where an integrator makes steps of its own: how, and the arrays of its states. Its kernel is
  /// the last one.
  substepping substeps;
  std::vector<int> advanced;
};

namespace detail {

class neuron_builder {
 public:
  constexpr explicit neuron_builder(neuron_derivation& d) : d_(d), m_(d.model) {}

  constexpr void build(integrate::plan const& plan) {
    d_.exact = plan.exact;
    enter_refractoriness();
    list_extras();
    lay_out();
    std::vector<ir::assignment> update = at(plan.update, not_refractory_);
    std::vector<int> now(m_.symbols.size(), ir::none);
    for (auto const& u : update) now[index(u.symbol)] = u.value;
    if (split_) store_flag(update);
    int spike = split_ ? ir::none : fires(now);
    std::vector<ir::assignment> bookkeeping = spikes_seen(spike);

    std::vector<ir::assignment> reset = at(m_.reset, m_.nodes.literal(0), m_.time()),
                                fused = update;
    if (spike != ir::none) enter_reset(fused, reset, spike, now);
    update.insert(update.end(), bookkeeping.begin(), bookkeeping.end());
    fused.insert(fused.end(), bookkeeping.begin(), bookkeeping.end());
    d_.bodies.reserve(4 + d_.extras.size());
    d_.bodies.push_back({update, spike});
    d_.bodies.push_back({fused, spike});
    d_.bodies.push_back({reset, ir::none});
    for (std::size_t k = 0; k < d_.extras.size(); ++k)
      d_.bodies.push_back(body_of(d_.extras[k], statements_[k]));
    if (!plan.adaptive.empty()) d_.bodies.push_back({attempt_of(plan.adaptive[0]), ir::none});

    for (auto const& a : m_.actions)
      if (a.period != ir::none) d_.periods.push_back(at(a.period, not_refractory_before()));
    for (auto const& s : m_.subexpressions)
      d_.subexpressions.push_back(s.constant_over_dt ? m_.nodes.symbol(s.symbol)
                                                     : at(s.value, not_refractory_before()));
  }

 private:
  static constexpr std::size_t index(int i) { return static_cast<std::size_t>(i); }
  constexpr int value_of(std::vector<int> const& now, int symbol) {
    return now[index(symbol)] != ir::none ? now[index(symbol)] : m_.nodes.symbol(symbol);
  }
  /// Adds what happens to elements that fire to what happens to all.
  constexpr void enter_reset(std::vector<ir::assignment>& update, std::vector<ir::assignment> reset,
                             int spike, std::vector<int> const& now) {
    ir::substitute(m_.nodes, reset, now);
    std::vector<int> place(m_.symbols.size(), ir::none);
    for (std::size_t k = 0; k < update.size(); ++k)
      place[index(update[k].symbol)] = static_cast<int>(k);
    for (auto const& r : reset) {
      ir::assignment const changed{r.symbol,
                                   m_.nodes.select(spike, r.value, value_of(now, r.symbol))};
      int const k = place[index(r.symbol)];
      if (k != ir::none)
        update[index(k)] = changed;
      else
        update.push_back(changed);
    }
  }

  constexpr void enter_refractoriness() {
    int const read = m_.find("lastspike");
    if (!m_.has_refractory()) return;
    bool const timed = m_.refractory_time != ir::none;
    if (timed || read != ir::none)
      last_spike_ = m_.declare({"_last_spike", ir::role::state, ir::side::here, {}});
    bool const constant =
        timed && ir::variation_of(m_, m_.refractory_time) == ir::variation::constant;
    if (!constant) flag_ = m_.declare({"_not_refractory", ir::role::state, ir::side::here, {}});
    ir::graph& g = m_.nodes;
    step_ = g.symbol(m_.declare({"_step", ir::role::step, ir::side::here, {}}));
    if (read != ir::none) {
      // Kept as it was: computed from a step it would differ by rounding, and t - lastspike is
      // often compared with whole steps.
      last_time_ =
          m_.declare({"_last_spike_time", ir::role::state, ir::side::here, ir::units::second});
      last_spike_time_ = g.symbol(last_time_);
    }
    if (timed) {
      // Brian 2's timestep(R, dt): whole steps, guarded against rounding by a thousandth of a step.
      int const dt = m_.time_step();
      int const guard = g.multiply(g.literal(1e-3), dt);
      int const period = at(m_.refractory_time, ir::none);
      refractory_steps_ = g.make(ir::op::floor, g.divide(g.add(period, guard), dt));
      not_refractory_ = g.make(ir::op::greater_equal, g.subtract(step_, g.symbol(last_spike_)),
                               refractory_steps_);
    } else {
      not_refractory_ = g.make(ir::op::logical_or, stored_flag(),
                               g.make(ir::op::logical_not, at(m_.refractory_while, ir::none)));
    }
  }
  /// The flag as it is stored.
  constexpr int stored_flag() {
    return m_.nodes.make(ir::op::not_equal, m_.nodes.symbol(flag_), m_.nodes.literal(0));
  }
  /// `not_refractory` where the threshold is tested: that of this step, which a threshold on its
  /// own finds stored.
  constexpr int not_refractory_at_threshold() {
    return split_ && flag_ != ir::none ? stored_flag() : not_refractory_;
  }

  /// `not_refractory` as the parts of a step see it that come after the threshold: a spike ends it
  /// at once, even where the refractory period is shorter than a step.
  constexpr int not_refractory_after() {
    ir::graph& g = m_.nodes;
    if (not_refractory_ == ir::none) return ir::none;
    if (flag_ != ir::none) return stored_flag();
    return g.make(ir::op::greater_equal, g.subtract(step_, g.symbol(last_spike_)),
                  g.make(ir::op::maximum, refractory_steps_, g.literal(1)));
  }
  /// The same for the parts that come before the update: what the step before has left.
  constexpr int not_refractory_before() {
    ir::graph& g = m_.nodes;
    if (not_refractory_ == ir::none || flag_ != ir::none) return not_refractory_after();
    return g.make(ir::op::greater_equal,
                  g.subtract(g.subtract(step_, g.literal(1)), g.symbol(last_spike_)),
                  g.make(ir::op::maximum, refractory_steps_, g.literal(1)));
  }

  constexpr void list_extras() {
    add_extra({purpose::held, ir::none, {ir::slot::before_start, -1000000}}, d_.held);
    for (std::size_t k = 0; k < m_.actions.size(); ++k)
      add_action({purpose::timed, static_cast<int>(k), m_.actions[k].when},
                 m_.actions[k].statements);
    constexpr ir::instant update{ir::slot::groups, 0}, threshold{ir::slot::thresholds, 0},
        reset{ir::slot::resets, 0};
    auto const before_threshold = [&](ir::instant when) {
      return when >= update && when < threshold;
    };
    for (auto const& e : d_.extras) {
      split_ = split_ || before_threshold(e.when);
      d_.reset_waits = d_.reset_waits || (e.when >= update && e.when < reset);
    }
    for (auto const& e : m_.events)
      split_ = split_ || before_threshold(e.check) || before_threshold(e.act);
    // By then all populations have been updated.
    if (m_.threshold != ir::none)
      for (int const i : ir::schedule(m_.nodes, std::span<int const>(&m_.threshold, 1)))
        split_ = split_ || (m_.nodes[i].code == ir::op::symbol &&
                            m_.at(m_.nodes[i].a).kind == ir::role::linked);
    split_ = split_ && m_.threshold != ir::none;
    if (split_) {
      d_.extras.push_back({purpose::threshold, ir::none, threshold});
      statements_.push_back({});
    }
    for (std::size_t k = 0; k < m_.events.size(); ++k) {
      auto const& e = m_.events[k];
      d_.extras.push_back({purpose::check, static_cast<int>(k), e.check});
      statements_.push_back({});
      add_extra({purpose::act, static_cast<int>(k), e.act}, e.action);
      d_.reset_waits = true;
    }
    for (auto const& r : m_.reset)
      d_.reset_waits = d_.reset_waits || m_.at(r.symbol).kind == ir::role::linked;
    d_.reset_waits = d_.reset_waits || split_;
    d_.threshold_apart = split_;
  }
  /// A random number in a statement that writes a shared variable is one for all elements, also
  /// where another statement reads that variable: it is drawn before.
  constexpr void add_action(extra const& e, std::vector<ir::assignment> block) {
    auto is_shared = [this](ir::assignment const& s) {
      return m_.at(s.symbol).kind == ir::role::shared_state;
    };
    auto number = [](ir::node const& n) { return ir::operands(n.code) == 0 ? n.a : n.tag; };
    std::vector<int> drawn(index(m_.draws), ir::none), all, shared;
    for (auto const& s : block) {
      all.push_back(s.value);
      if (is_shared(s)) shared.push_back(s.value);
    }
    std::vector<ir::assignment> before;
    if (!shared.empty() && shared.size() < all.size())
      for (int const i : ir::schedule(m_.nodes, shared)) {
        ir::node const n = m_.nodes[i];
        if (!ir::is_random(n.code)) continue;
        ir::basic_text<31> id("_draw_");
        int const s = m_.declare(
            {ir::name(id.append(number(n)).view()), ir::role::shared_state, ir::side::here, {}});
        drawn[index(number(n))] = m_.nodes.symbol(s);
        before.push_back({s, i});
      }
    if (!before.empty()) {
      add_extra(e, before);
      all = ir::rebuild(m_.nodes, all, [&](int i, ir::node const& n) {
        if (ir::is_random(n.code) && drawn[index(number(n))] != ir::none)
          return drawn[index(number(n))];
        return ir::operands(n.code) == 0 ? i : m_.nodes.make(n);
      });
      for (std::size_t k = 0; k < block.size(); ++k) block[k].value = all[k];
    }
    add_extra(e, block);
  }
  /// Statements that write shared variables are a kernel of their own. It comes last, as the others
  /// are written in terms of the old values; but what elements hold over a step reads what is held
  /// for all.
  constexpr void add_extra(extra e, std::vector<ir::assignment> const& statements) {
    bool const shared_first = e.what == purpose::held;
    for (bool const for_all : {shared_first, !shared_first}) {
      std::vector<ir::assignment> some;
      for (auto const& s : statements)
        if ((m_.at(s.symbol).kind == ir::role::shared_state) == for_all) some.push_back(s);
      if (some.empty()) continue;
      e.for_all = for_all;
      e.links = false;
      for (auto const& s : some) e.links = e.links || m_.at(s.symbol).kind == ir::role::linked;
      d_.extras.push_back(e);
      statements_.push_back(some);
    }
  }

  constexpr void lay_out() {
    d_.where.elementwise.assign(m_.symbols.size(), 0);
    auto add = [&](int s) {
      if (d_.where.elementwise[index(s)] != 0) return;
      d_.where.elementwise[index(s)] = 1;
      d_.where.arrays.push_back(s);
    };
    for (int s = 0; s < static_cast<int>(m_.symbols.size()); ++s) {
      ir::role const kind = m_.at(s).kind;
      if (kind == ir::role::state || kind == ir::role::parameter || kind == ir::role::linked)
        add(s);
    }
    for (auto const& block : d_.exact)
      if (block.per_element)
        for (int const s : block.coefficient)
          if (s != ir::none) add(s);
    if (last_spike_ != ir::none) d_.last_spike = d_.where.array(last_spike_);
    if (flag_ != ir::none)
      d_.flag = d_.where.array(flag_);
    else if (last_spike_ != ir::none)
      d_.refractory_steps =
          d_.where.scalar(ir::simplify(m_.nodes, std::array<int, 1>{refractory_steps_})[0]);
  }

  /// What one substep does. States are read from where the substeps before have left them.
  constexpr std::vector<ir::assignment> attempt_of(integrate::substeps const& s) {
    std::vector<int> replacement(m_.symbols.size(), ir::none), roots = s.value;
    std::vector<ir::assignment> result;
    for (std::size_t k = 0; k < s.equations.size(); ++k) {
      int const state = m_.equations[index(s.equations[k])].symbol;
      replacement[index(state)] = m_.nodes.symbol(s.advanced[k]);
      d_.advanced.push_back(d_.where.array(state));
      d_.where.advanced.push_back(s.advanced[k]);
    }
    d_.where.advanced.push_back(s.next_length);
    roots.push_back(s.error);
    roots = ir::substitute(m_.nodes, roots, replacement);
    for (std::size_t k = 0; k < roots.size(); ++k)
      result.push_back({d_.where.advanced[k], roots[k]});
    d_.substeps = {3 + static_cast<int>(d_.extras.size()), s.order, d_.where.array(s.length),
                   d_.where.scalar(m_.time_step())};
    return at(result, not_refractory_);
  }

  /// Statements with `not_refractory` (if it is given) and `lastspike` written out.
  constexpr std::vector<ir::assignment> at(std::vector<ir::assignment> block, int not_refractory,
                                           int last_spike = ir::none) {
    if (last_spike == ir::none) last_spike = last_spike_time_;
    int const flag = m_.find("not_refractory"), time = m_.find("lastspike");
    if (flag == ir::none && time == ir::none) return block;
    std::vector<int> replacement(m_.symbols.size(), ir::none);
    if (flag != ir::none) replacement[index(flag)] = not_refractory;
    if (time != ir::none) replacement[index(time)] = last_spike;
    ir::substitute(m_.nodes, block, replacement);
    return block;
  }
  constexpr int at(int root, int not_refractory) {
    std::vector<ir::assignment> const one =
        at(std::vector<ir::assignment>{{ir::none, root}}, not_refractory);
    return one[0].value;
  }

  constexpr kernel_body body_of(extra const& e, std::vector<ir::assignment> const& statements) {
    ir::graph& g = m_.nodes;
    int const open = e.when < ir::instant{ir::slot::groups, 0} ? not_refractory_before()
                                                               : not_refractory_after();
    switch (e.what) {
    case purpose::threshold: {
      int const spike = fires(std::vector<int>(m_.symbols.size(), ir::none));
      return {spikes_seen(spike), spike};
    }
    case purpose::check:
      return {{}, at(m_.events[index(e.which)].condition, open)};
    default: {
      std::vector<ir::assignment> result = at(statements, open);
      // What an event does goes through, as resets do.
      if (open == ir::none || e.what == purpose::act) return {result, ir::none};
      for (auto& s : result)
        for (auto const& equation : m_.equations)
          if (equation.symbol == s.symbol && equation.unless_refractory)
            s.value = g.select(open, s.value, g.symbol(s.symbol));
      return {result, ir::none};
    }
    }
  }

  /// Whether the element fires, judged by the new state. Where the threshold stands alone the flag
  /// is that of this step.
  constexpr int fires(std::vector<int> now) {
    if (m_.threshold == ir::none) return ir::none;
    int const open = not_refractory_at_threshold();
    int const flag = m_.find("not_refractory"), time = m_.find("lastspike");
    if (flag != ir::none) now[index(flag)] = open;
    if (time != ir::none) now[index(time)] = last_spike_time_;
    int const above = ir::substitute(m_.nodes, m_.threshold, now);
    return open == ir::none ? above : m_.nodes.make(ir::op::logical_and, above, open);
  }

  constexpr void store_flag(std::vector<ir::assignment>& update) {
    ir::graph& g = m_.nodes;
    if (flag_ != ir::none)
      update.push_back({flag_, g.select(not_refractory_, g.literal(1), g.literal(0))});
  }
  /// What a spike leaves behind for refractoriness.
  constexpr std::vector<ir::assignment> spikes_seen(int spike) {
    std::vector<ir::assignment> result;
    ir::graph& g = m_.nodes;
    if (spike == ir::none) return result;
    if (last_spike_ != ir::none)
      result.push_back({last_spike_, g.select(spike, step_, g.symbol(last_spike_))});
    if (last_time_ != ir::none)
      result.push_back({last_time_, g.select(spike, m_.time(), g.symbol(last_time_))});
    if (flag_ != ir::none) {
      int const stays = g.make(ir::op::logical_and, not_refractory_at_threshold(),
                               g.make(ir::op::logical_not, spike));
      result.push_back({flag_, g.select(stays, g.literal(1), g.literal(0))});
    }
    return result;
  }

  neuron_derivation& d_;
  ir::model& m_;
  std::vector<std::vector<ir::assignment>> statements_;  ///< of the extras
  bool split_ = false;
  int last_spike_ = ir::none, last_time_ = ir::none, flag_ = ir::none, refractory_steps_ = ir::none,
      not_refractory_ = ir::none, step_ = ir::none, last_spike_time_ = ir::none;
};

/// Checks a model and brings it into the form that integrators work on. Returns the statements that
/// hold values over a step.
constexpr std::vector<ir::assignment> normalise(ir::model& m, ir::diagnosis& mistake) {
  {
    ir::checker c(m);
    c.run();
    mistake = c.found();
    if (!mistake.ok()) return {};
    ir::resolve_types(m, c);
  }
  ir::held_values held = ir::inline_subexpressions(m);
  mistake = held.mistake;
  if (!mistake.ok()) return {};
  ir::renumber(m, held.statements);
  ir::simplify(m);
  ir::use_exprel(m);
  return held.statements;
}

}  // namespace detail

// The steps of `derive_neuron`, each on what the one before has left. After a mistake there is
// none.

constexpr void normalise(neuron_derivation& d) {
  d.held = detail::normalise(d.model, d.mistake);
}
/// `Own` is the user's own integration method, or void.
template <class Own>
constexpr void integrate_equations(neuron_derivation& d) {
  if constexpr (std::is_void_v<Own>)
    d.method = integrate::choose(d.model);
  else
    d.method = integrate::choose<Own>(d.model);
  d.mistake = d.method.diagnosis;
  if (d.mistake.ok()) detail::neuron_builder(d).build(integrate::integrate(d.model, d.method));
}
/// The expressions of all kernels at once: what they share stays shared. What is computed outside
/// of kernels does not count, so that names for parts of an equation change nothing.
constexpr void optimise(neuron_derivation& d) {
  std::vector<int> roots;
  for (auto const& b : d.bodies) {
    roots.push_back(b.spike);
    for (auto const& s : b.statements) roots.push_back(s.value);
  }
  std::vector<char> often;
  for (int s = 0; s < static_cast<int>(d.model.symbols.size()); ++s)
    often.push_back(d.where.frequency(s, d.model.at(s).kind));
  roots = ir::reduce_strength(d.model, ir::use_exprel(d.model, roots), often);
  int const* next = roots.data();
  for (auto& b : d.bodies) {
    b.spike = *next++;
    for (auto& s : b.statements) s.value = *next++;
  }
  d.periods = ir::simplify(d.model.nodes, d.periods);
  d.subexpressions = ir::simplify(d.model.nodes, d.subexpressions);
  d.model.reset = d.bodies[reset].statements;
}
/// The program of one kernel. All are made in order: each may add scalars.
constexpr program program_of(neuron_derivation& d, int kernel) {
  auto const& b = d.bodies[static_cast<std::size_t>(kernel)];
  int const k = kernel - first_extra;
  bool const once = k >= 0 && k < static_cast<int>(d.extras.size()) &&
                    d.extras[static_cast<std::size_t>(k)].for_all;
  return make_program(d.model, d.where, b.statements, b.spike,
                      once ? prologue::without : prologue::with);
}

/// Derives the kernels of a neuron. When `mistake` is set the rest is empty.
template <class Own = void>
constexpr neuron_derivation derive_neuron(ir::model m) {
  neuron_derivation d;
  d.model = std::move(m);
  normalise(d);
  if (d.mistake.ok()) integrate_equations<Own>(d);
  if (!d.mistake.ok()) return d;
  optimise(d);
  for (int k = 0; k < static_cast<int>(d.bodies.size()); ++k) d.kernels.push_back(program_of(d, k));
  return d;
}

/// Everything that follows from the description of a synapse: one program per pathway, for one
/// synapse at a time. Variables of the two neurons and of the synapse are arrays in the order of
/// `where.arrays`.
struct synapse_derivation {
  ir::model model;
  ir::diagnosis mistake;
  layout where;
  std::vector<program> pathways;
};

constexpr synapse_derivation derive_synapse(ir::model m) {
  synapse_derivation d;
  d.model = std::move(m);
  detail::normalise(d.model, d.mistake);
  if (!d.mistake.ok()) return d;
  d.where.elementwise.assign(d.model.symbols.size(), 0);
  for (int s = 0; s < static_cast<int>(d.model.symbols.size()); ++s) {
    ir::role const kind = d.model.at(s).kind;
    if (kind != ir::role::state && kind != ir::role::parameter) continue;
    d.where.elementwise[static_cast<std::size_t>(s)] = 1;
    d.where.arrays.push_back(s);
  }
  for (auto const& p : d.model.pathways)
    d.pathways.push_back(make_program(d.model, d.where, p.statements, ir::none, prologue::without));
  return d;
}

}  // namespace nernst::kernel
