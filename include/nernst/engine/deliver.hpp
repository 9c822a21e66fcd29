// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/count_delivery.hpp>
#include <nernst/engine/projection_base.hpp>
#include <nernst/engine/row_packs.hpp>
#include <nernst/engine/row_settlement.hpp>
#include <nernst/engine/synapse_memory.hpp>
#include <nernst/engine/weighted_rows.hpp>
#include <nernst/kernel/compiled.hpp>
#include <nernst/kernel/deferral.hpp>
#include <nernst/kernel/evaluate.hpp>

namespace nernst::detail {

/// The pathways of synapses of `Model` between neurons of two models, compiled for spikes of source
/// neurons whose synapses stand in rows.
template <class Model, class Source, class Target, class Real>
class compiled_pathways {
  using compiled = kernel::compiled<Model, Source, Target>;
  static constexpr kernel::compiled_model model = compiled::value;

  using state = delivery_memory<compiled, Real>;
  template <int Kernel>
  using memory = synapse_memory<compiled, Kernel, Real>;

  /// Lets a spike act on the traces of its neuron, or on those of its synapses.
  template <int Kernel>
  static void act_on_traces(state const& common, std::uint32_t neuron,
                            engine::synapse_part const& row) {
    if constexpr (Kernel != ir::none) {
      bool const each = common.per_synapse[0];
      std::size_t const first = each ? row.first : 0, last = each ? row.last : 1;
      for (std::size_t k = first; k < last; ++k)
        kernel::evaluate<kernel::kernel_code<compiled, Kernel>, Real>(
            memory<Kernel>{.common = common, .pre = neuron, .post = 0, .synapse = k});
    }
  }
  /// The kernel of spikes of sources for which those of targets may wait, and that of these.
  static constexpr int settles = kernel::settling(model);
  static constexpr int late = settles == ir::none ? ir::none : kernel::deferred_to(model, settles);
  static engine::synapse_part whole_row(projection_base<Real> const& all, int partition,
                                        std::uint32_t pre) {
    auto const row = all.rows().range(static_cast<std::uint32_t>(partition), pre);
    return {nullptr, row.first, row.last};
  }
  /// Lets the spikes of targets that have waited for one of the source act on its row, all of which
  /// were fired before step `until`.
  static void settle(projection_base<Real>& all, state const& common, int partition,
                     std::uint32_t pre, std::int32_t until) {
    synapse_rows const& rows = all.rows();
    engine::waiting_spikes& waiting = *all.waiting(partition);
    engine::synapse_part const row = whole_row(all, partition, pre);
    std::int32_t& since = waiting.first_step(pre - rows.source_begin());
    row_settlement<compiled, late, Real> work(common, waiting, pre, since, row);
    rows.narrow() ? work.act(row, rows.template targets<std::uint16_t>())
                  : work.act(row, rows.template targets<std::uint32_t>());
    since = until;
  }
  static void settle_all(projection_base<Real>& all, int partition, std::int32_t before,
                         std::int32_t until) {
    kernel::step_context const now{};
    state const common(all, partition, now);
    engine::waiting_spikes& waiting = *all.waiting(partition);
    for (std::uint32_t row = 0; row < waiting.rows(); ++row)
      if (waiting.first_step(row) < before)
        settle(all, common, partition, all.rows().source_begin() + row, until);
  }
  /// Called before a spike of a source acts.
  static void settle_before(engine::arrival<Real> const& a, state const& common,
                            std::uint32_t pre) {
    engine::waiting_spikes const* const waiting = a.all.waiting(a.partition);
    if (waiting == nullptr) return;
    constexpr int behind = kernel::is_before(model, settles, late) ? 0 : 1;
    settle(a.all, common, a.partition, pre, waiting->step(a.now.step) + behind);
  }
  template <int Kernel>
  static constexpr bool acts_by_packs = kernel::acts_side_by_side(model, model.kernels[Kernel]) ||
                                        kernel::adds_weights(model, model.kernels[Kernel]);
  /// What lets synapses act side by side, where they do.
  template <int Kernel>
  static auto packs_of([[maybe_unused]] engine::arrival<Real> const& a,
                       [[maybe_unused]] state const& common) {
    if constexpr (kernel::acts_side_by_side(model, model.kernels[Kernel]))
      return row_packs<compiled, Kernel, Real>(a, common);
    else if constexpr (acts_by_packs<Kernel>)
      return weighted_rows<compiled, Kernel, Real>(a, common);
    else
      return nullptr;
  }
  template <int Kernel, class Index>
  static void act(engine::arrival<Real> const& a) {
    constexpr int of_traces = model.find(kernel::trigger::trace, model.kernels[Kernel].which);
    if constexpr (kernel::is_countable(model, model.kernels[Kernel]))
      if (auto const* const bits = a.through.bitmaps_for(a))
        return count_delivery<compiled, Kernel, Real>::deliver(a, *bits);
    state const common(a.all, a.partition, a.now, kernel::updates_seen(model.kernels[Kernel]));
    Index const* const target = a.all.rows().template targets<Index>();
    [[maybe_unused]] auto const packs = packs_of<Kernel>(a, common);
    std::uint32_t const first = a.all.rows().bounds()[static_cast<std::size_t>(a.partition)];
    for (std::size_t n = 0; n < a.rows.size(); ++n) {
      if (a.through.looks_ahead()) a.through.look_ahead(a, n);
      std::uint32_t const pre = a.rows[n].source;
      engine::synapse_part const row{nullptr, a.rows[n].first, a.rows[n].last};
      if constexpr (Kernel == settles) settle_before(a, common, pre);
      act_on_traces<of_traces>(common, pre, row);
      if constexpr (acts_by_packs<Kernel>)
        packs.act(pre, row, target);
      else if constexpr (!model.kernels[Kernel].is_empty())
        for (std::size_t k = row.first; k < row.last; ++k)
          kernel::evaluate<kernel::kernel_code<compiled, Kernel>, Real>(memory<Kernel>{
              .common = common, .pre = pre, .post = first + target[k], .synapse = k});
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
  static constexpr engine::synapse_needs<Real> needs() {
    auto needed = engine::synapse_needs<Real>::template of<compiled::value>();
    if constexpr (settles != ir::none) needed.settle = &settle_all;
    return needed;
  }
  static void deliver(engine::arrival<Real> const& a) {
    if constexpr (model.own_events.any)
      for (engine::reached_row const& row : a.rows)
        a.all.arrive(ir::none, a.partition, {nullptr, row.first, row.last}, a.now);
    else if constexpr (model.kernels.size() > 0)
      deliver_by<0>(a);
  }
};

}  // namespace nernst::detail
