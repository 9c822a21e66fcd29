// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>
#include <nernst/engine/host_array.hpp>
#include <nernst/ir/span.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace nernst {

/// The latest spikes of one partition of a population, step by step, neurons ascending. Between two
/// calls of `start` nothing is allocated or moved as long as `has_room` was true before each step;
/// the steps of the longest delay stay available.
///
/// An entry is the number of spikes of a step and then the neurons, one entry after the other.
/// Other threads read entries through cursors of their own and never touch the log itself, which
/// the owner changes in every step. While they read what was finished, the owner writes elsewhere:
/// `finish` lets the next entry begin in another pair of cache lines.
class alignas(128) spike_log {
 public:
  /// Where the entry that comes next behind others stands.
  static std::uint32_t const* entry_at(std::uint32_t const* cursor) {
    if (*cursor != goes_on_elsewhere) return cursor;
    auto const address = reinterpret_cast<std::uintptr_t>(cursor + 1);
    return reinterpret_cast<std::uint32_t const*>((address + separation - 1) / separation *
                                                  separation);
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
    return used_ + words + steps * (1 + neurons) <= data_.size() && steps_ + steps < begin_.size();
  }

  /// More than that many spikes do not fit before the next call of `start`.
  std::size_t room() const { return data_.size() - used_; }

  /// The place for the spikes of the next step; `commit` tells how many there were.
  std::uint32_t* next() { return data_.data() + used_ + 1; }
  void commit(std::size_t count) {
    data_[used_] = static_cast<std::uint32_t>(count);
    used_ += 1 + count;
    begin_[++steps_] = used_;
  }
  /// Ends a series of steps: others read them from now on.
  void finish() {
    data_[used_] = goes_on_elsewhere;
    used_ = (used_ + words) / words * words;
    begin_[steps_] = used_;
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
  static constexpr std::uint32_t goes_on_elsewhere = 0xFFFFFFFF;
  static constexpr std::size_t separation = detail::host_array<std::uint32_t>::alignment,
                               words = separation / sizeof(std::uint32_t);

  detail::host_array<std::uint32_t> data_;
  std::vector<std::size_t> begin_;
  std::size_t used_ = 0, steps_ = 0;
  std::int64_t first_step_ = 0;
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/engine/spike_log-inl.hpp>
#endif
