// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace nernst::engine {

/// The spikes of the targets of a partition that have not acted on all of their synapses yet (see
/// `kernel::deferred_to`): the latest steps of each target, and for each row of synapses from which
/// step on spikes still have to act. Steps count from the one in which it was made.
class waiting_spikes {
 public:
  /// So many spikes of a target can wait.
  static constexpr std::uint32_t most = 15;

  /// From step `first_step` of a network on, whose steps have the length `dt`.
  waiting_spikes(std::uint32_t targets, std::uint32_t rows, std::int64_t first_step, double dt)
      : first_step_(first_step), dt_(dt), targets_(targets),
        step_(std::size_t{targets} * most, never), count_(targets, 0), rows_(rows, 0) {}

  /// A step of the network, as it is counted here, and its time in seconds.
  std::int32_t step(std::int64_t of_network) const {
    return static_cast<std::int32_t>(of_network - first_step_);
  }
  double time(std::int32_t step) const { return static_cast<double>(first_step_ + step) * dt_; }

  bool is_full(std::uint32_t target) const { return count_[target] == most; }
  std::int32_t oldest(std::uint32_t target) const { return steps(count_[target] - 1U)[target]; }
  void drop_oldest(std::uint32_t target) { at(--count_[target], target) = never; }
  /// Enters a spike, later than those of the target that are there.
  void enter(std::uint32_t target, std::int32_t step) {
    for (std::uint32_t k = count_[target]++; k > 0; --k) at(k, target) = at(k - 1, target);
    at(0, target) = step;
    end_ = step + 1;
  }
  /// The step behind the latest spike of all.
  std::int32_t end() const { return end_; }
  /// By target: the step of its latest spike, of the one before, and so on; -1 where there is none.
  /// Side by side, as rows of synapses ask for many targets.
  std::int32_t const* steps(std::uint32_t before_latest) const {
    return step_.data() + std::size_t{before_latest} * targets_;
  }

  /// All spikes before this step have acted on all rows.
  std::int32_t& settled() { return settled_; }

  std::uint32_t rows() const { return static_cast<std::uint32_t>(rows_.size()); }
  /// From which step on spikes have to act on a row.
  std::int32_t& first_step(std::uint32_t row) { return rows_[row]; }

 private:
  static constexpr std::int32_t never = -1;

  std::int32_t& at(std::uint32_t before_latest, std::uint32_t target) {
    return step_[std::size_t{before_latest} * targets_ + target];
  }

  std::int64_t first_step_;
  double dt_;
  std::int32_t end_ = 0, settled_ = 0;
  std::uint32_t targets_;
  std::vector<std::int32_t> step_;
  std::vector<std::uint8_t> count_;  ///< by target
  std::vector<std::int32_t> rows_;
};

}  // namespace nernst::engine
