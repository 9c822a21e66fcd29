// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/clock.hpp>
#include <nernst/engine/due_steps.hpp>
#include <nernst/refuse.hpp>

#include <cmath>
#include <stdexcept>

namespace nernst {

namespace detail {
/// The step at time `t`, or -1 where there is none.
inline std::int64_t exact_step(double t, double dt, std::string_view whose) {
  double const steps = std::round(t / dt);
  if (!(std::abs(steps * dt - t) <= 1e-4 * dt)) return -1;
  return checked_steps(steps, whose);
}
[[noreturn]] inline void refuse_time(double t, double dt, std::string_view whose,
                                     char const* what) {
  refuse<std::invalid_argument>({whose, ": expected ", what,
                                 " of a timed action that is a multiple of dt = ", dt, " s, found ",
                                 t, " s"});
}
}  // namespace detail

NERNST_INLINE due_steps due_steps::every(double period, double dt, std::string_view whose) {
  due_steps due;
  due.period_ = detail::exact_step(period, dt, whose);
  if (due.period_ < 1) detail::refuse_time(period, dt, whose, "a period");
  return due;
}

NERNST_INLINE due_steps due_steps::at(ir::span<double const> times, double dt,
                                      std::string_view whose) {
  due_steps due;
  due.period_ = 0;
  for (double const t : times) {
    std::int64_t const step = detail::exact_step(t, dt, whose);
    if (step < 0) detail::refuse_time(t, dt, whose, "a time");
    int place = due.steps_.size();
    while (place > 0 && step < due.steps_[place - 1]) --place;
    due.steps_.insert(place, step);
  }
  return due;
}

NERNST_INLINE bool due_steps::operator()(std::int64_t step) const {
  if (period_ == 1) return true;
  if (period_ > 0) return step % period_ == 0;
  int first = 0;
  for (int count = steps_.size(); count > 0;) {
    int const middle = first + count / 2;
    bool const before = steps_[middle] < step;
    first = before ? middle + 1 : first;
    count = before ? count - count / 2 - 1 : count / 2;
  }
  return first < steps_.size() && steps_[first] == step;
}

}  // namespace nernst
