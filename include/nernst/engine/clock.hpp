// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>

#include <cstdint>
#include <string_view>

namespace nernst {

namespace detail {
/// \throws std::length_error for more than 2^53 steps, naming `what` has them.
std::int64_t checked_steps(double steps, std::string_view what);
/// Whether a time is one or more whole steps of `dt`, within 1e-4 of a step.
bool is_multiple(double time, double dt);
}  // namespace detail

/// A synaptic delay (s) in steps of `dt` (s), rounded to the nearest. Throws std::invalid_argument
/// for a negative delay or NaN and std::length_error for more than 2^53 steps.
std::int64_t delay_steps(double delay, double dt);

/// Simulated time: an integer step times `dt`. Where `dt` changes, so does the number of the step.
///
/// Beside the step, the clock keeps the exact time up to which the runs have lasted; the two differ
/// when a run is no multiple of `dt`. A run of duration d from time T covers the steps from that of
/// T to that of T + d, where a time within 1e-4 dt of a step counts as that step and any other as
/// the next step. So runs shorter than `dt` never repeat a step, and split runs make the same steps
/// as the whole one.
class clock {
 public:
  /// `dt` in seconds, finite and > 0, or std::invalid_argument.
  explicit clock(double dt);
  /// All that a clock knows, and a clock that knows it.
  struct reading {
    double dt = 0, now = 0;
    std::int64_t step = 0, made = 0;
  };
  reading read() const noexcept { return {dt_, now_, step_, made_}; }
  explicit clock(reading const& r) : clock(r.dt) {
    now_ = r.now;
    step_ = r.step;
    made_ = r.made;
  }

  /// Length of a step (s).
  double dt() const noexcept { return dt_; }
  /// The number of the step to come, counted from time 0 in steps of the present length.
  std::int64_t step() const noexcept { return step_; }
  /// How many steps have been made, whatever their length was.
  std::int64_t made() const noexcept { return made_; }
  /// Time of the step to come (s).
  double t() const noexcept { return static_cast<double>(step_) * dt_; }
  /// Time up to which the completed runs lasted (s).
  double now() const noexcept { return now_; }

  /// Number of steps in a run of `duration` (s) that starts now. Throws std::invalid_argument for a
  /// negative duration or NaN and std::length_error when the run would end after step 2^53.
  std::int64_t steps_until(double duration) const;

  /// Goes on with steps of another length. Throws std::invalid_argument unless the time is a
  /// multiple of it, within 1e-4 of it.
  void set_dt(double dt);

  /// `n` steps have been made.
  void tick(std::int64_t n = 1) noexcept {
    step_ += n;
    made_ += n;
  }
  /// The run of `duration` (s) is over.
  void complete(double duration) noexcept { now_ += duration; }
  /// The run ended before its time, at the present step.
  void interrupt() noexcept { now_ = t(); }

 private:
  double dt_;
  double now_ = 0;
  std::int64_t step_ = 0;
  std::int64_t made_ = 0;
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/engine/clock-inl.hpp>
#endif
