// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace nernst {

/// The latest spikes of one partition of a population, step by step, neurons ascending. Between two calls of `start` nothing is allocated
/// as long as `has_room` was true before each step; the steps of the longest delay stay available.
class spike_log {
 public:
  /// The spikes of a step that is still in the log; none for steps before the first.
  std::span<std::uint32_t const> spikes(std::int64_t step) const {
    if (step < first_step_) return {};
    auto const k = static_cast<std::size_t>(step - first_step_);
    return {neurons_.data() + begin_[k], neurons_.data() + begin_[k + 1]};
  }

  /// Whether one more step in which all neurons fire would fit.
  bool has_room(std::size_t neurons) const { return used_ + neurons <= neurons_.size() && steps_ + 1 < begin_.size(); }

  /// The place for the spikes of the next step; `commit` tells how many there were.
  std::uint32_t* next() { return neurons_.data() + used_; }
  void commit(std::size_t count) {
    used_ += count;
    begin_[++steps_] = used_;
  }

  /// Forgets all but the last `history` steps before `step` and makes room for `steps` more and at least `neurons` spikes.
  void start(std::int64_t step, std::size_t history, std::size_t steps, std::size_t neurons) {
    std::size_t const keep = history < steps_ ? history : steps_;
    std::size_t const drop = steps_ - keep, dropped = begin_.empty() ? 0 : begin_[drop];
    std::vector<std::size_t> begin(keep + steps + 1, 0);
    for (std::size_t k = 0; k <= keep && !begin_.empty(); ++k) begin[k] = begin_[drop + k] - dropped;
    std::vector<std::uint32_t> kept(neurons_.begin() + static_cast<std::ptrdiff_t>(dropped), neurons_.begin() + static_cast<std::ptrdiff_t>(used_));
    used_ = kept.size();
    std::size_t const wanted = used_ + 4 * neurons;
    kept.resize(wanted > neurons_.size() ? wanted : neurons_.size());
    neurons_.swap(kept);
    begin_.swap(begin);
    steps_ = keep;
    first_step_ = step - static_cast<std::int64_t>(keep);
  }

  std::int64_t first_step() const { return first_step_; }
  std::int64_t end_step() const { return first_step_ + static_cast<std::int64_t>(steps_); }
  std::size_t memory_bytes() const { return neurons_.size() * sizeof(std::uint32_t) + begin_.size() * sizeof(std::size_t); }

 private:
  std::vector<std::uint32_t> neurons_;
  std::vector<std::size_t> begin_;
  std::size_t used_ = 0, steps_ = 0;
  std::int64_t first_step_ = 0;
};

}  // namespace nernst
