// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/access.hpp>
#include <nernst/kernel/compiled.hpp>
#include <nernst/kernel/distributions.hpp>
#include <nernst/kernel/evaluate.hpp>
#include <nernst/network/projection_base.hpp>

namespace nernst::detail {

/// The pathways of synapses of `Model` between neurons of two models, compiled.
template <class Model, class Source, class Target, class Real>
class compiled_pathways {
  using compiled = kernel::compiled<Model, Source, Target>;
  static constexpr kernel::compiled_model const& model = compiled::value;
  static constexpr bool asks_post =
      kernel::asks_refractoriness(model, kernel::compiled<Target>::value, ir::side::post);
  static constexpr bool asks_pre =
      kernel::asks_refractoriness(model, kernel::compiled<Source>::value, ir::side::pre);

  static constexpr std::size_t at_least_one(int n) {
    return n > 0 ? static_cast<std::size_t>(n) : 1;
  }
  /// Whose variable an array is: of the synapse or of one of its neurons.
  template <int Slot>
  static constexpr ir::side owner = [] {
    for (kernel::variable const& v : model.variables)
      if (v.array == Slot) return v.symbol.owner;
    return ir::side::here;
  }();

  /// What all synapses of a delivery have in common, side by side.
  struct state {
    Real* array[at_least_one(model.arrays)] = {};
    bool guarded[at_least_one(model.arrays)] = {};
    Real scalar[at_least_one(model.scalars.results.count)] = {};

    explicit state(projection_base<Real> const& all) {
      for (int k = 0; k < model.arrays; ++k) array[k] = all.kernel_arrays()[k];
      for (int k = 0; k < model.arrays; ++k) guarded[k] = all.guarded()[k] != 0;
      for (int k = 0; k < model.scalars.results.count; ++k) scalar[k] = all.scalars()[k];
    }
  };

  /// One synapse, as `evaluate` wants it.
  struct memory {
    state const& common;
    kernel::step_context const& now;
    projection_base<Real> const& all;
    std::size_t pre, post, synapse;
    bool pre_open, post_open;

    template <int Slot>
    std::size_t place() const {
      if constexpr (owner<Slot> == ir::side::here) return synapse;
      return owner<Slot> == ir::side::pre ? pre : post;
    }
    template <int Slot>
    Real array() const {
      return common.array[Slot][place<Slot>()];
    }
    template <int Slot>
    void put(Real v) const {
      if constexpr (owner<Slot> == ir::side::pre ? asks_pre : asks_post)
        if (common.guarded[Slot] && !(owner<Slot> == ir::side::pre ? pre_open : post_open)) return;
      common.array[Slot][place<Slot>()] = v;
    }
    template <int Slot>
    Real scalar() const {
      return common.scalar[Slot];
    }
    Real time() const { return static_cast<Real>(now.time); }
    Real step() const { return static_cast<Real>(now.step); }
    Real index() const { return static_cast<Real>(pre - all.rows().source_begin()); }
    template <int Symbol>
    Real neighbour() const {
      constexpr ir::symbol what = model.variables[Symbol].symbol;
      constexpr bool is_source = what.owner == ir::side::pre;
      population_base<Real> const& neurons = is_source ? all.source() : all.target();
      auto const neuron = static_cast<std::uint32_t>(is_source ? pre : post);
      if constexpr (what.kind == ir::role::index)
        return static_cast<Real>(neuron -
                                 (is_source ? all.rows().source_begin() : all.target_begin()));
      else if constexpr (what.kind == ir::role::not_refractory)
        return static_cast<Real>(is_source ? pre_open : post_open);
      else
        return static_cast<Real>(neurons.last_spike_time(neuron));
    }
    template <int Symbol>
    Real shared() const {
      return static_cast<Real>(*all.changing()[Symbol]);
    }
    template <int Symbol, class... Column>
    Real lookup(Real t, Column... column) const {
      return static_cast<Real>(
          all.tables()[Symbol](static_cast<double>(t), static_cast<double>(column)...));
    }
    template <ir::op Op, class... Operands>
    Real draw(int number, Operands... x) const {
      kernel::draw_key key = now.key;
      key.object = all.object();
      auto const element = static_cast<std::uint32_t>(all.rows().creation(synapse));
      auto const n = static_cast<std::uint32_t>(number);
      if constexpr (Op == ir::op::uniform)
        return kernel::uniform<Real>(key, element, n);
      else if constexpr (Op == ir::op::normal)
        return kernel::normal<Real>(key, element, n);
      else if constexpr (Op == ir::op::poisson)
        return static_cast<Real>(kernel::poisson(key, element, n, static_cast<double>(x)...));
      else
        return static_cast<Real>(kernel::binomial(key, element, n, static_cast<double>(x)...));
    }
  };

  template <int Pathway>
  static void run(memory const& m) {
    if constexpr (Pathway < model.kernels.size()) {
      kernel::evaluate<kernel::kernel_code<compiled, Pathway>, Real>(m);
      run<Pathway + 1>(m);
    }
  }

  template <class Index>
  static void deliver_rows(projection_base<Real>& all, int partition, std::uint32_t const** entries,
                           int logs, kernel::step_context const& now) {
    state const common(all);
    synapse_rows const& rows = all.rows();
    auto const p = static_cast<std::uint32_t>(partition);
    std::uint32_t const begin = rows.source_begin();
    std::uint32_t const count = rows.source_end() - begin;
    for (int q = 0; q < logs; ++q) {
      std::uint32_t const* const spikes = entries[q] + 1;
      std::uint32_t const* const last = spikes + *entries[q];
      entries[q] = last;
      for (std::uint32_t const* pre = spikes; pre != last; ++pre) {
        if (*pre - begin >= count) continue;
        row_view<Index> const row = rows.template row<Index>(p, *pre);
        std::uint64_t synapse = row.first;
        bool const pre_open = !asks_pre || all.source().is_open(*pre, now.step);
        for (Index const* post = row.begin; post != row.end; ++post, ++synapse) {
          bool const post_open = !asks_post || all.target().is_open(*post, now.step);
          run<0>(memory{.common = common,
                        .now = now,
                        .all = all,
                        .pre = *pre,
                        .post = *post,
                        .synapse = synapse,
                        .pre_open = pre_open,
                        .post_open = post_open});
        }
      }
    }
  }

 public:
  static void deliver(projection_base<Real>& all, int partition, std::uint32_t const** entries,
                      int logs, kernel::step_context const& now) {
    all.rows().narrow() ? deliver_rows<std::uint16_t>(all, partition, entries, logs, now)
                        : deliver_rows<std::uint32_t>(all, partition, entries, logs, now);
  }
};

}  // namespace nernst::detail
