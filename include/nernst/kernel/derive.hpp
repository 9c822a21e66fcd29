// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate.hpp>
#include <nernst/ir/check.hpp>
#include <nernst/ir/dependency.hpp>
#include <nernst/kernel/program.hpp>

namespace nernst::kernel {

/// Everything that follows from the equations of a neuron: the method, the kernels, and where they find their variables. A value, made by
/// `derive` in constant evaluation for the compiled kernels and once more at run time for what is computed once per run.
struct neuron_derivation {
  ir::model model;
  ir::diagnosis mistake;
  integrate::choice method;
  std::vector<integrate::exact_block> exact;
  layout where;
  /// Update and threshold; the same with the reset of firing elements; the reset alone, of an element that has fired.
  program update, update_and_reset, reset;
  /// How a neuron is kept refractory: by the step of its last spike and a number of steps that is a scalar, or by a flag per element.
  int last_spike = ir::none;
  int refractory_steps = ir::none;
  int flag = ir::none;
  /// Arrays that synapses may not write while the neuron is refractory.
  std::vector<int> frozen;
};

namespace detail {

class neuron_builder {
 public:
  constexpr explicit neuron_builder(neuron_derivation& d) : d_(d), m_(d.model) {}

  constexpr void build(integrate::plan const& plan) {
    d_.exact = plan.exact;
    enter_refractoriness();
    lay_out();
    std::vector<int> now(m_.symbols.size(), ir::none);
    for (auto const& u : plan.update) now[index(u.symbol)] = u.value;
    std::vector<ir::assignment> update = with_not_refractory(plan.update);
    for (auto const& u : update) now[index(u.symbol)] = u.value;
    int spike = fires(now);
    std::vector<ir::assignment> bookkeeping = spikes_seen(spike);

    std::vector<ir::assignment> fused = update;
    if (spike != ir::none)
      for (auto const& r : after_update(now)) merge(fused, {r.symbol, m_.nodes.select(spike, r.value, value_of(now, r.symbol))});
    update.insert(update.end(), bookkeeping.begin(), bookkeeping.end());
    fused.insert(fused.end(), bookkeeping.begin(), bookkeeping.end());
    simplify(update, fused, m_.reset, spike);
    d_.update = make_program(m_, d_.where, update, spike);
    if (spike == ir::none)
      d_.update_and_reset = d_.update;
    else
      d_.update_and_reset = make_program(m_, d_.where, fused, spike);
    d_.reset = make_program(m_, d_.where, m_.reset);
    for (auto const& e : m_.equations)
      if (e.unless_refractory) d_.frozen.push_back(d_.where.array(e.symbol));
  }

 private:
  static constexpr std::size_t index(int i) { return static_cast<std::size_t>(i); }
  constexpr int value_of(std::vector<int> const& now, int symbol) {
    return now[index(symbol)] != ir::none ? now[index(symbol)] : m_.nodes.symbol(symbol);
  }
  static constexpr void merge(std::vector<ir::assignment>& into, ir::assignment a) {
    for (auto& old : into)
      if (old.symbol == a.symbol) {
        old = a;
        return;
      }
    into.push_back(a);
  }

  constexpr void enter_refractoriness() {
    if (!m_.has_refractory()) return;
    bool const timed = m_.refractory_time != ir::none;
    if (timed) last_spike_ = m_.declare({"_last_spike", ir::role::state, ir::side::here, {}});
    bool const constant = timed && ir::variation_of(m_, m_.refractory_time) == ir::variation::constant;
    if (!constant) flag_ = m_.declare({"_not_refractory", ir::role::state, ir::side::here, {}});
    ir::graph& g = m_.nodes;
    if (timed) {
      // Brian 2's timestep(R, dt): whole steps, guarded against rounding by a thousandth of a step.
      int const dt = m_.time_step();
      int const guard = g.multiply(g.literal(1e-3), dt);
      refractory_steps_ = g.make(ir::op::floor, g.divide(g.add(m_.refractory_time, guard), dt));
      int const step = g.symbol(m_.declare({"_step", ir::role::step, ir::side::here, {}}));
      not_refractory_ = g.make(ir::op::greater_equal, g.subtract(step, g.symbol(last_spike_)), refractory_steps_);
    } else {
      not_refractory_ = g.make(ir::op::logical_or, g.make(ir::op::not_equal, g.symbol(flag_), g.literal(0)),
                               g.make(ir::op::logical_not, m_.refractory_while));
    }
  }

  constexpr void lay_out() {
    d_.where.elementwise.assign(m_.symbols.size(), 0);
    auto add = [&](int s) {
      if (d_.where.elementwise[index(s)] != 0) return;
      d_.where.elementwise[index(s)] = 1;
      d_.where.arrays.push_back(s);
    };
    for (int s = 0; s < static_cast<int>(m_.symbols.size()); ++s)
      if (m_.at(s).kind == ir::role::state || m_.at(s).kind == ir::role::parameter) add(s);
    for (auto const& block : d_.exact)
      if (block.per_element)
        for (int const s : block.coefficient)
          if (s != ir::none) add(s);
    if (last_spike_ != ir::none) d_.last_spike = d_.where.array(last_spike_);
    if (flag_ != ir::none)
      d_.flag = d_.where.array(flag_);
    else if (last_spike_ != ir::none)
      d_.refractory_steps = d_.where.scalar(ir::simplify(m_.nodes, std::array<int, 1>{refractory_steps_})[0]);
  }

  constexpr std::vector<ir::assignment> with_not_refractory(std::vector<ir::assignment> update) {
    int const symbol = m_.find("not_refractory");
    if (symbol == ir::none || not_refractory_ == ir::none) return update;
    std::vector<int> replacement(m_.symbols.size(), ir::none), roots;
    replacement[index(symbol)] = not_refractory_;
    for (auto const& u : update) roots.push_back(u.value);
    roots = ir::substitute(m_.nodes, roots, replacement);
    for (std::size_t i = 0; i < roots.size(); ++i) update[i].value = roots[i];
    return update;
  }

  /// Whether the element fires, judged by the new state.
  constexpr int fires(std::vector<int> now) {
    if (m_.threshold == ir::none) return ir::none;
    int const symbol = m_.find("not_refractory");
    if (symbol != ir::none) now[index(symbol)] = not_refractory_;
    int const above = ir::substitute(m_.nodes, std::array<int, 1>{m_.threshold}, now)[0];
    return not_refractory_ == ir::none ? above : m_.nodes.make(ir::op::logical_and, above, not_refractory_);
  }

  constexpr std::vector<ir::assignment> after_update(std::vector<int> const& now) {
    std::vector<int> roots;
    for (auto const& r : m_.reset) roots.push_back(r.value);
    roots = ir::substitute(m_.nodes, roots, now);
    std::vector<ir::assignment> result = m_.reset;
    for (std::size_t i = 0; i < roots.size(); ++i) result[i].value = roots[i];
    return result;
  }

  /// What a spike leaves behind for refractoriness.
  constexpr std::vector<ir::assignment> spikes_seen(int spike) {
    std::vector<ir::assignment> result;
    ir::graph& g = m_.nodes;
    if (spike == ir::none) return result;
    if (last_spike_ != ir::none) result.push_back({last_spike_, g.select(spike, g.symbol(m_.find("_step")), g.symbol(last_spike_))});
    if (flag_ != ir::none) {
      int const stays = g.make(ir::op::logical_and, not_refractory_, g.make(ir::op::logical_not, spike));
      result.push_back({flag_, g.select(stays, g.literal(1), g.literal(0))});
    }
    return result;
  }

  /// All at once: what they share is simplified once.
  constexpr void simplify(std::vector<ir::assignment>& a, std::vector<ir::assignment>& b, std::vector<ir::assignment>& c, int& spike) {
    std::vector<int> roots{spike};
    roots.reserve(a.size() + b.size() + c.size() + 1);
    for (auto const* block : {&a, &b, &c})
      for (auto const& s : *block) roots.push_back(s.value);
    roots = ir::simplify(m_.nodes, roots);
    int const* next = roots.data();
    spike = *next++;
    for (auto* block : {&a, &b, &c})
      for (auto& s : *block) s.value = *next++;
  }

  neuron_derivation& d_;
  ir::model& m_;
  int last_spike_ = ir::none, flag_ = ir::none, refractory_steps_ = ir::none, not_refractory_ = ir::none;
};

}  // namespace detail

/// Derives the kernels of a neuron. `Own` is the user's own integration method, or void. When `mistake` is set the rest is empty.
template <class Own = void>
constexpr neuron_derivation derive_neuron(ir::model m) {
  neuron_derivation d;
  d.mistake = ir::check(m);
  d.model = std::move(m);
  if (!d.mistake.ok()) return d;
  ir::simplify(d.model);
  if constexpr (std::is_void_v<Own>)
    d.method = integrate::choose(d.model);
  else
    d.method = integrate::choose<Own>(d.model);
  d.mistake = d.method.diagnosis;
  if (!d.mistake.ok()) return d;
  detail::neuron_builder(d).build(integrate::integrate(d.model, d.method));
  return d;
}

/// Everything that follows from the description of a synapse: one program per pathway, for one synapse at a time. Variables of the two
/// neurons and of the synapse are arrays in the order of `where.arrays`.
struct synapse_derivation {
  ir::model model;
  ir::diagnosis mistake;
  layout where;
  std::vector<program> pathways;
};

constexpr synapse_derivation derive_synapse(ir::model m) {
  synapse_derivation d;
  d.mistake = ir::check(m);
  d.model = std::move(m);
  if (!d.mistake.ok()) return d;
  ir::simplify(d.model);
  d.where.elementwise.assign(d.model.symbols.size(), 0);
  for (int s = 0; s < static_cast<int>(d.model.symbols.size()); ++s) {
    ir::role const kind = d.model.at(s).kind;
    if (kind != ir::role::state && kind != ir::role::parameter) continue;
    d.where.elementwise[static_cast<std::size_t>(s)] = 1;
    d.where.arrays.push_back(s);
  }
  for (auto const& p : d.model.pathways) d.pathways.push_back(make_program(d.model, d.where, p.statements));
  return d;
}

}  // namespace nernst::kernel
