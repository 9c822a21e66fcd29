// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/clock.hpp>
#include <nernst/engine/synapse_delays.hpp>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <numeric>
#include <utility>

namespace nernst::engine {

NERNST_INLINE std::vector<double> synapse_delays::each() const {
  if (number.empty()) return seconds;
  std::vector<double> all(number.size());
  for (std::size_t k = 0; k < all.size(); ++k) all[k] = seconds[number[k]];
  return all;
}

/// The delays that were found, numbered as they were found, which depends on the threads. The
/// numbers of synapses' delays stand in planes of a byte each, which are made when somebody needs
/// them.
class delay_collector::known_delays {
 public:
  /// Fewer steps are looked up in a table.
  static constexpr std::int64_t near = 65536;

  explicit known_delays(std::size_t synapses) : synapses_(synapses), near_(near) { plane(0); }

  std::uint32_t number_of(std::int64_t steps) {
    if (steps >= near) return enter(steps);
    std::uint32_t const known =
        near_[static_cast<std::size_t>(steps)].load(std::memory_order_acquire);
    return known != 0 ? known - 1 : enter(steps);
  }
  /// The same for synapses whose delays are `near` steps.
  void keep_near(std::size_t const* synapses, std::int32_t const* steps, std::size_t count) {
    std::uint8_t* const lowest = plane(0);
    for (std::size_t k = 0; k < count; ++k) {
      std::uint32_t const known =
          near_[static_cast<std::size_t>(steps[k])].load(std::memory_order_acquire);
      if (known - 1 < 256)
        lowest[synapses[k]] = static_cast<std::uint8_t>(known - 1);
      else
        keep(synapses[k], number_of(steps[k]));
    }
  }
  void keep(std::size_t synapse, std::uint32_t number) {
    plane(0)[synapse] = static_cast<std::uint8_t>(number);
    for (std::size_t p = 1; number >> (8 * p) != 0; ++p)
      plane(p)[synapse] = static_cast<std::uint8_t>(number >> (8 * p));
  }
  /// By number of the synapse.
  detail::packed_numbers numbers() && {
    return {std::move(memory_), static_cast<std::uint32_t>(count())};
  }
  std::size_t count() const { return steps_.size(); }
  std::int64_t steps(std::size_t number) const { return steps_[number]; }

  std::vector<double> seconds;  ///< by number, where delays are not rounded
  double first = 0;             ///< that of the first synapse, likewise

 private:
  std::uint32_t enter(std::int64_t steps) {
    std::lock_guard const lock(mutex_);
    return steps < near ? enter_near(near_[static_cast<std::size_t>(steps)], steps)
                        : enter_far(steps);
  }
  std::uint32_t enter_near(std::atomic<std::uint32_t>& known, std::int64_t steps) {
    if (known.load(std::memory_order_relaxed) == 0)
      known.store(append(steps) + 1, std::memory_order_release);
    return known.load(std::memory_order_relaxed) - 1;
  }
  std::uint32_t enter_far(std::int64_t steps) {
    auto const at = std::lower_bound(
        far_.begin(), far_.end(), steps,
        [this](std::uint32_t number, std::int64_t s) { return steps_[number] < s; });
    if (at != far_.end() && steps_[*at] == steps) return *at;
    return *far_.insert(at, append(steps));
  }
  std::uint32_t append(std::int64_t steps) {
    steps_.push_back(steps);
    seconds.push_back(0);
    return static_cast<std::uint32_t>(steps_.size() - 1);
  }
  std::uint8_t* plane(std::size_t p) {
    std::uint8_t* const made = planes_[p].load(std::memory_order_acquire);
    return made != nullptr ? made : make_plane(p);
  }
  std::uint8_t* make_plane(std::size_t p) {
    std::lock_guard const lock(mutex_);
    if (planes_[p].load(std::memory_order_relaxed) == nullptr) {
      memory_[p] = detail::packed_numbers::zeros(synapses_);
      planes_[p].store(memory_[p].data(), std::memory_order_release);
    }
    return memory_[p].data();
  }

  std::size_t synapses_;
  std::vector<std::atomic<std::uint32_t>> near_;  ///< by steps: the number and 1, or 0
  std::vector<std::uint32_t> far_;                ///< the numbers of longer ones, shortest first
  std::vector<std::int64_t> steps_;
  std::atomic<std::uint8_t*> planes_[detail::packed_numbers::most_bytes] = {};
  detail::packed_numbers::plane memory_[detail::packed_numbers::most_bytes];
  std::mutex mutex_;
};

NERNST_INLINE delay_collector::delay_collector(executor const& run, std::size_t synapses, double dt,
                                               bool as_steps)
    : run_(run), dt_(dt), as_steps_(as_steps), known_(std::make_unique<known_delays>(synapses)) {}
NERNST_INLINE delay_collector::delay_collector(delay_collector&&) noexcept = default;
NERNST_INLINE delay_collector::~delay_collector() = default;

NERNST_INLINE void delay_collector::put(std::size_t number, double seconds) {
  std::int64_t const steps = delay_steps(seconds, dt_);
  std::uint32_t const which = known_->number_of(steps);
  known_->keep(number, which);
  if (as_steps_) return;
  known_->seconds[which] = seconds;
  if (number == 0) known_->first = seconds;
}

NERNST_INLINE void delay_collector::put(std::size_t const* numbers, double const* seconds,
                                        std::size_t count) {
  constexpr std::size_t most = 256;
  std::int32_t steps[most];
  for (std::size_t begin = 0; begin < count; begin += most) {
    std::size_t const some = std::min(count - begin, most);
    std::size_t const* const synapse = numbers + begin;
    double const* const delay = seconds + begin;
    bool are_near = as_steps_;
    for (std::size_t k = 0; k < some; ++k) {
      double const s = delay[k] / dt_ + 0.5;
      bool const is_near = delay[k] >= 0 && s < known_delays::near;
      are_near = are_near && is_near;
      steps[k] = is_near ? static_cast<std::int32_t>(s) : 0;
    }
    if (are_near) known_->keep_near(synapse, steps, some);
    for (std::size_t k = 0; k < some && !are_near; ++k) put(synapse[k], delay[k]);
  }
}

NERNST_INLINE void delay_collector::put(std::vector<double> const& seconds) {
  for (std::size_t k = 0; k < seconds.size(); ++k) put(k, seconds[k]);
}

NERNST_INLINE synapse_delays delay_collector::result() && {
  std::size_t const count = known_->count();
  if (count == 0) return {};
  if (count == 1)
    return {{as_steps_ ? static_cast<double>(known_->steps(0)) * dt_ : known_->first}, {}};
  std::vector<std::uint32_t> order(count), place(count);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [this](std::uint32_t x, std::uint32_t y) {
    return known_->steps(x) > known_->steps(y);
  });
  synapse_delays all{{}, std::move(*known_).numbers()};
  for (std::uint32_t const which : order) {
    place[which] = static_cast<std::uint32_t>(all.seconds.size());
    all.seconds.push_back(as_steps_ ? static_cast<double>(known_->steps(which)) * dt_
                                    : known_->seconds[which]);
  }
  constexpr std::size_t share = 1 << 16;
  std::size_t const synapses = all.number.size();
  run_.for_each("nernst::delays::number", static_cast<std::int64_t>((synapses + share - 1) / share),
                [&](std::int64_t s) {
                  std::size_t const first = static_cast<std::size_t>(s) * share;
                  all.number.replace(first, std::min(synapses, first + share), place);
                });
  return all;
}

}  // namespace nernst::engine
