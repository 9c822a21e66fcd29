// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/clock.hpp>
#include <nernst/refuse.hpp>

#include <cmath>
#include <stdexcept>

namespace nernst {

namespace detail {

NERNST_INLINE std::int64_t checked_steps(double steps, std::string_view what) {
  constexpr double most = 9007199254740992.0;  // every integer up to it is a double
  if (!(steps <= most)) detail::refuse<std::length_error>({what, ": expected at most 2^53 steps"});
  return static_cast<std::int64_t>(steps);
}

NERNST_INLINE bool is_multiple(double time, double dt) {
  double const steps = time / dt;
  return steps > 0.5 && std::abs(steps - std::round(steps)) <= 1e-4;
}

inline double checked_dt(double dt) {
  if (!(dt > 0) || !std::isfinite(dt))
    detail::refuse<std::invalid_argument>({"clock: expected a finite dt > 0 s, found ", dt, " s"});
  return dt;
}

/// The step at time `t`, at most 1e-4 dt before it; the next one where `t` lies between two steps.
inline std::int64_t step_at(double t, double dt) {
  double const nearest = std::round(t / dt);
  double const distance = std::abs(nearest * dt - t);
  bool const hits = distance == 0 || distance / dt <= 1e-4;
  return checked_steps(hits ? nearest : std::ceil(t / dt), "run");
}

}  // namespace detail

NERNST_INLINE std::int64_t delay_steps(double delay, double dt) {
  if (!(delay >= 0))
    detail::refuse<std::invalid_argument>({"delay: expected a delay >= 0 s, found ", delay, " s"});
  return detail::checked_steps(delay / detail::checked_dt(dt) + 0.5, "delay");
}

NERNST_INLINE clock::clock(double dt) : dt_(detail::checked_dt(dt)) {}

NERNST_INLINE void clock::set_dt(double dt) {
  double const present = t();
  for (double const time : {now_, present}) {
    double const distance = std::abs(std::round(time / detail::checked_dt(dt)) * dt - time);
    if (!(distance <= 1e-4 * dt))
      detail::refuse<std::invalid_argument>(
          {"clock: expected a dt of which the time ", time, " s is a multiple, found ", dt, " s"});
  }
  step_ = detail::checked_steps(std::round(present / dt), "clock");
  dt_ = dt;
}

NERNST_INLINE std::int64_t clock::steps_until(double duration) const {
  if (!(duration >= 0))
    detail::refuse<std::invalid_argument>(
        {"run: expected a duration >= 0 s, found ", duration, " s"});
  return detail::step_at(now_ + duration, dt_) - step_;
}

}  // namespace nernst
