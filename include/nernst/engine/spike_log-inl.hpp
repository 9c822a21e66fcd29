// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/spike_log.hpp>

#include <algorithm>

namespace nernst {

NERNST_INLINE void spike_log::start(std::int64_t step, std::size_t history, std::size_t steps,
                                    std::size_t neurons) {
  std::size_t const kept = std::min(history, steps_);
  std::size_t const drop = steps_ - kept;
  std::size_t const silent = history - kept;
  std::vector<std::size_t> begin(history + steps + 1, 0);
  std::vector<std::uint32_t> data(silent, 0);
  for (std::size_t k = 0; k <= silent; ++k) begin[k] = k;
  for (std::size_t k = 1; k <= kept; ++k)
    begin[silent + k] = silent + begin_[drop + k] - begin_[drop];
  if (kept > 0)
    data.insert(data.end(), data_.begin() + static_cast<std::ptrdiff_t>(begin_[drop]),
                data_.begin() + static_cast<std::ptrdiff_t>(used_));
  used_ = data.size();
  data.resize(std::max(used_ + steps + 4 * (neurons + 1), data_.size()));
  data_.swap(data);
  begin_.swap(begin);
  steps_ = history;
  first_step_ = step - static_cast<std::int64_t>(history);
}

NERNST_INLINE void spike_log::keep_latest(std::int64_t step) {
  if (steps_ == 0) return;
  std::size_t const first = begin_[steps_ - 1];
  data_.erase(data_.begin() + static_cast<std::ptrdiff_t>(used_), data_.end());
  data_.erase(data_.begin(), data_.begin() + static_cast<std::ptrdiff_t>(first));
  used_ = data_.size();
  begin_ = {0, used_};
  steps_ = 1;
  first_step_ = step - 1;
}

}  // namespace nernst
