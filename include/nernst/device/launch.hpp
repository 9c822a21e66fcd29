// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/delivery_order.hpp>
#include <nernst/engine/kernel_arguments.hpp>
#include <nernst/ir/function_attribute.hpp>

#include <cstddef>
#include <cstdint>

/// What the device engine tells compiled kernels. All pointers are the device's own unless they
/// say otherwise.
namespace nernst::device {

/// The step that kernels are in, as they find it in memory: they are the same in each.
struct step_clock {
  double time, dt;
  std::int64_t step;
  std::int64_t draws_ahead;  ///< see `engine::step_range`
};

/// Goes on to the next step. (What it computes is rounded before others see it.)
struct ticking {
  step_clock* clock;

  NERNST_CALLABLE void operator()(std::int64_t) const {
    ++clock->step;
    clock->time = static_cast<double>(clock->step) * clock->dt;
  }
};

/// How the kernels of a group of elements count it.
struct step_count {
  step_clock const* clock = nullptr;
  std::int64_t stride = 1;  ///< in how many steps of the network there is one of the group
  std::int64_t first = 0;   ///< the step that they count from
  kernel::draw_key key{};
  double later = 0;  ///< by how many seconds their time is behind the start of the step

  NERNST_CALLABLE std::int64_t counted() const {
    return stride == 1 ? clock->step : clock->step / stride;
  }
  NERNST_CALLABLE kernel::step_context now() const {
    auto const draws = static_cast<std::uint64_t>(clock->step + clock->draws_ahead);
    return {clock->time + later, counted() - first, {key.seed, key.object, draws}};
  }
};

/// What kernels are added to: see `sequence_of`.
struct sequence {};

/// The elements that a kernel is executed for. Those of a group: `count` from `first` on. Where a
/// kernel writes variables of others, by part one after the other: the places [begin[p], end[p]),
/// or what a list has there. (So do kernels of mechanisms where several elements are in one
/// compartment.)
struct elements {
  step_count when;
  std::uint32_t first = 0, count = 0;
  int parts = 1;
  std::uint32_t const* begin = nullptr;
  std::uint32_t const* end = nullptr;
  std::uint32_t const* list = nullptr;
  std::uint8_t const* only = nullptr;       ///< by element, 0 for those that are left out
  std::uint32_t const* members = nullptr;   ///< by element from `first` on, `nobody` for others
  std::uint8_t* fires = nullptr;            ///< by element: takes which of them fire
  std::size_t const* part_sizes = nullptr;  ///< of the host, by array: how far parts are apart

  static constexpr std::uint32_t nobody = 0xFFFF'FFFF;
};

/// The neurons whose synapses are summed: `count` from `first` on, and where they have their
/// synapses in a list.
template <class Real>
struct summed_neurons {
  step_count when;
  std::uint32_t first = 0, count = 0;
  std::uint32_t const* begin = nullptr;
  std::uint32_t const* list = nullptr;
  std::uint32_t const* members = nullptr;  ///< by neuron from `first` on, as in `elements`
  Real* sums = nullptr;                    ///< by neuron
};

/// Some synapses: the places [first, last), or what the list of their pathway has there.
struct synapse_range {
  std::uint32_t first, last;
};

/// Where the synapses of neurons stand, by part and neuron.
struct rows {
  std::uint32_t first = 0, span = 0;          ///< the neurons that have rows
  std::uint32_t const* offsets = nullptr;     ///< by part and row, one more for each part
  std::uint32_t offset_rows = 0;              ///< rows of a part in `offsets`
  std::uint32_t first_source = 0;             ///< that of the first row there
  std::uint16_t const* narrow = nullptr;      ///< by place: the target, from its part's first
  std::uint32_t const* wide = nullptr;        ///< the same where 16 bits do not do
  std::uint32_t const* bounds = nullptr;      ///< by part: its first target
  std::uint32_t const* list_begin = nullptr;  ///< by slot, where synapses are found by lists
  std::uint32_t const* list = nullptr;
  std::uint32_t const* run_begin = nullptr;  ///< by slot, where delays differ
  engine::delay_run const* runs = nullptr;
  std::uint16_t const* run_offsets = nullptr;
  std::uint32_t run_stride = 0;
  bool from_source = true;
  bool own_only = false;  ///< whether a part takes the spikes of its own targets only

  NERNST_CALLABLE bool is_connected(std::uint32_t neuron) const { return neuron - first < span; }
  NERNST_CALLABLE bool takes(std::uint32_t part, std::uint32_t neuron) const {
    return !own_only || (bounds[part] <= neuron && neuron < bounds[part + 1]);
  }
  NERNST_CALLABLE std::uint32_t target(std::uint32_t part, std::uint32_t place) const {
    return bounds[part] + (narrow != nullptr ? narrow[place] : wide[place]);
  }
  /// The synapses of a part that a spike reaches with the delay of that number.
  NERNST_CALLABLE synapse_range reached(std::uint32_t part, std::uint32_t neuron,
                                        std::uint32_t delay) const {
    std::uint32_t const slot = (from_source ? part * span : 0) + (neuron - first);
    synapse_range all{};
    if (list_begin != nullptr) {
      all = {list_begin[slot], list_begin[slot + 1]};
    } else {
      std::uint32_t const* const row =
          offsets + std::size_t{part} * (offset_rows + 1) + (neuron - first_source);
      all = {row[0], row[1]};
    }
    if (run_offsets != nullptr) {
      std::uint16_t const* const here = run_offsets + std::size_t{slot} * run_stride + delay;
      return {all.first + here[0], all.first + here[1]};
    }
    if (run_begin == nullptr) return all;
    return engine::with_delay(runs + run_begin[slot], run_begin[slot + 1] - run_begin[slot], delay,
                              all);
  }
};

/// The spikes of a population: those of step `first_step` + n are [begin[n], begin[n + 1]).
struct spikes {
  std::uint32_t const* neurons = nullptr;
  std::uint64_t const* begin = nullptr;
  std::int64_t first_step = 0;
};

/// The spikes that arrive in a step, and what they reach.
struct arrival {
  step_count when;
  rows to;
  spikes of;
  std::int64_t const* waits = nullptr;  ///< by number of the delay, in steps: falling
  std::uint32_t delays = 1;
  std::int64_t first_step = 0;  ///< what was fired before does not count
  std::uint32_t parts = 1;
  std::int32_t const* source_of = nullptr;  ///< by place, where synapses are found by lists
  std::int32_t const* target_of = nullptr;
  std::uint32_t const* early_begin = nullptr;  ///< by part: synapses that spikes reach which were
  std::uint32_t const* early = nullptr;        ///< fired before delays changed
  std::size_t const* part_sizes = nullptr;     ///< of the host, see `elements`
  bool per_synapse[2] = {false, false};        ///< see `projection_base::is_per_synapse`
  bool side_by_side = false;                   ///< whether the targets of a row differ

  /// Calls `visit(neuron, delay)` for the spikes that arrive at a part in a step of the synapses,
  /// in the host's order, with the numbers of their delays.
  template <class Visit>
  NERNST_FUNCTION void for_each_spike(std::uint32_t part, std::int64_t step,
                                      Visit const& visit) const {
    for (std::uint32_t delay = 0; delay < delays; ++delay) {
      std::int64_t const fired = step - waits[delay];
      if (fired < first_step || fired < of.first_step) continue;
      std::uint64_t const* const begin = of.begin + (fired - of.first_step);
      for (std::uint64_t k = begin[0]; k < begin[1]; ++k) {
        std::uint32_t const neuron = of.neurons[k];
        if (to.is_connected(neuron) && to.takes(part, neuron)) visit(neuron, delay);
      }
    }
  }
};

}  // namespace nernst::device

namespace nernst::detail {

/// Kernels of a device as the untyped parts of a network know them: each that a kernel has no use
/// for is null. They are added to a sequence.
template <class Real>
struct device_launch {
  void (*execute)(device::sequence&, kernel_arguments<Real> const&,
                  device::elements const&) = nullptr;
  void (*add_up)(device::sequence&, kernel_arguments<Real> const&,
                 device::summed_neurons<Real> const&) = nullptr;
  void (*deliver)(device::sequence&, kernel_arguments<Real> const&,
                  device::arrival const&) = nullptr;
};

}  // namespace nernst::detail
