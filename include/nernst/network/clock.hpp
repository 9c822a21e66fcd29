// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <string>

namespace nernst {

namespace detail {
inline constexpr double most_steps =
    9007199254740992.0;  // 2^53: every integer up to it is a double

inline std::string seconds_text(double t) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g s", t);
  return text;
}

inline std::int64_t checked_steps(double steps, char const* what) {
  if (!(steps <= most_steps))
    throw std::length_error(std::string(what) + ": expected at most 2^53 steps");
  return static_cast<std::int64_t>(steps);
}

inline double checked_dt(double dt) {
  if (!(dt > 0) || !std::isfinite(dt))
    throw std::invalid_argument("clock: expected a finite dt > 0 s, found " + seconds_text(dt));
  return dt;
}

/// The step at time `t`, at most 1e-4 dt before it; the next one where `t` lies between two steps.
inline std::int64_t step_at(double t, double dt) {
  double const nearest = std::round(t / dt);
  double const distance = std::abs(nearest * dt - t);
  return checked_steps(distance == 0 || distance / dt <= 1e-4 ? nearest : std::ceil(t / dt), "run");
}
}  // namespace detail

/// The step that time `t` (s) belongs to, with a guard of 1e-3 dt against rounding: what equations
/// mean by `timestep(t, dt)`. |t/dt| must be below 2^63.
constexpr std::int64_t timestep(double t, double dt) noexcept {
  return static_cast<std::int64_t>((t + 1e-3 * dt) / dt);
}

/// A synaptic delay (s) in steps of `dt` (s), rounded to the nearest. Throws std::invalid_argument
/// for a negative delay or NaN and std::length_error for more than 2^53 steps.
inline std::int64_t delay_steps(double delay, double dt) {
  if (!(delay >= 0))
    throw std::invalid_argument("delay: expected a delay >= 0 s, found " +
                                detail::seconds_text(delay));
  return detail::checked_steps(delay / detail::checked_dt(dt) + 0.5, "delay");
}

/// Simulated time: an integer step times `dt`.
///
/// Beside the step, the clock keeps the exact time up to which the runs have lasted; the two differ
/// when a run is no multiple of `dt`. A run of duration d from time T covers the steps from
/// step_at(T) to step_at(T + d), where a time within 1e-4 dt of a step counts as that step and any
/// other as the next step. So runs shorter than `dt` never repeat a step, and split runs make the
/// same steps as the whole one.
///
///     auto const n = clock.steps_until(duration);
///     for (std::int64_t i = 0; i < n; ++i, clock.tick()) { ... }   // this step's time is
///     clock.t() clock.complete(duration);                                    // or
///     clock.interrupt(), when the loop was left early
class clock {
 public:
  /// `dt` in seconds, finite and > 0, or std::invalid_argument.
  explicit clock(double dt) : dt_(detail::checked_dt(dt)) {}

  /// Length of a step (s).
  double dt() const noexcept { return dt_; }
  /// Number of steps made, which is the index of the step to come.
  std::int64_t step() const noexcept { return step_; }
  /// Time of the step to come (s).
  double t() const noexcept { return static_cast<double>(step_) * dt_; }
  /// Time up to which the completed runs lasted (s).
  double now() const noexcept { return now_; }

  /// Number of steps in a run of `duration` (s) that starts now. Throws std::invalid_argument for a
  /// negative duration or NaN and std::length_error when the run would end after step 2^53.
  std::int64_t steps_until(double duration) const {
    if (!(duration >= 0))
      throw std::invalid_argument("run: expected a duration >= 0 s, found " +
                                  detail::seconds_text(duration));
    return detail::step_at(now_ + duration, dt_) - step_;
  }

  /// One step, or `n` of them, has been made.
  void tick(std::int64_t n = 1) noexcept { step_ += n; }
  /// The run of `duration` (s) is over.
  void complete(double duration) noexcept { now_ += duration; }
  /// The run ended before its time, at the present step.
  void interrupt() noexcept { now_ = t(); }

  /// Changes the length of a step (s). Throws std::invalid_argument when the time reached is no
  /// multiple (within 1e-4) of the new one.
  void set_dt(double dt) {
    detail::checked_dt(dt);
    double const before = std::round(now_ / dt_) * dt_, after = std::round(now_ / dt) * dt;
    if (std::abs(after - before) / dt > 1e-4)
      throw std::invalid_argument("clock: cannot change dt from " + detail::seconds_text(dt_) +
                                  " to " + detail::seconds_text(dt) + ": the time " +
                                  detail::seconds_text(now_) + " is no multiple of it");
    step_ = detail::step_at(now_, dt);
    dt_ = dt;
  }

 private:
  double dt_;
  double now_ = 0;
  std::int64_t step_ = 0;
};

}  // namespace nernst
