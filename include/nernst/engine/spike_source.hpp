// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/spike_log.hpp>
#include <nernst/ir/list.hpp>

#include <algorithm>
#include <vector>

namespace nernst::engine {

/// Something that fires: numbered elements in partitions, and by partition the logs of their spikes
/// and of each of their other events. Partition p has the elements [bounds[p], bounds[p + 1]).
class spike_source {
 public:
  /// `events` beside spikes.
  spike_source(std::uint32_t size, int partitions, int events);
  /// In given partitions.
  spike_source(std::vector<std::uint32_t> bounds, int events);

  std::vector<std::uint32_t> const& bounds() const { return bounds_; }
  int log_count() const { return partitions_; }
  /// The logs of an event, by partition; -1 stands for spikes.
  ir::span<spike_log> logs(int event = -1) {
    return {logs_.data() + (event + 1) * partitions_, partitions_};
  }
  ir::span<spike_log const> logs(int event = -1) const {
    return {logs_.data() + (event + 1) * partitions_, partitions_};
  }
  int event_count() const { return events_; }
  /// Whether the logs of a partition may be too small for that many more steps. Events of this step
  /// may still come.
  bool is_full(int partition, std::size_t steps) const;
  /// Makes room for `count` steps from `step` on, in series of `series`; those of the longest delay
  /// before stay.
  void start_logs(std::int64_t step, std::size_t count, std::size_t series);
  /// Forgets all but the latest, which become those of the step before `step`.
  void forget_spikes(std::int64_t step);
  /// Divides that many elements into partitions, and forgets all spikes.
  void divide(std::uint32_t size);
  /// A step in which nobody of a partition fires.
  void rest(int partition);
  /// Keeps what was fired in that many steps before the present one.
  void remember(std::int64_t steps) { longest_delay_ = std::max(longest_delay_, steps); }
  void forget_delays() { longest_delay_ = 0; }
  /// For how many steps spikes are kept.
  std::int64_t history() const { return longest_delay_ + 1; }
  std::size_t log_bytes() const;

 private:
  std::uint32_t count(int partition) const {
    auto const p = static_cast<std::size_t>(partition);
    return bounds_[p + 1] - bounds_[p];
  }

  int partitions_, events_;
  std::vector<std::uint32_t> bounds_;
  ir::list<spike_log> logs_;  ///< of the spikes, then of each event
  std::int64_t longest_delay_ = 0;
};

}  // namespace nernst::engine

#if NERNST_HEADER_ONLY
#include <nernst/engine/spike_source-inl.hpp>
#endif
