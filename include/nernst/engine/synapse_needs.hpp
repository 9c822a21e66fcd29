// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/pathway.hpp>
#include <nernst/ir/list.hpp>
#include <nernst/kernel/access.hpp>
#include <nernst/kernel/deferral.hpp>
#include <nernst/kernel/side_by_side.hpp>

#include <memory>

namespace nernst::engine {

/// What only some models of synapses need, null where a model does not: programs contain what their
/// models need.
template <class Real>
struct synapse_needs {
  using projection = projection_base<Real>;

  // Traces and sums that are kept once for a neuron.
  void (projection::*allocate_traces)() = nullptr;
  void (projection::*point_at_traces)() = nullptr;
  void (projection::*place_traces)() = nullptr;
  void (projection::*spread_traces)(ir::side) = nullptr;
  void (projection::*settle_traces)() = nullptr;
  void (projection::*act_on_traces)(pathway<Real> const&, int partition, std::uint32_t neuron,
                                    synapse_part, kernel::step_context const&) const = nullptr;
  void (projection::*execute_for_neurons)(int kernel, int partition,
                                          kernel::step_context const&) const = nullptr;

  // Summed variables.
  void (projection::*find_sums)() = nullptr;
  void (projection::*add_up)(int kernel, int partition, kernel::step_context const&) = nullptr;
  using projections = ir::list<std::unique_ptr<projection>>;
  void (projection::*require_only_sums)(projections const& others) const = nullptr;

  /// Numbers of synapses that synapses know.
  void (projection::*fill_counts)() = nullptr;
  /// Lists of the synapses of targets, which have pathways.
  void (projection::*list_synapses)() = nullptr;
  /// Whether sources have several synapses with a target, where synapses act side by side.
  void (pathway<Real>::*find_repeated_targets)() = nullptr;

  // Spikes of targets that wait.
  void (projection::*let_wait)(std::int64_t step) = nullptr;
  void (pathway<Real>::*wait_for_sources)(int partition, std::uint32_t const** next, int logs,
                                          kernel::step_context const&) = nullptr;
  /// Lets all waiting spikes of targets act on the rows of a partition on which not all before step
  /// `before` have; none has been fired from step `until` on.
  void (*settle)(projection&, int partition, std::int32_t before, std::int32_t until) = nullptr;

  template <kernel::compiled_model const& Model>
  static constexpr synapse_needs of() {
    synapse_needs needed;
    if constexpr (keeps_once(Model)) {
      needed.allocate_traces = &projection::allocate_traces;
      needed.point_at_traces = &projection::point_at_traces;
      needed.place_traces = &projection::place_traces;
      needed.spread_traces = &projection::give_each_its_traces;
      needed.settle_traces = &projection::settle_traces;
      needed.act_on_traces = &projection::act_on_those_of;
      needed.execute_for_neurons = &projection::execute_for_neurons;
    }
    if constexpr (sums(Model)) {
      needed.find_sums = &projection::find_sums;
      needed.add_up = &projection::make_sums;
      needed.require_only_sums = &projection::refuse_sums_of;
    }
    if constexpr (counts(Model)) needed.fill_counts = &projection::fill_counts;
    if constexpr (has_pathway_of(Model, ir::side::post))
      needed.list_synapses = &projection::list_synapses;
    if constexpr (asks_for_repeated_targets(Model))
      needed.find_repeated_targets = &pathway<Real>::find_repeated_targets;
    if constexpr (kernel::settling(Model) != ir::none) {
      needed.let_wait = &projection::wait_where_possible;
      needed.wait_for_sources = &pathway<Real>::wait_for_sources;
    }
    return needed;
  }

 private:
  static constexpr bool keeps_once(kernel::compiled_model const& m) {
    for (kernel::variable const& v : m.variables)
      if (ir::is_kept_once(v.symbol.kind)) return true;
    return false;
  }
  static constexpr bool sums(kernel::compiled_model const& m) {
    for (kernel::scheduled_kernel const& k : m.kernels)
      if (kernel::is_sum(k)) return true;
    return false;
  }
  static constexpr bool counts(kernel::compiled_model const& m) {
    for (kernel::variable const& v : m.variables)
      if (v.symbol.kind == ir::role::incoming || v.symbol.kind == ir::role::outgoing) return true;
    return m.multisynaptic_index != ir::none;
  }
  static constexpr bool has_pathway_of(kernel::compiled_model const& m, ir::side end) {
    for (kernel::pathway_trigger const& t : m.pathways)
      if (t.end == end) return true;
    return false;
  }
  static constexpr bool asks_for_repeated_targets(kernel::compiled_model const& m) {
    for (kernel::scheduled_kernel const& k : m.kernels)
      if (kernel::acts_side_by_side(m, k) && kernel::changes_neurons(m, k)) return true;
    return false;
  }
};

}  // namespace nernst::engine
