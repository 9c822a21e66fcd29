// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/host_array.hpp>
#include <nernst/ir/span.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace nernst::engine {

/// Which neurons of a partition are refractory, where all are so for the same number of steps: they
/// open in the order in which they have fired. The others have a bit in a mask, which kernels read.
class closed_neurons {
 public:
  /// As the step before `step` has left them, where `fired_at` has the step of each neuron's last
  /// spike, or -1, and a spike closes for `steps`, but at least for the rest of its own step. The
  /// mask has the bits of all partitions.
  void start(std::uint8_t* mask, std::uint32_t begin, std::uint32_t end, double const* fired_at,
             double steps, double step) {
    mask_ = mask;
    fired_at_ = fired_at;
    steps_ = steps;
    queue_.clear();
    first_ = 0;
    for (std::uint32_t n = begin; n < end; ++n) {
      bool const is_closed = fired_at[n] >= 0 && fired_at[n] + std::max(steps, 1.0) > step - 1;
      set(n, !is_closed);
      if (is_closed) queue_.push_back(n);
    }
    std::stable_sort(queue_.begin(), queue_.end(), [fired_at](std::uint32_t x, std::uint32_t y) {
      return fired_at[x] < fired_at[y];
    });
  }

  /// Opens those whose period is over in a step.
  void open(double step) {
    while (first_ < queue_.size() && fired_at_[queue_[first_]] + steps_ <= step)
      set(queue_[first_++], true);
    if (2 * first_ <= queue_.size()) return;
    queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
  /// Closes those that have fired, once `fired_at` tells when.
  void close(ir::span<std::uint32_t const> fired) {
    for (std::uint32_t const n : fired) set(n, false);
    queue_.insert(queue_.end(), fired.begin(), fired.end());
  }

  /// All that are closed.
  ir::span<std::uint32_t const> now() const {
    return {queue_.data() + first_, static_cast<int>(queue_.size() - first_)};
  }

 private:
  void set(std::uint32_t neuron, bool is_open) {
    std::uint8_t& byte = mask_[neuron / 8];
    auto const bit = static_cast<std::uint8_t>(1U << neuron % 8);
    byte = static_cast<std::uint8_t>(is_open ? byte | bit : byte & ~bit);
  }

  std::uint8_t* mask_ = nullptr;
  double const* fired_at_ = nullptr;
  double steps_ = 1;
  std::vector<std::uint32_t> queue_;  ///< by the step of their spikes, from `first_` on
  std::size_t first_ = 0;
};

}  // namespace nernst::engine
