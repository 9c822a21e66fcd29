// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/io.hpp>
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/trace.hpp"
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <vector>

namespace {

using namespace nernst::dsl;
using test::numbers, test::trace;
using step_list = std::vector<std::int64_t>;

std::int64_t run(nernst::clock& clock, double duration) {
  std::int64_t const steps = clock.steps_until(duration);
  clock.tick(steps);
  clock.complete(duration);
  return steps;
}
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN(),
                 infinity = std::numeric_limits<double>::infinity();

/// Everything that counts steps: a refractory period, a timed array, and (below) a delay.
struct driven {
  static constexpr auto v = state<"v">(one);
  static constexpr auto k = parameter<"k">(one);
  static constexpr auto current = timed_array<"current">(one);
  static constexpr auto model =
      neuron(d(v) / dt = (current(t) * k - v) / (1.5 * ms) | unless_refractory, threshold(v > 1),
             reset(v = 0), refractory(0.46 * ms), method(exact));
};
struct decaying {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model = neuron(d(x) / dt = -x / (2 * ms), method(exact));
};
struct kick {
  static constexpr auto model = synapse(on_pre(post(decaying::x) += 1));
};

/// Fires once, at a time.
struct once {
  static constexpr auto when = parameter<"when">(second);
  static constexpr auto seen = subexpression<"seen">(lastspike);
  static constexpr auto model =
      neuron(seen, threshold(t > when - 0.01 * ms && t < when + 0.01 * ms && not_refractory),
             refractory(1 * ms));
};
struct counter {
  static constexpr auto n = state<"n">(one);
  static constexpr auto model = neuron(every(0.3 * ms, n += 1), at({1.2 * ms, 2.4 * ms}, n += 100));
};
struct count_up {
  static constexpr auto model = synapse(on_pre(post(counter::n) += 1));
};
struct dice {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model = neuron(every(dt, x = uniform()));
};

/// A spike of each of `times` (ms), delayed: where its target has seen it (ms), with a change of
/// the length of a step at 1 ms.
numbers arrivals(double dt, double next_dt, double delay, numbers const& times) {
  nernst::network net({.dt = dt * ms});
  auto const size = static_cast<std::uint32_t>(times.size());
  auto sources = net.population<once>(size);
  auto targets = net.population<decaying>(size);
  static_cast<void>(net.connect<kick>(sources, targets, one_to_one(), delay * ms));
  for (std::uint32_t k = 0; k < size; ++k) sources(k, k + 1)[once::when] = times[k] * ms;
  auto const x = net.record(targets, {"x"});
  net.run(1 * ms);
  net.set_dt(next_dt * ms);
  net.run(4 * ms);
  numbers seen;
  for (std::uint32_t k = 0; k < size; ++k) {
    auto const values = trace(x, 0, k);
    auto const first = std::find_if(values.begin(), values.end(), [](double v) { return v > 0; });
    CHECK(*std::max_element(values.begin(), values.end()) == 1);
    seen.push_back(x.time(static_cast<std::size_t>(first - values.begin())) * 1e3);
  }
  return seen;
}
void check_near(numbers const& x, numbers const& y) {
  REQUIRE(x.size() == y.size());
  for (std::size_t k = 0; k < x.size(); ++k) CHECK(x[k] == Approx(y[k]).epsilon(1e-12));
}

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
  for (int k = 0; k < 1000; ++k) run(many, 0.37e-4);
  CHECK(many.step() == 370);
}

TEST_CASE("steps are counted past 2^31", "[clock]") {
  double const length = 1e-4, start = 2147483643.0 * length;
  nernst::clock clock(length);
  CHECK(clock.steps_until(start) == 2147483643);
  clock.tick(2147483643);
  clock.complete(start);
  CHECK(run(clock, 6 * length) == 6);
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
  for (double length : {0.0, -1e-4, not_a_number, infinity})
    CHECK_THROWS_AS(nernst::clock(length), std::invalid_argument);
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

TEST_CASE("a clock goes on with another step where the time is a multiple of it", "[clock]") {
  nernst::clock clock(1e-4);
  clock.set_dt(3e-4);
  CHECK(clock.dt() == 3e-4);
  clock.set_dt(1e-4);
  run(clock, 1e-3);
  clock.set_dt(0.5e-4);
  CHECK(clock.step() == 20);
  CHECK(clock.made() == 10);
  CHECK(clock.t() == Approx(1e-3));
  CHECK(run(clock, 0.2e-3) == 4);
  clock.set_dt(4e-4);
  CHECK(clock.step() == 3);
  CHECK(clock.made() == 14);
  CHECK_THROWS_AS(clock.set_dt(1e-3), std::invalid_argument);
  CHECK_THROWS_WITH(clock.set_dt(1e-3),
                    "clock: expected a dt of which the time 0.0012 s is a multiple, found 0.001 s");
  for (double const wrong : {0.0, -1e-4, not_a_number, infinity})
    CHECK_THROWS_AS(clock.set_dt(wrong), std::invalid_argument);
  CHECK(clock.dt() == 4e-4);
  // The step that a short run has begun counts as well: no later one repeats a part of it.
  nernst::clock shorter(1e-3);
  run(shorter, 0.4e-3);
  CHECK_THROWS_AS(shorter.set_dt(0.5e-3), std::invalid_argument);
  shorter.set_dt(0.2e-3);
  CHECK(shorter.step() == 5);
  CHECK(run(shorter, 0.6e-3) == 0);
  CHECK(run(shorter, 0.2e-3) == 1);
}

// The numbers are those of Brian 2.9.
TEST_CASE("runs with steps of different lengths") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<driven>(3);
  auto targets = net.population<decaying>(3);
  static_cast<void>(net.connect<kick>(cells, targets, one_to_one(), 0.5 * ms));
  cells[driven::k] = numbers{1, 1.1, 0.7};
  cells[driven::current] = nernst::timed_values({1.5, 3.0, 2.2, 4.0, 0.5, 2.7}, 1 * ms);
  auto const v = net.record(cells, {"v", "not_refractory", "lastspike"});
  auto const x = net.record(targets, {"x"});
  auto const spikes = net.record_spikes(cells);
  net.run(2 * ms);
  check_near(cells["v"].get(), {0.8504060682786339, 0.9354466751064967, 0.13543533143360276});
  net.set_dt(0.04 * ms);
  net.run(2 * ms);
  check_near(targets["x"].get(), {1.7308496301392575, 1.6653658621366725, 1.2274548878176093});
  net.set_dt(0.02 * ms);
  net.run(1 * ms);
  check_near(cells["v"].get(), {0.6814870758958316, 0.18620702898132424, 0.5357718608995358});
  check_near(cells["lastspike"].get(), {3.2e-3, 3.92e-3, 3.12e-3});
  net.set_dt(0.05 * ms);
  net.run(1.5 * ms);
  check_near(cells["v"].get(), {0, 0.9116693583432718, 0.489853562911553});
  check_near(targets["x"].get(), {1.2005848113972934, 1.6362464669618144, 1.191128734058437});

  CHECK(spikes.neurons() == std::vector<std::int32_t>{0, 1, 2, 1, 0, 1, 2, 0, 1, 0, 1, 2, 0});
  check_near(spikes.times(), {1.1e-3, 1.1e-3, 1.5e-3, 2.04e-3, 2.16e-3, 3.12e-3, 3.12e-3, 3.2e-3,
                              3.92e-3, 5.25e-3, 5.5e-3, 5.6e-3, 6.35e-3});
  REQUIRE(v.steps() == 150);
  numbers times, some_x, some_v;
  for (std::size_t const k : {0U, 19U, 20U, 21U, 69U, 70U, 71U, 119U, 120U, 121U, 149U})
    times.push_back(v.time(k) * 1e3);
  check_near(times, {0, 1.9, 2, 2.04, 3.96, 4, 4.02, 4.98, 5, 5.05, 6.45});
  for (std::size_t const k : {20U, 25U, 30U, 40U, 60U, 80U, 100U, 130U, 149U})
    some_x.push_back(x.at(k, 0, 1));
  check_near(some_x, {0.8607079764250579, 0.7788007830714048, 0.7046880897187131,
                      1.4817872284164453, 0.9932716831671334, 1.506885346780976, 2.166127194678111,
                      1.381183679320258, 1.6776682434806236});
  numbers open, last;
  for (std::size_t k = 10; k < 40; ++k) open.push_back(v.at(k, 1, 1));
  CHECK(open == numbers{1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0,
                        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1});
  for (std::size_t const k : {10U, 12U, 24U, 25U, 50U, 51U, 60U, 100U, 130U, 149U})
    last.push_back(v.at(k, 2, 0) * 1e3);
  check_near(last, {-1e7, 1.1, 1.1, 2.16, 2.16, 3.2, 3.2, 3.2, 5.25, 6.35});
  for (std::size_t const k : {19U, 20U, 25U, 30U, 40U, 60U, 80U, 100U, 130U, 149U})
    some_v.push_back(v.at(k, 0, 0));
  check_near(some_v, {0.702214984906055, 0.8504060682786339, 0, 0, 0.27461869810551587, 0,
                      0.8093637525652349, 0.7369504649525422, 0, 0});
}

TEST_CASE("a network that changes dt before its first run is one with that dt") {
  nernst::network changed({.dt = 0.1 * ms}), made({.dt = 0.05 * ms});
  std::vector<nernst::spike_record> spikes;
  for (auto* net : {&changed, &made}) {
    auto cells = net->population<driven>(50);
    cells[driven::k] = uniform() + 0.5;
    cells[driven::current] = nernst::timed_values({1.5, 3.0, 2.2}, 1 * ms);
    static_cast<void>(
        net->connect<kick>(cells, net->population<decaying>(50), all_to_all(), 0.57 * ms));
    spikes.push_back(net->record_spikes(cells));
    net->set_dt(0.05 * ms);
    net->run(10 * ms);
  }
  CHECK(spikes[0].steps() == spikes[1].steps());
  CHECK(spikes[0].neurons() == spikes[1].neurons());
  CHECK(spikes[0].mean_rate() == spikes[1].mean_rate());
}

TEST_CASE("spikes that are under way arrive, rounded to a step of the new length") {
  // As in Brian 2.9.
  check_near(arrivals(0.1, 0.05, 0.5, {0.2, 0.5, 0.6, 0.7, 0.9}), {0.8, 1.05, 1.15, 1.25, 1.45});
  check_near(arrivals(0.1, 0.04, 0.3, {0.7, 0.8, 0.9}), {1.04, 1.16, 1.24});
  check_near(arrivals(0.1, 0.01, 0.05, {0.5, 0.9}), {0.7, 1.01});
  check_near(arrivals(0.05, 0.1, 0.25, {0.75, 0.85, 0.95}), {1.1, 1.2, 1.3});
  // Where two meet in a step, Brian's queue keeps the later one alone; here both arrive.
  check_near(arrivals(0.05, 0.1, 0.25, {0.75, 0.8, 0.85, 0.9, 0.95}), {1.1, 1.2, 1.2, 1.3, 1.3});
  check_near(arrivals(0.1, 1, 2, {0.1, 0.5, 0.9}), {3, 4, 4});
}

TEST_CASE("spikes stay under way when dt changes again, and do not arrive twice") {
  nernst::network net({.dt = 0.1 * ms});
  auto sources = net.population<once>(100);
  auto target = net.population<counter>(1);
  static_cast<void>(net.connect<count_up>(sources, target, all_to_all(), 1 * ms));
  static_cast<void>(net.connect<count_up>(sources(0, 50), target, all_to_all(), 2 * ms));
  sources[once::when] = 0.9 * ms;
  auto const spikes = net.record_spikes(sources);
  auto const n = net.record(target, {"n"});
  auto const seen = net.record(sources, {"seen"}, {99});
  net.run(1 * ms);
  sources[once::when] = -1 * ms;
  net.set_dt(0.05 * ms);
  net.set_dt(0.025 * ms);
  net.run(0.2 * ms);
  net.set_dt(0.1 * ms);
  net.run(1.8 * ms);
  CHECK(spikes.count() == 100);
  // 10 multiples of 0.3 ms and two times.
  CHECK(target["n"][0] == 150 + 10 + 200);
  auto const values = trace(n);
  CHECK(values[10 + 8 + 7] == 7 + 100);        // at 1.9 ms
  CHECK(values[10 + 8 + 8] == 100 + 7 + 100);  // at 2.0 ms
  CHECK(seen.at(seen.steps() - 1, 0, 0) == Approx(0.9e-3));
  CHECK(sources["lastspike"][7] == Approx(0.9e-3));
}

TEST_CASE("the rates of runs with steps of different lengths") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<once>(5);
  cells[once::when] = (0.2 + 0.4 * i) * ms;
  net.run(0.1 * ms);
  auto const spikes = net.record_spikes(cells);
  net.run(0.9 * ms);
  net.set_dt(0.05 * ms);
  net.run(1 * ms);
  CHECK(spikes.steps() == step_list{2, 6, 20, 28, 36});
  CHECK(spikes.mean_rate() == Approx(5 / (5 * 1.9e-3)));
  auto const rates = spikes.rates(0.3 * ms);  // 0.1 to 0.4 ms, ...
  REQUIRE(rates.size() == 6);
  numbers found;
  for (double const r : rates) found.push_back(r * 5 * 0.3e-3);
  check_near(found, {1, 1, 0, 1, 1, 1});
  CHECK_THROWS_WITH(spikes.rates(0.15 * ms),
                    "rates: expected a bin that is a multiple of dt = 0.0001 s, found 0.00015 s");
  std::string const path = (std::filesystem::temp_directory_path() / "nernst_dt.npy").string();
  spikes.save(path);
  numbers saved;
  for (auto const& s : nernst::io::read_spikes(path)) saved.push_back(s.t);
  std::remove(path.c_str());
  CHECK(saved == spikes.times());
}

TEST_CASE("longer steps draw new random numbers") {
  nernst::network net({.dt = 0.05 * ms});
  auto cells = net.population<dice>(1);
  auto const x = net.record(cells, {"x"}, {0}, {slot::end, 0});
  net.run(2 * ms);
  net.set_dt(0.1 * ms);
  net.run(2 * ms);
  numbers values = trace(x);
  REQUIRE(values.size() == 60);
  std::sort(values.begin(), values.end());
  CHECK(std::adjacent_find(values.begin(), values.end()) == values.end());
}

TEST_CASE("what cannot go on with another dt says so, and goes on with the old one") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<counter>(1, "cells");
  auto const n = net.record(cells, {"n"});
  net.run(1 * ms);
  CHECK_THROWS_WITH(net.set_dt(0.3 * ms),
                    "clock: expected a dt of which the time 0.001 s is a multiple, found 0.0003 s");
  CHECK_THROWS_AS(net.set_dt(0 * ms), std::invalid_argument);
  CHECK_THROWS_AS(net.run(1 * ms,
                          [&](nernst::report::progress_info const& info) {
                            if (!info.finished) net.set_dt(0.05 * ms);
                          }),
                  std::logic_error);
  CHECK(net.dt() == 1e-4);
  // A period of 0.3 ms is no multiple of 0.25 ms: with a dt that fits the run goes on.
  net.set_dt(0.25 * ms);
  CHECK_THROWS_WITH(net.run(1 * ms), Catch::Matchers::Contains("cells: expected a period"));
  net.set_dt(0.05 * ms);
  net.run(1 * ms);
  CHECK(net.time() == Approx(2e-3));
  CHECK(n.steps() == 30);
  CHECK(n.time(29) == Approx(1.95e-3));
}

TEST_CASE("single precision counts steps of different lengths") {
  nernst::network<Kokkos::DefaultHostExecutionSpace, float> net({.dt = 0.1 * ms});
  auto cells = net.population<once>(2);
  cells[once::when] = 0.8 * ms;
  auto const spikes = net.record_spikes(cells);
  net.run(1 * ms);
  net.set_dt(0.04 * ms);
  CHECK(cells["not_refractory"][0] == 0);
  CHECK(cells["lastspike"][0] == Approx(0.8e-3));
  cells[once::when] = 1.76 * ms;
  net.run(0.84 * ms);
  CHECK(spikes.count() == 2);
  CHECK(cells["not_refractory"][0] == 1);
  cells[once::when] = 1.84 * ms;
  net.run(0.16 * ms);
  CHECK(spikes.steps() == step_list{8, 8, 46, 46});
  CHECK(cells["lastspike"][1] == Approx(1.84e-3));
}
