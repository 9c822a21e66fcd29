// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/device/delivery.hpp>
#include <nernst/kernel/delivery.hpp>

namespace nernst::device {

/// Whether the synapses of a pathway may act in any order, for rounding only depends on it.
constexpr bool adds_in_any_order(kernel::compiled_model const& synapse,
                                 kernel::scheduled_kernel const& k) {
  for (kernel::variable const& v : synapse.variables)
    if (v.symbol.kind == ir::role::trace) return false;
  return !k.is_empty() && kernel::delivery_of(synapse, k, true) == kernel::delivery::adds;
}

/// One synapse, as `evaluate` wants it: what it adds to variables of its target is found as if
/// these were 0, and then added atomically.
template <class Compiled, int Kernel, class Real>
struct adding_synapse : detail::synapse_memory<Compiled, Kernel, Real> {
  using synapse = detail::synapse_memory<Compiled, Kernel, Real>;
  template <int Slot>
  static constexpr bool is_sum = [] {
    kernel::compiled_model const& model = Compiled::value;
    for (kernel::output const& o : model.stores(model.kernels[Kernel]))
      if (o.array == Slot) return true;
    return false;
  }();

  template <int Slot>
  NERNST_FUNCTION Real linked() const {
    if constexpr (is_sum<Slot>)
      return Real(0);
    else
      return synapse::template linked<Slot>();
  }
  template <int Slot>
  NERNST_FUNCTION void put_linked(Real what) const {
    Kokkos::atomic_add(&this->common.array[Slot][this->template place<Slot>()], what);
  }
};

/// Lets the spikes of a step act on the synapses of a model in any order. Teams share the rows of
/// the spikes, and their threads the synapses of a row.
template <class Space, class Model, int Kernel, class Real>
struct atomic_delivery {
  using compiled = kernel::compiled<Model>;
  using policy = Kokkos::TeamPolicy<Space>;
  using state = detail::delivery_memory<compiled, Real>;

  state common;
  arrival a;

  atomic_delivery(detail::kernel_arguments<Real> const& arguments, arrival const& of)
      : common(arguments, of.per_synapse), a(of) {}

  NERNST_FUNCTION void operator()(typename policy::member_type const& team) const {
    state here = common;
    here.around.now = a.when.now();
    if (a.early_begin != nullptr && team.league_rank() == 0) act_early(team, here);
    for (std::uint32_t delay = 0; delay < a.delays; ++delay) {
      std::int64_t const fired = here.now().step - a.waits[delay];
      if (fired < a.first_step || fired < a.of.first_step) continue;
      std::uint64_t const* const begin = a.of.begin + (fired - a.of.first_step);
      std::uint64_t const rows = (begin[1] - begin[0]) * a.parts;
      for (auto row = static_cast<std::uint64_t>(team.league_rank()); row < rows;
           row += static_cast<std::uint64_t>(team.league_size())) {
        std::uint32_t const neuron = a.of.neurons[begin[0] + row / a.parts];
        act_on_row(team, here, static_cast<std::uint32_t>(row % a.parts), neuron, delay);
      }
    }
  }

 private:
  template <class Team>
  NERNST_FUNCTION void act_on_row(Team const& team, state const& here, std::uint32_t part,
                                  std::uint32_t neuron, std::uint32_t delay) const {
    if (!a.to.is_connected(neuron) || !a.to.takes(part, neuron)) return;
    synapse_range const some = a.to.reached(part, neuron, delay);
    auto const size = static_cast<std::uint32_t>(team.team_size());
    for (auto k = some.first + static_cast<std::uint32_t>(team.team_rank()); k < some.last;
         k += size) {
      if (a.to.list != nullptr)
        act_on_place(here, a.to.list[k]);
      else
        act(here, neuron, a.to.target(part, k), k);
    }
  }
  template <class Team>
  NERNST_FUNCTION void act_early(Team const& team, state const& here) const {
    auto const first = static_cast<std::uint32_t>(team.team_rank());
    for (std::uint32_t k = first; k < a.early_begin[a.parts];
         k += static_cast<std::uint32_t>(team.team_size()))
      act_on_place(here, a.early[k]);
  }
  NERNST_FUNCTION void act_on_place(state const& here, std::uint32_t place) const {
    auto const end = [&](std::int32_t const* of) {
      return of == nullptr ? 0 : static_cast<std::uint32_t>(of[place]);
    };
    act(here, end(a.source_of), end(a.target_of), place);
  }
  NERNST_FUNCTION static void act(state const& here, std::uint32_t pre, std::uint32_t post,
                                  std::uint32_t synapse) {
    kernel::evaluate<kernel::kernel_code<compiled, Kernel>, Real>(
        adding_synapse<compiled, Kernel, Real>{{here, pre, post, synapse}});
  }
};

/// In any order where that only matters for rounding; else as `deliver` does.
template <class Space, class Model, int Kernel, class Real>
void deliver_atomically(sequence& to, detail::kernel_arguments<Real> const& arguments,
                        arrival const& of) {
  constexpr kernel::compiled_model const& model = kernel::compiled<Model>::value;
  if constexpr (!adds_in_any_order(model, model.kernels[Kernel])) {
    deliver<Space, Model, Kernel>(to, arguments, of);
  } else {
    using delivery = atomic_delivery<Space, Model, Kernel, Real>;
    constexpr int threads = threads_per_part<Space>();
    int const most = static_cast<int>(Space().concurrency());
    typename delivery::policy const all(threads == 1 ? most : most / (4 * threads), threads);
    static_cast<sequence_of<Space>&>(to).add("nernst::deliver", all, delivery(arguments, of));
  }
}

}  // namespace nernst::device
