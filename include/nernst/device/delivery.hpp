// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/device/step_graph.hpp>
#include <nernst/engine/synapse_memory.hpp>
#include <nernst/kernel/compiled.hpp>
#include <nernst/kernel/evaluate.hpp>
#include <nernst/kernel/side_by_side.hpp>

#include <Kokkos_Core.hpp>

namespace nernst::device {

/// Lets the spikes of a step act on the synapses of a model. Each team owns the targets of a part,
/// and goes through all spikes in the order of the host, so that each target gets its input in that
/// order; its threads share the synapses of a row where these have different targets.
template <class Space, class Model, int Kernel, class Real>
struct spike_delivery {
  using compiled = kernel::compiled<Model>;
  static constexpr kernel::compiled_model model = compiled::value;
  static constexpr int of_traces = model.find(kernel::trigger::trace, model.kernels[Kernel].which);
  static constexpr int end =
      model.pathways[model.kernels[Kernel].which].end == ir::side::pre ? 0 : 1;
  template <int Which>
  static constexpr bool acts = !model.kernels[Which].is_empty();
  static constexpr bool may_share =
      kernel::may_act_side_by_side(model, model.kernels[Kernel]) && of_traces == ir::none;
  using policy = Kokkos::TeamPolicy<Space>;
  using state = detail::delivery_memory<compiled, Real>;
  static constexpr int arrays = model.arrays > 0 ? model.arrays : 1;

  state common;
  arrival a;
  std::size_t part_size[static_cast<std::size_t>(arrays)] = {};

  spike_delivery(detail::kernel_arguments<Real> const& arguments, arrival const& of)
      : common(arguments, of.per_synapse), a(of) {
    for (int k = 0; k < model.arrays && of.part_sizes != nullptr; ++k)
      part_size[k] = of.part_sizes[k];
  }

  NERNST_FUNCTION void operator()(typename policy::member_type const& team) const { act_on(team); }

  /// For the part that a team has.
  template <class Team>
  NERNST_FUNCTION void act_on(Team const& team) const {
    auto const part = static_cast<std::uint32_t>(team.league_rank());
    state here = common;
    here.around.now = a.when.now();
    for (int k = 0; k < model.arrays; ++k) here.array[k] += part * part_size[k];
    if (a.early_begin != nullptr && team.team_rank() == 0)
      for (std::uint32_t k = a.early_begin[part]; k < a.early_begin[part + 1]; ++k)
        reach_listed(here, a.early[k]);
    if (a.early_begin != nullptr) team.team_barrier();
    a.for_each_spike(part, here.now().step,
                     [&](std::uint32_t neuron, std::uint32_t delay)
                         NERNST_INLINED { act(team, here, part, neuron, delay); });
  }

 private:
  template <class Team>
  NERNST_FUNCTION void act(Team const& team, state const& here, std::uint32_t part,
                           std::uint32_t neuron, std::uint32_t delay) const {
    synapse_range const some = a.to.reached(part, neuron, delay);
    auto const rank = static_cast<std::uint32_t>(team.team_rank());
    auto const size = static_cast<std::uint32_t>(team.team_size());
    if constexpr (of_traces != ir::none) act_on_traces(here, neuron, some);
    for (std::uint32_t k = some.first + rank; k < some.last; k += size) {
      if (a.to.list != nullptr) {
        std::uint32_t const place = a.to.list[k];
        execute<Kernel>(here, source_of(place), target_of(place), place);
      } else {
        execute<Kernel>(here, neuron, a.to.target(part, k), k);
      }
    }
    if (size > 1) team.team_barrier();
  }
  /// One thread works where there are traces.
  NERNST_FUNCTION void act_on_traces(state const& here, std::uint32_t neuron,
                                     synapse_range some) const {
    if (!here.per_synapse[end]) return execute<of_traces>(here, neuron, neuron, 0);
    for (std::uint32_t k = some.first; k < some.last; ++k) {
      std::uint32_t const place = a.to.list != nullptr ? a.to.list[k] : k;
      execute<of_traces>(here, source_of(place), target_of(place), place);
    }
  }
  NERNST_FUNCTION void reach_listed(state const& here, std::uint32_t place) const {
    if constexpr (of_traces != ir::none)
      execute<of_traces>(here, source_of(place), target_of(place), place);
    execute<Kernel>(here, source_of(place), target_of(place), place);
  }
  NERNST_FUNCTION std::uint32_t source_of(std::uint32_t place) const {
    return a.source_of == nullptr ? 0 : static_cast<std::uint32_t>(a.source_of[place]);
  }
  NERNST_FUNCTION std::uint32_t target_of(std::uint32_t place) const {
    return a.target_of == nullptr ? 0 : static_cast<std::uint32_t>(a.target_of[place]);
  }
  template <int Which>
  NERNST_FUNCTION static void execute(state const& here, std::uint32_t pre, std::uint32_t post,
                                      std::uint32_t synapse) {
    if constexpr (acts<Which>)
      kernel::evaluate<kernel::kernel_code<compiled, Which>, Real>(
          detail::synapse_memory<compiled, Which, Real>{
              .common = here, .pre = pre, .post = post, .synapse = synapse});
  }
};

/// How many threads share the rows of a part: one on host spaces, where parts are as many as
/// threads.
template <class Space>
constexpr int threads_per_part() {
  constexpr int on_device = 64;
  return Kokkos::SpaceAccessibility<Space, Kokkos::HostSpace>::accessible ? 1 : on_device;
}

template <class Space, class Model, int Kernel, class Real>
void deliver(sequence& to, detail::kernel_arguments<Real> const& arguments, arrival const& of) {
  using delivery = spike_delivery<Space, Model, Kernel, Real>;
  int const threads = delivery::may_share && of.side_by_side ? threads_per_part<Space>() : 1;
  typename delivery::policy const teams(static_cast<int>(of.parts), threads);
  static_cast<sequence_of<Space>&>(to).add("nernst::deliver", teams, delivery(arguments, of));
}

}  // namespace nernst::device
