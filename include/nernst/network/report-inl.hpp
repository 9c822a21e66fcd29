// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/report.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>

#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#endif

namespace nernst::report {

NERNST_INLINE std::string to_time(double seconds, int digits) {
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

NERNST_INLINE std::string progress_line(progress_info const& info) {
  constexpr std::size_t width = 14;
  double const completed = std::clamp(info.completed, 0.0, 1.0);
  std::string bar(static_cast<std::size_t>(completed * static_cast<double>(width)), '=');
  if (bar.size() < width) bar += '>';
  bar.resize(width, ' ');
  char percent[16];
  std::snprintf(percent, sizeof percent, "%3d %%", static_cast<int>(completed * 100));
  bool const known = std::isfinite(info.remaining_seconds);
  return detail::message({"simulating ", to_time(info.duration), "  [", bar, "]  ", percent, "  ",
                          to_time(info.elapsed_seconds, 2), " elapsed", known ? ", " : "",
                          known ? to_time(info.remaining_seconds, 2) : "", known ? " left" : ""});
}

NERNST_INLINE std::string summary_line(progress_info const& info) {
  double const simulated = info.completed < 1 ? info.completed * info.duration : info.duration;
  bool const stopped = info.completed < 1;
  char ratio[48] = "";
  if (info.elapsed_seconds > 0 && simulated > 0)
    std::snprintf(ratio, sizeof ratio, " (%.3g times real time)", simulated / info.elapsed_seconds);
  return detail::message({"simulated ", to_time(simulated), stopped ? " of " : "",
                          stopped ? to_time(info.duration) : "", " in ",
                          to_time(info.elapsed_seconds), ratio});
}

/// Whether stderr is a terminal.
inline bool on_terminal() noexcept {
#if defined(__unix__) || defined(__APPLE__)
  return isatty(STDERR_FILENO) != 0;
#else
  return false;
#endif
}

NERNST_INLINE void progress_t::operator()(progress_info const& info) const {
  bool const finished = info.finished || info.completed >= 1;
  std::string line = finished ? summary_line(info) : progress_line(info);
  if (on_terminal()) {
    if (line.size() < 79) line.resize(79, ' ');
    std::fprintf(stderr, finished ? "\r%s\n" : "\r%s", line.c_str());
    std::fflush(stderr);
  } else if (finished || info.completed > 0) {
    std::fprintf(stderr, "%s\n", line.c_str());
  }
}
NERNST_INLINE double progress_t::period() const noexcept {
  return on_terminal() ? 0.1 : 10;
}

}  // namespace nernst::report
