// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/symbol.hpp>

#include "population.hpp"
#include <algorithm>
#include <map>
#include <utility>

namespace reference {

/// Some neurons of a population.
struct part {
  population* of = nullptr;
  std::vector<std::uint32_t> neurons = {};

  bool has(std::uint32_t n) const {
    return std::find(neurons.begin(), neurons.end(), n) != neurons.end();
  }
  /// The number of a neuron among them.
  double number_of(std::uint32_t n) const {
    return static_cast<double>(std::find(neurons.begin(), neurons.end(), n) - neurons.begin());
  }
};

/// What synapses do when a spike arrives: a queue, from the step of arrival to the synapses that it
/// arrives at.
struct pathway {
  int kernel, event;  ///< -1 for spikes
  part const* from;
  std::vector<std::vector<std::uint32_t>> synapses;  ///< by neuron, in the order of creation
  std::vector<double> seconds;                       ///< one delay, or that of each
  std::vector<std::int64_t> steps;                   ///< of each
  std::int64_t seen;                                 ///< what was fired up to there is in the queue
  std::map<std::int64_t, std::vector<std::uint32_t>> queue = {};

  /// Enters what was fired since; `step` is the one that delays count from.
  void push(std::int64_t step) {
    occurrence const& had = from->of->latest(event);
    if (had.made <= seen) return;
    seen = had.made;
    for (std::uint32_t const n : had.neurons) {
      if (!from->has(n)) continue;
      for (std::uint32_t const s : synapses[n]) queue[step + steps[s]].push_back(s);
    }
  }
  void count_steps(std::size_t synapses_in_all, double dt) {
    steps.assign(synapses_in_all, 0);
    for (std::size_t s = 0; s < synapses_in_all; ++s)
      steps[s] = static_cast<std::int64_t>(seconds[seconds.size() == 1 ? 0 : s] / dt + 0.5);
  }
};

/// Synapses of one model, in the order in which they were made.
class projection : public group {
 public:
  projection(kernel::compiled_model const& model, std::uint32_t object, part source, part target,
             std::vector<std::int32_t> const& i, std::vector<std::int32_t> const& j,
             std::int64_t made)
      : group(model, static_cast<std::uint32_t>(i.size()), object), source_(source),
        target_(target) {
    for (std::size_t s = 0; s < i.size(); ++s) {
      i_.push_back(source.neurons[static_cast<std::size_t>(i[s])]);
      j_.push_back(target.neurons[static_cast<std::size_t>(j[s])]);
    }
    for (int k = 0; k < model.kernels.size(); ++k)
      if (model.kernels[k].when_executed == kernel::trigger::pathway) enter_pathway(k, made);
    count_neighbours();
  }
  projection(projection const&) = delete;

  std::vector<pathway>& pathways() { return pathways_; }
  pathway& pathway_of(int kernel) {
    for (pathway& p : pathways_)
      if (p.kernel == kernel) return p;
    throw std::logic_error("reference: no such pathway");
  }

  Real& place(int array, std::uint32_t synapse) override {
    int const s = symbol_of_array(array);
    ir::symbol const& v = model().variables[s].symbol;
    if (v.owner == ir::side::here || v.kind == ir::role::trace) return values(s)[synapse];
    if (v.kind == ir::role::total) return totals_[s][neuron(v.owner, synapse)];
    population& there = *end_of(v.owner).of;
    return there.values(there.model().find(v.id))[neuron(v.owner, synapse)];
  }
  double& shared(int symbol) override {
    ir::symbol const& v = model().variables[symbol].symbol;
    if (v.owner == ir::side::here) return group::shared(symbol);
    population& there = *end_of(v.owner).of;
    return there.shared(there.model().find(v.id));
  }
  Real index(std::uint32_t synapse) const override {
    return static_cast<Real>(source_.number_of(i_[synapse]));
  }
  Real neighbour(int symbol, std::uint32_t synapse) const override {
    ir::symbol const& v = model().variables[symbol].symbol;
    part const& end = end_of(v.owner);
    std::uint32_t const n = neuron(v.owner, synapse);
    if (v.kind == ir::role::index) return static_cast<Real>(end.number_of(n));
    return static_cast<Real>(v.kind == ir::role::not_refractory ? end.of->is_open(n)
                                                                : end.of->last_spike(n));
  }

  /// Executes a kernel of target neurons.
  void execute_for_targets(kernel::scheduled_kernel const& k, moment const& now) {
    by_neuron_ = true;
    for (std::uint32_t const n : target_.neurons) execute_one(k, n, now);
    by_neuron_ = false;
  }
  /// Lets act what arrives in this step.
  void deliver(int kernel, moment const& now) {
    pathway& p = pathway_of(kernel);
    p.push(now.step);
    auto const arriving = p.queue.find(now.step);
    if (arriving == p.queue.end()) return;
    int const traces = model().find(kernel::trigger::trace, model().kernels[kernel].which);
    for (std::uint32_t const s : arriving->second) {
      if (traces != ir::none) execute_one(model().kernels[traces], s, now);
      execute_one(model().kernels[kernel], s, now);
    }
    p.queue.erase(arriving);
  }
  /// The neurons that a sum is made for.
  group const& summed(kernel::scheduled_kernel const& k) const {
    int const s = kernel::written_by(model(), k);
    return *end_of(model().variables[s].symbol.owner).of;
  }
  /// Sets a variable of the neurons to zero, then adds to it synapse after synapse.
  void add_up(kernel::scheduled_kernel const& k, moment const& now) {
    int const s = symbol_of_array(model().stores(k)[0].array);
    ir::side const side = model().variables[s].symbol.owner;
    part const& end = end_of(side);
    std::vector<Real>& sum = end.of->values(end.of->model().find(model().variables[s].symbol.id));
    for (std::uint32_t const n : end.neurons) sum[n] = 0;
    for (std::uint32_t e = 0; e < size(); ++e) {
      Real const x = kernels().evaluate(k, e, e, now).stored[0];
      sum[neuron(side, e)] += x;
    }
  }

  void set_delays(pathway& p, std::vector<double> seconds, std::int64_t next_step) {
    p.push(next_step);
    p.seconds = std::move(seconds);
    p.count_steps(size(), network_dt());
    if (p.seconds.size() == 1) return;
    for (std::size_t s = 0; s < p.seconds.size(); ++s)
      p.seconds[s] = static_cast<double>(p.steps[s]) * network_dt();
  }
  /// Steps have the length `dt` from now on; the next one was to have number `from`, and has `to`.
  void change_dt(double dt, std::int64_t from, std::int64_t to) {
    double const ratio = network_dt() / dt;
    for (pathway& p : pathways_) {
      p.push(from);
      p.count_steps(size(), dt);
      std::map<std::int64_t, std::vector<std::uint32_t>> moved;
      for (auto const& [step, some] : p.queue) {
        auto const after =
            static_cast<std::int64_t>(static_cast<double>(step - from) * ratio + 0.5);
        moved[to + after].insert(moved[to + after].end(), some.begin(), some.end());
      }
      p.queue = moved;
    }
    prepare(dt);
  }

 private:
  part const& end_of(ir::side side) const { return side == ir::side::pre ? source_ : target_; }
  std::uint32_t neuron(ir::side side, std::uint32_t synapse) const {
    if (by_neuron_) return synapse;
    return side == ir::side::pre ? i_[synapse] : j_[synapse];
  }
  double count(ir::side side) const override {
    if (side == ir::side::here) return size();
    return static_cast<double>(end_of(side).neurons.size());
  }
  void execute_one(kernel::scheduled_kernel const& k, std::uint32_t s, moment const& now) {
    kernels().execute(k, s, s, now);
  }
  void enter_pathway(int k, std::int64_t made) {
    kernel::pathway_trigger const& t = model().pathways[model().kernels[k].which];
    part const& from = end_of(t.end);
    int event = -1;
    ir::span<ir::identifier const> const events = from.of->model().events;
    for (int e = 0; e < events.size(); ++e)
      if (events[e] == t.event.view()) event = e;
    pathway p{.kernel = k,
              .event = event,
              .from = &from,
              .synapses = std::vector<std::vector<std::uint32_t>>(from.of->size()),
              .seconds = {0.0},
              .steps = std::vector<std::int64_t>(size(), 0),
              .seen = made - 1};
    for (std::uint32_t s = 0; s < size(); ++s) p.synapses[neuron(t.end, s)].push_back(s);
    pathways_.push_back(std::move(p));
  }
  /// N_incoming, N_outgoing and the number of a synapse among those of its pair.
  void count_neighbours() {
    for (int s = 0; s < model().variables.size(); ++s) {
      ir::role const kind = model().variables[s].symbol.kind;
      bool const is_index = s == model().multisynaptic_index;
      for (std::uint32_t e = 0; e < size(); ++e)
        for (std::uint32_t other = 0; other < size(); ++other) {
          bool const same_source = i_[e] == i_[other], same_target = j_[e] == j_[other];
          if (kind == ir::role::incoming && same_target) ++values(s)[e];
          if (kind == ir::role::outgoing && same_source) ++values(s)[e];
          if (is_index && same_source && same_target && other < e) ++values(s)[e];
        }
    }
  }

  part source_, target_;
  std::vector<std::uint32_t> i_, j_;  ///< in the populations
  std::vector<pathway> pathways_;
  std::map<int, std::map<std::uint32_t, Real>> totals_;  ///< by symbol, target
  bool by_neuron_ = false;  ///< whether a kernel is executed for target neurons
};

}  // namespace reference
