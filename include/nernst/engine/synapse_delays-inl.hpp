// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/clock.hpp>
#include <nernst/engine/synapse_delays.hpp>

#include <algorithm>
#include <numeric>
#include <utility>

namespace nernst::engine {

NERNST_INLINE std::vector<double> synapse_delays::each() const {
  if (number.empty()) return seconds;
  std::vector<double> all(number.size());
  for (std::size_t k = 0; k < all.size(); ++k) all[k] = seconds[number[k]];
  return all;
}

NERNST_INLINE void delay_collector::put(std::size_t number, double seconds) {
  std::int64_t const steps = delay_steps(seconds, dt_);
  std::uint32_t const which = enter(steps);
  seconds_[which] = as_steps_ ? static_cast<double>(steps) * dt_ : seconds;
  if (number == 0) first_ = seconds_[which];
  found_.set(number, which);
}

NERNST_INLINE void delay_collector::put(std::vector<double> const& seconds) {
  for (std::size_t k = 0; k < seconds.size(); ++k) put(k, seconds[k]);
}

/// The number of a delay, as found.
NERNST_INLINE std::uint32_t delay_collector::enter(std::int64_t steps) {
  auto const which = static_cast<std::uint32_t>(steps_.size());
  auto const [at, is_new] = known_.try_emplace(steps, which);
  if (!is_new) return at->second;
  steps_.push_back(steps);
  seconds_.push_back(0);
  found_.raise(which + 1);
  return which;
}

NERNST_INLINE synapse_delays delay_collector::result() && {
  if (steps_.size() <= 1) return {{first_}, {}};
  std::vector<std::uint32_t> order(steps_.size()), place(steps_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t x, std::uint32_t y) { return steps_[x] > steps_[y]; });
  synapse_delays all{{}, std::move(found_)};
  for (std::uint32_t const which : order) {
    place[which] = static_cast<std::uint32_t>(all.seconds.size());
    all.seconds.push_back(seconds_[which]);
  }
  for (std::size_t k = 0; k < all.number.size(); ++k) all.number.set(k, place[all.number[k]]);
  return all;
}

}  // namespace nernst::engine
