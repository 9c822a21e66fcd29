// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/spike_log.hpp>

#include <algorithm>
#include <utility>

namespace nernst {

NERNST_INLINE void spike_log::start(std::int64_t step, std::size_t history, std::size_t steps,
                                    std::size_t neurons, std::size_t series) {
  std::size_t const kept = std::min(history, steps_);
  std::size_t size = history + steps + (series + 3) * (neurons + 1) + 1;
  for (std::size_t k = steps_ - kept; k < steps_; ++k) size += data_[begin_[k]];
  detail::host_array<std::uint32_t> const old =
      std::exchange(data_, detail::host_array<std::uint32_t>(size));
  std::vector<std::size_t> const old_begin =
      std::exchange(begin_, std::vector<std::size_t>(history + steps + 1, 0));
  std::size_t const old_steps = std::exchange(steps_, 0);
  used_ = 0;
  data_[0] = not_yet;
  for (std::size_t k = kept; k < history; ++k) commit(0);
  for (std::size_t k = old_steps - kept; k < old_steps; ++k) {
    std::uint32_t const* const e = old.data() + old_begin[k];
    std::copy(e + 1, e + 1 + *e, next());
    commit(*e);
  }
  first_step_ = step - static_cast<std::int64_t>(history);
}

NERNST_INLINE void spike_log::keep_latest(std::int64_t step) {
  if (steps_ == 0) return;
  std::uint32_t const* const e = data_.data() + begin_[steps_ - 1];
  detail::host_array<std::uint32_t> now(*e + 1);
  std::copy(e, e + now.size(), now.data());
  data_ = now;
  used_ = now.size();
  begin_ = {0, used_};
  steps_ = 1;
  first_step_ = step - 1;
}

}  // namespace nernst
