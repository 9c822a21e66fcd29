// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/count_delivery.hpp>
#include <nernst/engine/projection_base.hpp>
#include <nernst/kernel/compiled.hpp>
#include <nernst/kernel/deferral.hpp>
#include <nernst/kernel/distributions.hpp>
#include <nernst/kernel/evaluate.hpp>

namespace nernst::detail {

/// The pathways of synapses of `Model` between neurons of two models, compiled for spikes of source
/// neurons whose synapses stand in rows.
template <class Model, class Source, class Target, class Real>
class compiled_pathways {
  using compiled = kernel::compiled<Model, Source, Target>;
  static constexpr kernel::compiled_model const& model = compiled::value;

  static constexpr std::size_t at_least_one(int n) {
    return n > 0 ? static_cast<std::size_t>(n) : 1;
  }
  /// The variable that an array is of: of the synapse, or of one of its neurons.
  template <int Slot>
  static constexpr ir::symbol variable_of = [] {
    ir::symbol found;
    for (kernel::variable const& v : model.variables)
      if (v.array == Slot) found = v.symbol;
    return found;
  }();

  /// What all synapses of a delivery have in common, side by side.
  struct state {
    kernel_arguments<Real> around;
    Real* array[at_least_one(model.arrays)] = {};
    Real scalar[at_least_one(model.scalars.results.count)] = {};

    /// Of the source and the target.
    bool per_synapse[2];

    state(projection_base<Real> const& all, int partition, kernel::step_context const& now)
        : around(all.arguments(now, partition)),
          per_synapse{all.is_per_synapse(ir::side::pre), all.is_per_synapse(ir::side::post)} {
      for (int k = 0; k < model.arrays; ++k) array[k] = around.arrays[k];
      for (int k = 0; k < model.scalars.results.count; ++k) scalar[k] = around.scalars[k];
    }
  };

  /// One synapse, as `evaluate` wants it for a kernel.
  template <int Kernel>
  struct memory {
    state const& common;
    std::uint32_t pre, post, synapse;

    kernel::external_data<Real> const& around() const { return common.around.around; }
    kernel::step_context const& now() const { return common.around.now; }

    template <int Slot>
    Real array() const {
      return common.array[Slot][synapse];
    }
    template <int Slot>
    void put(Real v) const {
      common.array[Slot][synapse] = v;
    }
    template <int Slot>
    Real linked() const {
      return common.array[Slot][place<Slot>()];
    }
    template <int Slot>
    void put_linked(Real v) const {
      common.array[Slot][place<Slot>()] = v;
    }
    /// Where the neuron at an end has a variable of its own, or of this synapse.
    template <int Slot>
    std::uint32_t place() const {
      constexpr bool is_source = variable_of<Slot>.owner == ir::side::pre;
      constexpr bool is_trace = variable_of<Slot>.kind == ir::role::trace;
      if (is_trace && common.per_synapse[is_source ? 0 : 1]) return synapse;
      return is_source ? pre : post;
    }
    template <int Slot>
    Real scalar() const {
      return common.scalar[Slot];
    }
    Real time() const { return static_cast<Real>(now().time); }
    Real step() const { return static_cast<Real>(now().step); }
    Real index() const { return around().ends[0].template seen<ir::role::index>(pre, now().step); }
    template <int Symbol>
    Real neighbour() const {
      constexpr ir::symbol what = model.variables[Symbol].symbol;
      constexpr bool is_source = what.owner == ir::side::pre;
      std::int64_t const step = kernel::settled_step(model.kernels[Kernel], now().step);
      return around().ends[is_source ? 0 : 1].template seen<what.kind>(is_source ? pre : post,
                                                                       step);
    }
    template <int Symbol>
    Real shared() const {
      if constexpr (model.variables[Symbol].symbol.owner == ir::side::here)
        return static_cast<Real>(around().values[Symbol]);
      else
        return static_cast<Real>(*around().elsewhere[Symbol]);
    }
    template <int Symbol, class... Column>
    Real lookup(Real t, Column... column) const {
      return static_cast<Real>(
          around().tables[Symbol](static_cast<double>(t), static_cast<double>(column)...));
    }
    template <ir::op Op, int Table = ir::none, class... Operands>
    Real draw(int number, Operands... x) const {
      std::uint32_t const* const numbers = around().numbers;
      std::uint32_t const who = numbers == nullptr ? synapse : numbers[synapse];
      auto const draw = static_cast<std::uint32_t>(number);
      if constexpr (Table != ir::none)
        if (around().has_inversion(Table))
          return kernel::draw_from<Real>(around().inversions[Table], now().key, who, draw);
      return kernel::draw<Op, Real>(now().key, who, draw, static_cast<double>(x)...);
    }
  };

  /// Lets a spike act on the traces of its neuron, or on those of its synapses.
  template <int Kernel>
  static void act_on_traces(state const& common, std::uint32_t neuron,
                            engine::synapse_part const& row) {
    if constexpr (Kernel != ir::none) {
      bool const each = common.per_synapse[0];
      std::uint32_t const first = each ? row.first : 0, last = each ? row.last : 1;
      for (std::uint32_t k = first; k < last; ++k)
        kernel::evaluate<kernel::kernel_code<compiled, Kernel>, Real>(
            memory<Kernel>{.common = common, .pre = neuron, .post = 0, .synapse = k});
    }
  }
  /// The kernel of spikes of sources for which those of targets may wait, and that of these.
  static constexpr int settles = [] {
    for (int k = 0; k < model.kernels.size(); ++k)
      if (kernel::deferred_to(model, k) != ir::none) return k;
    return ir::none;
  }();
  static constexpr int late = settles == ir::none ? ir::none : kernel::deferred_to(model, settles);
  /// A synapse as a spike of its target finds it that was fired before.
  template <int Kernel>
  struct late_memory : memory<Kernel> {
    Real fired;
    Real time() const { return fired; }
  };
  /// Lets the spikes of targets before step `until` that have waited for a spike of the source act
  /// on a row.
  template <class Index>
  static void settle(projection_base<Real>& all, state const& common, int partition,
                     std::uint32_t pre, std::int32_t until) {
    synapse_rows const& rows = all.rows();
    auto const p = static_cast<std::uint32_t>(partition);
    engine::waiting_spikes const& waiting = *all.waiting(partition);
    Index const* const target = rows.template targets<Index>();
    std::int32_t const since = all.waiting(partition)->first_step(pre - rows.source_begin());
    auto const row = rows.range(p, pre);
    for (std::uint32_t k = row.first; k < row.last; ++k)
      for (std::int32_t const step : waiting.between(target[k], since, until))
        kernel::evaluate<kernel::kernel_code<compiled, late>, Real>(late_memory<late>{
            {.common = common, .pre = pre, .post = rows.bounds()[p] + target[k], .synapse = k},
            static_cast<Real>(all.time_of_waiting(step))});
  }
  template <class Index>
  static void settle_rows(projection_base<Real>& all, int partition, std::int32_t before,
                          std::int32_t until) {
    kernel::step_context const now{};
    state const common(all, partition, now);
    engine::waiting_spikes& waiting = *all.waiting(partition);
    for (std::uint32_t row = 0; row < waiting.rows(); ++row) {
      if (waiting.first_step(row) >= before) continue;
      settle<Index>(all, common, partition, all.rows().source_begin() + row, until);
      waiting.first_step(row) = until;
    }
  }
  static void settle_all(projection_base<Real>& all, int partition, std::int32_t before,
                         std::int32_t until) {
    all.rows().narrow() ? settle_rows<std::uint16_t>(all, partition, before, until)
                        : settle_rows<std::uint32_t>(all, partition, before, until);
  }
  /// Called before a spike of a source acts.
  template <class Index>
  static void settle_before(engine::arrival<Real> const& a, state const& common,
                            std::uint32_t pre) {
    engine::waiting_spikes* const waiting = a.all.waiting(a.partition);
    if (waiting == nullptr) return;
    constexpr int behind = kernel::is_before(model, settles, late) ? 0 : 1;
    std::int32_t const now = a.all.waiting_step(a.now.step);
    settle<Index>(a.all, common, a.partition, pre, now + behind);
    waiting->first_step(pre - a.all.rows().source_begin()) = now + behind;
  }
  static engine::synapse_part row_of(engine::arrival<Real> const& a, std::uint32_t pre) {
    if (!a.through.reaches_whole_rows()) return a.through.reached(a.partition, pre, a.delay);
    auto const row = a.all.rows().range(static_cast<std::uint32_t>(a.partition), pre);
    return {nullptr, row.first, row.last};
  }
  template <int Kernel, class Index>
  static void act(engine::arrival<Real> const& a) {
    constexpr int of_traces = model.find(kernel::trigger::trace, model.kernels[Kernel].which);
    if constexpr (kernel::is_countable(model, model.kernels[Kernel]))
      if (auto const* const bits = a.through.bitmaps_for(a))
        return count_delivery<compiled, Kernel, Real>::deliver(a, *bits);
    state const common(a.all, a.partition, a.now);
    Index const* const target = a.all.rows().template targets<Index>();
    std::uint32_t const first = a.all.rows().bounds()[static_cast<std::size_t>(a.partition)];
    for (int q = 0; q < a.logs; ++q) {
      std::uint32_t const* const spikes = a.entries[q] + 1;
      std::uint32_t const* const last = spikes + *a.entries[q];
      a.entries[q] = last;
      for (std::uint32_t const* pre = spikes; pre != last; ++pre) {
        if (!a.all.is_connected(ir::side::pre, *pre)) continue;
        if (a.through.looks_ahead()) a.through.look_ahead(a, pre, last);
        engine::synapse_part const row = row_of(a, *pre);
        if constexpr (Kernel == settles) settle_before<Index>(a, common, *pre);
        act_on_traces<of_traces>(common, *pre, row);
        if constexpr (!model.kernels[Kernel].is_empty())
          for (std::uint32_t k = row.first; k < row.last; ++k)
            kernel::evaluate<kernel::kernel_code<compiled, Kernel>, Real>(memory<Kernel>{
                .common = common, .pre = *pre, .post = first + target[k], .synapse = k});
      }
    }
  }
  template <int Kernel>
  static void deliver_by(engine::arrival<Real> const& a) {
    constexpr kernel::scheduled_kernel const& k = model.kernels[Kernel];
    if constexpr (k.when_executed == kernel::trigger::pathway) {
      if constexpr (model.pathways[k.which].end == ir::side::pre) {
        if (k.which == a.number)
          return a.all.rows().narrow() ? act<Kernel, std::uint16_t>(a)
                                       : act<Kernel, std::uint32_t>(a);
      }
    }
    if constexpr (Kernel + 1 < model.kernels.size()) deliver_by<Kernel + 1>(a);
  }

 public:
  static constexpr typename projection_outline<Real>::settlement settlement() {
    if constexpr (settles != ir::none)
      return &settle_all;
    else
      return nullptr;
  }
  static void deliver(engine::arrival<Real> const& a) {
    if constexpr (model.kernels.size() > 0) deliver_by<0>(a);
  }
};

}  // namespace nernst::detail
