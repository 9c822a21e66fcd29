// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/span.hpp>

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

  waiting_spikes(std::uint32_t targets, std::uint32_t rows) : targets_(targets), rows_(rows, 0) {}

  bool is_full(std::uint32_t target) const { return targets_[target].count == most; }
  std::int32_t oldest(std::uint32_t target) const { return targets_[target].step[0]; }
  void drop_oldest(std::uint32_t target) {
    spikes_of& t = targets_[target];
    for (std::int32_t k = 1; k < t.count; ++k) t.step[k - 1] = t.step[k];
    --t.count;
  }
  void enter(std::uint32_t target, std::int32_t step) {
    spikes_of& t = targets_[target];
    t.step[t.count++] = step;
  }
  /// The spikes of a target in the steps [first, last), rising.
  ir::span<std::int32_t const> between(std::uint32_t target, std::int32_t first,
                                       std::int32_t last) const {
    spikes_of const& t = targets_[target];
    std::int32_t end = t.count;
    while (end > 0 && t.step[end - 1] >= last) --end;
    std::int32_t begin = end;
    while (begin > 0 && t.step[begin - 1] >= first) --begin;
    return {t.step + begin, end - begin};
  }

  std::uint32_t rows() const { return static_cast<std::uint32_t>(rows_.size()); }
  /// From which step on spikes have to act on a row.
  std::int32_t& first_step(std::uint32_t row) { return rows_[row]; }

 private:
  struct alignas(64) spikes_of {
    std::int32_t count = 0;
    std::int32_t step[most] = {};
  };

  std::vector<spikes_of> targets_;
  std::vector<std::int32_t> rows_;
};

}  // namespace nernst::engine
