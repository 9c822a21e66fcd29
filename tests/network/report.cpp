// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/network/memory.hpp>
#include <nernst/network/report.hpp>

#include "catch.hpp"
#include <cmath>
#include <sstream>
#include <thread>
#include <vector>

#if defined(__unix__)
#include <cstdio>
#include <unistd.h>
#endif

namespace report = nernst::report;

TEST_CASE("times are readable", "[report]") {
  CHECK(report::to_time(0) == "0 s");
  CHECK(report::to_time(0.00035) == "0.35 ms");
  CHECK(report::to_time(0.021) == "0.021 s");
  CHECK(report::to_time(1) == "1 s");
  CHECK(report::to_time(59.4) == "59.4 s");
  CHECK(report::to_time(59.7) == "1 min");
  CHECK(report::to_time(125.4) == "2 min 5 s");
  CHECK(report::to_time(3599.6) == "1 h");
  CHECK(report::to_time(12000) == "3 h 20 min");
  CHECK(report::to_time(7199) == "2 h");
  CHECK(report::to_time(0.3123, 2) == "0.31 s");
}

TEST_CASE("the remaining time is extrapolated", "[report]") {
  CHECK(report::at(3, 0.25, 0, 1).remaining_seconds == Approx(9));
  CHECK(report::at(3, 1, 0, 1).remaining_seconds == 0);
  CHECK(std::isinf(report::at(0, 0, 0, 1).remaining_seconds));
}

TEST_CASE("progress and summary say it in one line", "[report]") {
  CHECK(report::progress_line({0.3, 0.45, 0, 1, 0.4}) ==
        "simulating 1 s  [======>       ]   45 %  0.3 s elapsed, 0.4 s left");
  CHECK(report::progress_line(report::at(0, 0, 0, 1)) ==
        "simulating 1 s  [>             ]    0 %  0 s elapsed");
  CHECK(report::progress_line(report::at(2, 1, 0, 1)) ==
        "simulating 1 s  [==============]  100 %  2 s elapsed, 0 s left");
  CHECK(report::summary_line(report::at(0.021, 1, 0, 1)) ==
        "simulated 1 s in 0.021 s (47.6 times real time)");
  CHECK(report::summary_line(report::at(2, 0.4, 3, 1, true)) ==
        "simulated 0.4 s of 1 s in 2 s (0.2 times real time)");
  CHECK(report::summary_line(report::at(0, 1, 0, 0)) == "simulated 0 s in 0 s");
}

TEST_CASE("reports are throttled", "[report]") {
  report::throttle never(report::none);
  CHECK_FALSE(never.due());
  report::throttle always(0.0);
  CHECK((always.due() && always.due()));

  int calls = 0;
  auto const reporter = [&](report::progress_info const&) { ++calls; };
  report::throttle often(0.02);
  while (often.elapsed() < 0.1)
    if (often.due()) reporter(report::at(often.elapsed(), often.elapsed() / 0.1, 0, 1));
  CHECK(calls >= 1);
  CHECK(calls <= 5);

  report::throttle usual(reporter);
  CHECK_FALSE(usual.due());
}

#if defined(__unix__)
TEST_CASE("progress writes plain lines where there is no terminal", "[report]") {
  std::FILE* const file = std::tmpfile();
  REQUIRE(file);
  std::fflush(stderr);
  int const before = dup(STDERR_FILENO);
  dup2(fileno(file), STDERR_FILENO);
  double const period = report::progress.period();
  report::progress(report::at(0, 0, 0, 100));
  report::progress(report::at(10, 0.5, 0, 100));
  report::progress(report::at(20, 1, 0, 100, true));
  std::fflush(stderr);
  dup2(before, STDERR_FILENO);
  close(before);
  std::rewind(file);
  std::string text(1000, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file));
  std::fclose(file);
  CHECK(period == 10);
  CHECK(text == "simulating 1 min 40 s  [=======>      ]   50 %  10 s elapsed, 10 s left\n"
                "simulated 1 min 40 s in 20 s (5 times real time)\n");
}
#endif

TEST_CASE("memory is told in readable units", "[report]") {
  CHECK(nernst::to_bytes(0) == "0 B");
  CHECK(nernst::to_bytes(999) == "999 B");
  CHECK(nernst::to_bytes(1000) == "1 kB");
  CHECK(nernst::to_bytes(1280000) == "1.28 MB");
  CHECK(nernst::to_bytes(999600) == "1 MB");
  CHECK(nernst::to_bytes(45600000000) == "45.6 GB");

  std::ostringstream out;
  std::vector<nernst::memory_entry> const entries{{"neurons", 96000}, {"excitation", 1280000}};
  nernst::print_memory(out, entries);
  CHECK(out.str() == "neurons       96 kB\n"
                     "excitation  1.28 MB\n"
                     "total       1.38 MB\n");
}
