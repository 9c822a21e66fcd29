// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>

#include <chrono>
#include <limits>
#include <string>

/// How a run tells what it is doing. A reporter is anything that can be called with a
/// `progress_info`.
namespace nernst::report {

/// Where a run stands.
struct progress_info {
  double elapsed_seconds = 0;  ///< wall-clock time since the run began
  double completed = 0;        ///< fraction, 0 to 1
  double t_start = 0;          ///< simulated time at which the run began (s)
  double duration = 0;         ///< simulated time that it is to last (s)
  /// Wall-clock time still to go, as estimated; infinite when unknown.
  double remaining_seconds = std::numeric_limits<double>::infinity();
  bool finished = false;  ///< the last report of the run, complete or not
};

/// What can be called with a `progress_info`.
template <class T>
concept Reporter = requires(T const& reporter, progress_info const& info) { reporter(info); };

/// A `progress_info` with its estimate of the remaining time, elapsed (1 - completed) / completed.
inline progress_info at(double elapsed_seconds, double completed, double t_start, double duration,
                        bool finished = false) {
  double const remaining = completed > 0 ? elapsed_seconds / completed * (1 - completed)
                                         : std::numeric_limits<double>::infinity();
  return {.elapsed_seconds = elapsed_seconds,
          .completed = completed,
          .t_start = t_start,
          .duration = duration,
          .remaining_seconds = remaining,
          .finished = finished};
}

/// A time (s) for people, with `digits` digits: "0.35 ms", "0.021 s", "2 min 5 s", "3 h 20 min".
std::string to_time(double seconds, int digits = 3);

/// "simulating 1 s  [======>       ]  45 %  0.3 s elapsed, 0.4 s left"
std::string progress_line(progress_info const& info);

/// "simulated 1 s in 0.021 s (47.6 times real time)"; a run that ended early: "simulated 0.4 s of 1
/// s in ...".
std::string summary_line(progress_info const& info);

/// Reports nothing.
struct none_t {
  void operator()(progress_info const&) const noexcept {}
  /// Seconds between reports.
  double period() const noexcept { return std::numeric_limits<double>::infinity(); }
};

/// Reports on stderr: on a terminal one line that is rewritten ten times a second, elsewhere a line
/// every ten seconds; a summary at the end.
struct progress_t {
  void operator()(progress_info const& info) const;
  /// Seconds between reports.
  double period() const noexcept;
};

inline constexpr none_t none{};
inline constexpr progress_t progress{};

/// Decides when a report is due: `period` seconds after the last, by a steady clock. For the loop
/// of a run:
///
///     report::throttle throttle(reporter);
///     reporter(report::at(0, 0, t_start, duration));
///     for (…) if (throttle.due()) reporter(report::at(throttle.elapsed(), …));
///     reporter(report::at(throttle.elapsed(), 1, t_start, duration, true));
class throttle {
 public:
  /// Every `period` seconds; 0 means always, infinity never.
  explicit throttle(double period) : period_(period) {}
  /// As often as the reporter's `period()` says, or every ten seconds when it has none.
  template <Reporter R>
  explicit throttle(R const& reporter) : period_(10) {
    if constexpr (requires { reporter.period(); }) period_ = reporter.period();
  }

  double period() const { return period_; }
  /// Seconds since construction.
  double elapsed() const { return std::chrono::duration<double>(clock::now() - start_).count(); }

  /// Whether it is time for a report; if so, the next period begins now. Costs one reading of the
  /// clock.
  bool due() {
    double const now = elapsed();
    if (!(now - last_ >= period_)) return false;
    last_ = now;
    return true;
  }

 private:
  using clock = std::chrono::steady_clock;
  clock::time_point start_ = clock::now();
  double period_;
  double last_ = 0;
};

}  // namespace nernst::report

#if NERNST_HEADER_ONLY
#include <nernst/network/report-inl.hpp>
#endif
