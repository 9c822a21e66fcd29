// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/element_numbers.hpp>
#include <nernst/kernel/inversion_table.hpp>
#include <nernst/kernel/philox.hpp>
#include <nernst/kernel/spike_history.hpp>
#include <nernst/kernel/timed_table.hpp>

namespace nernst::kernel {

/// The time of a step, and what random numbers depend on.
struct step_context {
  double time = 0;
  std::int64_t step = 0;
  draw_key key{};
};

/// Where a linked variable finds the element of the other population: `index` has the number for
/// each element here, or is null where the numbers are equal. `value`, if not null, is one value
/// for all.
struct link {
  std::int32_t const* index = nullptr;
  double const* value = nullptr;
};

/// The scale of a state, or its inverse, from a table for the steps until it begins anew: a power
/// of two of them. It is 1 in the first one, and always 1 without a table.
template <class Real>
struct state_scale {
  Real const* by_step = nullptr;
  std::uint32_t period = 1;

  /// After some updates.
  NERNST_FUNCTION Real after(std::int64_t updates) const {
    return by_step == nullptr ? Real(1) : by_step[updates & (period - 1)];
  }
  NERNST_FUNCTION bool begins_anew_after(std::int64_t updates) const {
    return (updates & (period - 1)) == 0;
  }
};

/// The neurons at one end of the synapses of a projection.
template <class Real>
struct synapse_end {
  std::int32_t const* index = nullptr;  ///< of each synapse
  element_numbers numbers{};
  spike_history<Real> spikes{};

  /// What a neuron has beside its variables, in a step.
  template <ir::role What>
  NERNST_FUNCTION Real seen(std::uint32_t neuron, std::int64_t step) const {
    if constexpr (What == ir::role::index)
      return static_cast<Real>(numbers(neuron));
    else if constexpr (What == ir::role::not_refractory)
      return static_cast<Real>(spikes.is_open_now(neuron, step));
    else
      return static_cast<Real>(spikes.last_spike_time(neuron));
  }
};

/// What kernels read beside the arrays and scalars of most models; may stay empty.
template <class Real>
struct external_data {
  double* values = nullptr;                     ///< by symbol: shared variables
  double const* const* elsewhere = nullptr;     ///< by symbol: those of the neurons of synapses
  link const* links = nullptr;                  ///< by array
  timed_table const* tables = nullptr;          ///< by symbol
  inversion_table const* inversions = nullptr;  ///< by number of the distribution
  synapse_end<Real> const* ends = nullptr;      ///< of synapses: source, target
  std::uint32_t const* numbers = nullptr;       ///< of synapses, which draw random numbers by them
  std::uint8_t const* open = nullptr;           ///< a bit for each element that is not refractory
  state_scale<Real> const* scales = nullptr;    ///< by symbol; null where each is 1
  std::int64_t updates = 0;                     ///< how many the scales had before this step

  /// A scale, once `more` updates have been made in this step.
  NERNST_FUNCTION Real scale(int symbol, int more) const {
    return scales == nullptr ? Real(1) : scales[symbol].after(updates + more);
  }
  /// Whether memory takes a scaled state from this step's update.
  NERNST_FUNCTION bool takes(int scale) const {
    return scales == nullptr || scales[scale].begins_anew_after(updates + 1);
  }

  /// Whether numbers of a distribution are drawn from a table.
  NERNST_FUNCTION bool has_inversion(int distribution) const {
    return inversions != nullptr && !inversions[distribution].is_empty();
  }
};

}  // namespace nernst::kernel
