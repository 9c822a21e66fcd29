// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/clock.hpp>

#include <algorithm>
#include <span>
#include <vector>

namespace nernst {

/// The steps in which something happens: all of them, those at multiples of a period (the first one
/// at time 0), or those at given times.
class due_steps {
 public:
  due_steps() = default;

  /// \throws std::invalid_argument unless the period is a multiple of dt (within 1e-4 dt), and at
  /// least dt.
  static due_steps every(double period, double dt) {
    due_steps due;
    due.period_ = nearest(period, dt);
    if (due.period_ < 1) throw std::invalid_argument(expected(period, dt, "a period"));
    return due;
  }
  /// \throws std::invalid_argument unless the times are multiples of dt (within 1e-4 dt).
  static due_steps at(std::span<double const> times, double dt) {
    due_steps due;
    due.period_ = 0;
    for (double const t : times) {
      due.steps_.push_back(nearest(t, dt));
      if (due.steps_.back() < 0) throw std::invalid_argument(expected(t, dt, "a time"));
    }
    std::sort(due.steps_.begin(), due.steps_.end());
    return due;
  }

  bool operator()(std::int64_t step) const {
    return period_ > 0 ? period_ == 1 || step % period_ == 0
                       : std::binary_search(steps_.begin(), steps_.end(), step);
  }

 private:
  static std::int64_t nearest(double t, double dt) {
    double const steps = std::round(t / dt);
    if (!(std::abs(steps * dt - t) <= 1e-4 * dt)) return -1;
    return detail::checked_steps(steps, "a timed action");
  }
  static std::string expected(double t, double dt, char const* what) {
    return std::string("a timed action: expected ") + what +
           " that is a multiple of dt = " + detail::seconds_text(dt) + ", found " +
           detail::seconds_text(t);
  }

  std::int64_t period_ = 1;
  std::vector<std::int64_t> steps_;
};

}  // namespace nernst
