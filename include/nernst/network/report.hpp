// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <limits>
#include <string>

#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#endif

/// How a run tells what it is doing. A reporter is anything that can be called with a
/// `progress_info`.
namespace nernst::report {

/// Where a run stands.
struct progress_info {
  double elapsed_seconds = 0;  ///< wall-clock time since the run began
  double completed = 0;        ///< fraction, 0 to 1
  double t_start = 0;          ///< simulated time at which the run began (s)
  double duration = 0;         ///< simulated time that it is to last (s)
  double remaining_seconds =
      std::numeric_limits<double>::infinity();  ///< wall-clock time still to go, as estimated;
                                                ///< infinite when unknown
  bool finished = false;                        ///< the last report of the run, complete or not
};

/// A `progress_info` with its estimate of the remaining time: elapsed / completed * (1 -
/// completed).
inline progress_info at(double elapsed_seconds, double completed, double t_start, double duration,
                        bool finished = false) {
  double const remaining = completed > 0 ? elapsed_seconds / completed * (1 - completed)
                                         : std::numeric_limits<double>::infinity();
  return {elapsed_seconds, completed, t_start, duration, remaining, finished};
}

/// A time (s) for people, with `digits` digits: "0.35 ms", "0.021 s", "2 min 5 s", "3 h 20 min".
inline std::string to_time(double seconds, int digits = 3) {
  char text[48];
  if (seconds < 59.5) {
    bool const short_time = seconds != 0 && seconds < 0.01;
    std::snprintf(text, sizeof text, "%.*g %s", digits, short_time ? seconds * 1000 : seconds,
                  short_time ? "ms" : "s");
    return text;
  }
  if (!(seconds < 3.6e9)) return "more than a million h";
  long long const whole_seconds = std::llround(seconds);
  bool const hours = whole_seconds >= 3600;
  long long const small = hours ? (whole_seconds + 30) / 60 : whole_seconds, large = small / 60,
                  rest = small % 60;
  int const end = std::snprintf(text, sizeof text, "%lld %s", large, hours ? "h" : "min");
  if (rest > 0)
    std::snprintf(text + end, sizeof text - static_cast<std::size_t>(end), " %lld %s", rest,
                  hours ? "min" : "s");
  return text;
}

/// "simulating 1 s  [======>       ]  45 %  0.3 s elapsed, 0.4 s left"
inline std::string progress_line(progress_info const& info) {
  constexpr std::size_t width = 14;
  double const completed = std::clamp(info.completed, 0.0, 1.0);
  std::string bar(static_cast<std::size_t>(completed * static_cast<double>(width)), '=');
  if (bar.size() < width) bar += '>';
  bar.resize(width, ' ');
  char percent[16];
  std::snprintf(percent, sizeof percent, "%3d %%", static_cast<int>(completed * 100));
  std::string line = "simulating " + to_time(info.duration) + "  [" + bar + "]  " + percent + "  " +
                     to_time(info.elapsed_seconds, 2) + " elapsed";
  if (std::isfinite(info.remaining_seconds))
    line += ", " + to_time(info.remaining_seconds, 2) + " left";
  return line;
}

/// "simulated 1 s in 0.021 s (47.6 times real time)"; a run that ended early: "simulated 0.4 s of 1
/// s in …".
inline std::string summary_line(progress_info const& info) {
  double const simulated = info.completed < 1 ? info.completed * info.duration : info.duration;
  std::string line = "simulated " + to_time(simulated);
  if (info.completed < 1) line += " of " + to_time(info.duration);
  line += " in " + to_time(info.elapsed_seconds);
  if (info.elapsed_seconds > 0 && simulated > 0) {
    char ratio[48];
    std::snprintf(ratio, sizeof ratio, " (%.3g times real time)", simulated / info.elapsed_seconds);
    line += ratio;
  }
  return line;
}

/// Reports nothing.
struct none_t {
  void operator()(progress_info const&) const noexcept {}
  /// Seconds between reports.
  double period() const noexcept { return std::numeric_limits<double>::infinity(); }
};

/// Reports on stderr: on a terminal one line that is rewritten ten times a second, elsewhere a line
/// every ten seconds; a summary at the end.
struct progress_t {
  void operator()(progress_info const& info) const {
    bool const finished = info.finished || info.completed >= 1;
    std::string line = finished ? summary_line(info) : progress_line(info);
    if (terminal()) {
      if (line.size() < 79) line.resize(79, ' ');
      std::fprintf(stderr, finished ? "\r%s\n" : "\r%s", line.c_str());
      std::fflush(stderr);
    } else if (finished || info.completed > 0) {
      std::fprintf(stderr, "%s\n", line.c_str());
    }
  }
  /// Seconds between reports.
  double period() const noexcept { return terminal() ? 0.1 : 10; }

 private:
  static bool terminal() noexcept {
#if defined(__unix__) || defined(__APPLE__)
    return isatty(STDERR_FILENO) != 0;
#else
    return false;
#endif
  }
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
  template <class Reporter>
    requires requires(Reporter const& r) { r(progress_info{}); }
  explicit throttle(Reporter const& reporter) : period_(10) {
    if constexpr (requires { reporter.period(); }) period_ = reporter.period();
  }

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
