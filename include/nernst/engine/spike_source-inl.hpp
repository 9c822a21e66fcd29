// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/spike_source.hpp>

#include <utility>

namespace nernst::engine {

NERNST_INLINE spike_source::spike_source(std::uint32_t size, int partitions, int events)
    : partitions_(partitions), events_(events), logs_(partitions * (1 + events)) {
  divide(size);
}

NERNST_INLINE spike_source::spike_source(std::vector<std::uint32_t> bounds, int events)
    : partitions_(static_cast<int>(bounds.size()) - 1), events_(events), bounds_(std::move(bounds)),
      logs_(partitions_ * (1 + events)) {}

NERNST_INLINE void spike_source::divide(std::uint32_t size) {
  bounds_.clear();
  for (spike_log& log : logs_) log = spike_log();
  // Two cache lines of doubles: no two partitions share one.
  constexpr std::uint64_t grain = 16;
  std::uint64_t const grains = (std::uint64_t{size} + grain - 1) / grain;
  auto const count = static_cast<std::uint64_t>(partitions_);
  for (std::uint64_t p = 0; p <= count; ++p) {
    std::uint64_t const bound = grains * p / count * grain;
    bounds_.push_back(static_cast<std::uint32_t>(bound < size ? bound : size));
  }
}

NERNST_INLINE bool spike_source::is_full(int partition, std::size_t steps) const {
  std::uint32_t const n = count(partition);
  bool full = !logs()[partition].has_room(n, steps);
  for (int e = 0; e < events_; ++e) full = full || !logs(e)[partition].has_room(n, steps + 1);
  return full;
}

NERNST_INLINE void spike_source::start_logs(std::int64_t step, std::size_t steps,
                                            std::size_t series) {
  auto const history = static_cast<std::size_t>(this->history());
  for (int p = 0; p < partitions_; ++p) {
    logs()[p].start(step, history, steps, count(p), series);
    for (int e = 0; e < events_; ++e) logs(e)[p].start(step, history, steps + 1, count(p), series);
  }
}

NERNST_INLINE void spike_source::forget_spikes(std::int64_t step) {
  for (spike_log& log : logs_) log.keep_latest(step);
}

NERNST_INLINE void spike_source::rest(int partition) {
  for (int e = -1; e < events_; ++e) logs(e)[partition].commit(0);
}

NERNST_INLINE std::size_t spike_source::log_bytes() const {
  std::size_t bytes = 0;
  for (spike_log const& log : logs_) bytes += log.memory_bytes();
  return bytes;
}

}  // namespace nernst::engine
