// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>
#include <nernst/engine/host_array.hpp>
#include <nernst/engine/wait.hpp>
#include <nernst/ir/span.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace nernst {

/// The latest spikes of one partition of a population, step by step, neurons ascending. Between two
/// calls of `start` nothing is allocated or moved as long as `has_room` was true before each step;
/// the steps of the longest delay stay available.
///
/// An entry is the number of spikes of a step and then the neurons, one entry after the other.
/// Other threads read entries through cursors of their own, even while the owner makes the next
/// ones: the number of an entry that is not made yet says so, and comes to hold last. So the line
/// of memory that tells them that a step is made brings them its first spikes, too.
class alignas(128) spike_log {
 public:
  /// Returns when the entry at a cursor is made: one that comes next behind others, or the first.
  static void wait_for(std::uint32_t const* entry) noexcept {
    std::atomic_ref<std::uint32_t> const count(const_cast<std::uint32_t&>(*entry));
    detail::wait_until([&] { return count.load(std::memory_order_acquire) != not_yet; });
  }

  /// The spikes of a step that is still in the log; none for steps outside.
  ir::span<std::uint32_t const> spikes(std::int64_t step) const {
    if (step < first_step_ || step >= end_step()) return {};
    std::uint32_t const* const e = entry(step);
    return {e + 1, static_cast<int>(*e)};
  }
  /// Where the entry of a step begins, or will begin; the next entry follows it.
  std::uint32_t const* entry(std::int64_t step) const {
    return data_.data() + begin_[static_cast<std::size_t>(step - first_step_)];
  }

  /// The spikes of the latest step.
  ir::span<std::uint32_t const> latest() const {
    if (steps_ == 0) return {};
    std::uint32_t const* const e = data_.data() + begin_[steps_ - 1];
    return {e + 1, static_cast<int>(*e)};
  }

  /// Whether one more step (or several) in which all neurons fire would fit.
  bool has_room(std::size_t neurons, std::size_t steps = 1) const {
    return used_ + 1 + steps * (1 + neurons) <= data_.size() && steps_ + steps < begin_.size();
  }

  /// More than that many spikes do not fit before the next call of `start`.
  std::size_t room() const { return data_.size() - used_; }

  /// The place for the spikes of the next step; `commit` tells how many there were.
  std::uint32_t* next() { return data_.data() + used_ + 1; }
  void commit(std::size_t count) {
    std::uint32_t& entry = data_[used_];
    used_ += 1 + count;
    data_[used_] = not_yet;
    begin_[++steps_] = used_;
    std::atomic_ref<std::uint32_t>(entry).store(static_cast<std::uint32_t>(count),
                                                std::memory_order_release);
  }

  /// Forgets all but the `history` steps before `step` (those before the first count as silent) and
  /// makes room for `steps` more, in series of `series`, in which all neurons may fire in at least
  /// three steps beside those of a series.
  void start(std::int64_t step, std::size_t history, std::size_t steps, std::size_t neurons,
             std::size_t series = 1);

  /// Forgets all but the latest step, which counts as the one before `step` from now on.
  void keep_latest(std::int64_t step);

  std::int64_t first_step() const { return first_step_; }
  std::int64_t end_step() const { return first_step_ + static_cast<std::int64_t>(steps_); }
  std::size_t memory_bytes() const {
    return data_.size() * sizeof(std::uint32_t) + begin_.size() * sizeof(std::size_t);
  }

 private:
  static constexpr std::uint32_t not_yet = 0xFFFFFFFF;

  detail::host_array<std::uint32_t> data_;
  std::vector<std::size_t> begin_;
  std::size_t used_ = 0, steps_ = 0;
  std::int64_t first_step_ = 0;
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/engine/spike_log-inl.hpp>
#endif
