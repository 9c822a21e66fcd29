// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/network/clock.hpp>

#include "catch.hpp"
#include <algorithm>
#include <limits>
#include <vector>

namespace {
std::int64_t run(nernst::clock& clock, double duration) {
  std::int64_t const steps = clock.steps_until(duration);
  clock.tick(steps);
  clock.complete(duration);
  return steps;
}
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN(),
                 infinity = std::numeric_limits<double>::infinity();
}  // namespace

TEST_CASE("runs shorter than a step never repeat one", "[clock]") {
  nernst::clock clock(1e-3);
  CHECK(run(clock, 0.5e-3) == 1);
  CHECK(clock.t() == 1e-3);
  CHECK(clock.now() == 0.5e-3);
  CHECK(run(clock, 1.5e-3) == 1);
  CHECK(clock.step() == 2);
  CHECK(run(clock, 0) == 0);
}

TEST_CASE("a run of a whole number of steps has that number of steps", "[clock]") {
  double const odd = 20.000000000020002e-6;
  CHECK(nernst::clock(odd).steps_until(odd * 250) == 250);
  CHECK(nernst::clock(1e-4).steps_until(0.3) == 3000);
  CHECK(nernst::clock(1e-4).steps_until(1.00009e-4) == 1);
  CHECK(nernst::clock(1e-4).steps_until(1.0002e-4) == 2);
  for (int n = 1; n <= 100000; ++n) REQUIRE(nernst::clock(1e-4).steps_until(n * 1e-4) == n);
}

TEST_CASE("split runs make the steps of the whole run", "[clock]") {
  nernst::clock tripling(1e-4);
  double duration = 1e-3;
  while (tripling.now() < 1) {
    duration = std::min(duration * 3, 1 - tripling.now());
    run(tripling, duration);
  }
  CHECK(tripling.step() == 10000);

  nernst::clock many(1e-4);
  for (int i = 0; i < 1000; ++i) run(many, 0.37e-4);
  CHECK(many.step() == 370);
}

TEST_CASE("steps are counted past 2^31", "[clock]") {
  double const dt = 1e-4, start = 2147483643.0 * dt;
  nernst::clock clock(dt);
  CHECK(clock.steps_until(start) == 2147483643);
  clock.tick(2147483643);
  clock.complete(start);
  CHECK(run(clock, 6 * dt) == 6);
  CHECK(clock.step() == 2147483649);
}

TEST_CASE("an interrupted run goes on at its step", "[clock]") {
  nernst::clock clock(1e-4);
  REQUIRE(clock.steps_until(1e-2) == 100);
  clock.tick(30);
  clock.interrupt();
  CHECK(clock.now() == clock.t());
  CHECK(run(clock, 1e-3) == 10);
  CHECK(clock.step() == 40);
}

TEST_CASE("times that make no sense are refused", "[clock]") {
  nernst::clock const clock(1e-4);
  CHECK_THROWS_WITH(clock.steps_until(-1), "run: expected a duration >= 0 s, found -1 s");
  CHECK_THROWS_AS(clock.steps_until(not_a_number), std::invalid_argument);
  CHECK_THROWS_AS(clock.steps_until(infinity), std::length_error);
  CHECK_THROWS_AS(clock.steps_until(1e12), std::length_error);
  CHECK(clock.steps_until(9e11) == 9000000000000000);
  for (double dt : {0.0, -1e-4, not_a_number, infinity})
    CHECK_THROWS_AS(nernst::clock(dt), std::invalid_argument);
}

TEST_CASE("delays are rounded to the nearest step", "[clock]") {
  CHECK(nernst::delay_steps(0, 1e-4) == 0);
  CHECK(nernst::delay_steps(0.49e-4, 1e-4) == 0);
  CHECK(nernst::delay_steps(0.51e-4, 1e-4) == 1);
  CHECK(nernst::delay_steps(1.5e-3, 1e-4) == 15);
  CHECK_THROWS_WITH(nernst::delay_steps(-1e-3, 1e-4),
                    "delay: expected a delay >= 0 s, found -0.001 s");
  CHECK_THROWS_AS(nernst::delay_steps(not_a_number, 1e-4), std::invalid_argument);
  CHECK_THROWS_AS(nernst::delay_steps(infinity, 1e-4), std::length_error);
}
