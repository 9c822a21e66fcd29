// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/builtin.hpp>
#include <nernst/ir/function_attribute.hpp>

#include <cstddef>
#include <cstdint>

namespace nernst::kernel {

/// The bits of the elements from `first` on, a multiple of `Width` <= 64, in a mask.
template <std::size_t Width>
NERNST_FUNCTION std::uint64_t open_bits(std::uint8_t const* mask, std::size_t first) {
  constexpr std::size_t byte = 8;
  if constexpr (Width < byte) {
    return std::uint64_t{mask[first / byte]} >> (first % byte) & ((std::uint64_t{1} << Width) - 1);
  } else {
    std::uint64_t bits = 0;
    for (std::size_t k = 0; k < Width / byte; ++k)
      bits |= std::uint64_t{mask[first / byte + k]} << (byte * k);
    return bits;
  }
}

/// What neurons remember of their spikes: the arrays of their refractoriness, null where there is
/// none.
template <class Real>
struct spike_history {
  Real const* flag = nullptr;          ///< 0 while a neuron is refractory
  Real const* last = nullptr;          ///< the step of its last spike, from `first_step` on
  double const* fired_at = nullptr;    ///< the same from step 0 on, -1 before, where `last` is null
  std::uint8_t const* open = nullptr;  ///< of the present: a bit for each neuron that is open
  std::int64_t closed_steps = 1;       ///< how long it is refractory, where there is no flag
  std::int64_t first_step = 0;
  std::int64_t stride = 1;  ///< in how many steps of the network the neurons make one
  double dt = 0;            ///< the length of a step of the network

  /// Where `last` stands of a neuron that has never fired: no refractory period is so long.
  static constexpr Real never = Real(-1e9);

  /// In a step of the network.
  NERNST_FUNCTION bool is_open(std::size_t neuron, std::int64_t step) const {
    if (flag != nullptr) return flag[neuron] != 0;
    if (fired_at == nullptr || fired_at[neuron] < 0) return true;
    std::int64_t const own = stride == 1 ? step : step / stride;
    return static_cast<double>(own) - fired_at[neuron] >= static_cast<double>(closed_steps);
  }
  /// The same in the present step, as far as it has come.
  NERNST_FUNCTION bool is_open_now(std::size_t neuron, std::int64_t step) const {
    return open == nullptr ? is_open(neuron, step) : (open[neuron / 8] >> neuron % 8 & 1) != 0;
  }
  /// The step of the last spike, which is not whole where steps had another length then; -1 before
  /// the first.
  NERNST_FUNCTION double last_spike(std::size_t neuron) const {
    if (fired_at != nullptr) return fired_at[neuron];
    if (last == nullptr || last[neuron] < never / 2) return -1;
    return static_cast<double>(last[neuron]) + static_cast<double>(first_step);
  }
  /// Its time in seconds.
  NERNST_FUNCTION double last_spike_time(std::size_t neuron) const {
    double const spike = last_spike(neuron);
    return spike < 0 ? ir::before_first_spike : spike * static_cast<double>(stride) * dt;
  }
};

}  // namespace nernst::kernel
