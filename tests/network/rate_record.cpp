// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include <cmath>

using namespace nernst::dsl;

namespace {

/// Fires in every step in which v is above 1.
struct level {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(threshold(v > 1), every(1 * second, v *= 1));
};

/// Fires at two times.
struct timed {
  static constexpr auto first = parameter<"first">(second);
  static constexpr auto second_one = parameter<"second_one">(second);
  static constexpr auto model =
      neuron(threshold(abs(t - first) < 0.05 * ms || abs(t - second_one) < 0.05 * ms));
};

/// Fires with the rate, as x grows from 0 to 1.
struct ramp {
  static constexpr auto x = state<"x">(one);
  static constexpr auto rate = parameter<"rate">(hertz);
  static constexpr auto model =
      neuron(d(x) / dt = rate, threshold(x > 0.999), reset(x = 0), method(euler));
};

using numbers = std::vector<double>;

void check_equal(numbers const& found, numbers const& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t k = 0; k < found.size(); ++k) {
    INFO(k);
    CHECK(found[k] == Approx(expected[k]).margin(1e-6));
  }
}

double mean(numbers const& of) {
  double sum = 0;
  for (double const x : of) sum += x;
  return sum / static_cast<double>(of.size());
}

/// A neuron that fires in step 10 of 30.
nernst::rate_record one_spike() {
  nernst::network<> net({.dt = 0.1 * ms});
  auto cell = net.population<timed>(1, "cell");
  cell["first"] = "1*ms";
  cell["second_one"] = "-1*second";
  auto rate = net.record_rate(cell);
  net.run(3 * ms);
  return rate;
}

/// Four neurons whose spikes are also those of a generator in Brian 2.9.
nernst::rate_record five_spikes() {
  nernst::network<> net({.dt = 0.1 * ms});
  auto cells = net.population<timed>(4, "cells");
  cells[timed::first] = numbers{2e-4, 2e-4, 3e-4, 3e-4};
  cells[timed::second_one] = numbers{-1, -1, -1, 9e-4};
  auto rate = net.record_rate(cells);
  net.run(1.2 * ms);
  return rate;
}

}  // namespace

// Brian 2: test_rate_monitor_1, test_rate_monitor_2, test_rate_monitor_subgroups_2
TEST_CASE("brian2 94: the rate in a step is the share of neurons that fire, divided by dt") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto all = net.population<level>(5), half = net.population<level>(10);
  auto few = net.population<level>(6);
  all["v"] = "1.1";
  half["v"] = "1.1*int(i < 5)";
  few["v"] = numbers{1.1, 0, 0, 0, 1.1, 1.1};
  auto rate = net.record_rate(all), half_rate = net.record_rate(half);
  auto few_rate = net.record_rate(few), first = net.record_rate(few(0, 2));
  auto middle = net.record_rate(few(2, 4)), third = net.record_rate(few(4, 6));
  auto none = net.record_rate(few(3, 3));
  net.run(1 * ms);
  check_equal(rate.rates(), numbers(10, 1e4));
  check_equal(half_rate.rates(), numbers(10, 5e3));
  check_equal(few_rate.rates(), numbers(10, 5e3));
  check_equal(first.rates(), numbers(10, 5e3));
  check_equal(middle.rates(), numbers(10, 0));
  check_equal(third.rates(), numbers(10, 1e4));
  check_equal(none.rates(), numbers(10, 0));
  for (std::size_t k = 0; k < 10; ++k) CHECK(rate.times()[k] == static_cast<double>(k) * 1e-4);
}

// Brian 2: test_rate_monitor_subgroups
TEST_CASE("brian2 94: the mean rate is that of the neurons") {
  nernst::network<> net({.dt = 0.01 * ms});
  auto cells = net.population<ramp>(4);
  cells[ramp::rate] = numbers{100, 200, 400, 800};
  auto all = net.record_rate(cells), first = net.record_rate(cells(0, 2));
  auto last = net.record_rate(cells(2, 4));
  net.run(1 * second);
  CHECK(mean(all.rates()) == Approx(375));
  CHECK(mean(first.rates()) == Approx(150));
  CHECK(mean(last.rates()) == Approx(600));
}

// Brian 2: test_rate_monitor_smoothed_rate
TEST_CASE("brian2 94: one spike smoothed is the window") {
  auto const rate = one_spike();
  numbers expected(30, 0);
  expected[10] = 1e4;
  check_equal(rate.rates(), expected);
  check_equal(rate.smoothed(0.1 * ms, nernst::window::flat), expected);
  for (std::size_t k = 8; k < 13; ++k) expected[k] = 2e3;
  check_equal(rate.smoothed(0.5 * ms, nernst::window::flat), expected);
  check_equal(rate.smoothed(0.54 * ms, nernst::window::flat), expected);
  check_equal(rate.smoothed({1, 1, 1, 1, 1}), expected);

  numbers gaussian(30, 0);
  double sum = 0;
  for (int k = 0; k <= 20; ++k) sum += std::exp(-(k - 10) * (k - 10) / 50.);
  for (int k = 0; k <= 20; ++k)
    gaussian[static_cast<std::size_t>(k)] = 1e4 * std::exp(-(k - 10) * (k - 10) / 50.) / sum;
  check_equal(rate.smoothed(0.5 * ms), gaussian);
}

TEST_CASE("rates are smoothed as by Brian 2.9") {
  auto const rate = five_spikes();
  check_equal(rate.rates(), {0, 0, 5000, 5000, 0, 0, 0, 0, 0, 2500, 0, 0});
  check_equal(rate.smoothed(0.13 * ms),
              {580.266339, 1620.676998, 2691.397126, 2691.397126, 1620.676998, 580.266339,
               161.489306, 236.303401, 574.035098, 771.663465, 574.035098, 236.303401});
  check_equal(rate.smoothed(0.24 * ms, nernst::window::gaussian),
              {988.57434, 1378.256195, 1627.294029, 1627.294029, 1426.714403, 1094.416797,
               794.69408, 608.55211, 486.093732, 424.469698, 389.177316, 299.950781});
  numbers flat(12, 1e4 / 28);
  for (std::size_t k = 0; k < 6; ++k) flat[k] = 4e4 / 28;
  flat[6] = 3e4 / 28;
  check_equal(rate.smoothed(0.64 * ms, nernst::window::flat), flat);
  check_equal(rate.smoothed({1, 2, 5}), {0, 625, 1875, 4375, 3125, 0, 0, 0, 312.5, 625, 1562.5, 0});
  CHECK(rate.smoothed(5 * ms).size() == 12);
  CHECK(rate.smoothed(0.2 * ms).times() == rate.times());
}

// Brian 2: test_rate_monitor_smoothed_rate_incorrect
TEST_CASE("a window has a middle and a width") {
  auto const rate = one_spike();
  CHECK_THROWS_WITH(rate.smoothed({1, 1, 1, 1}),
                    "smoothed: expected an odd number of weights, found 4");
  CHECK_THROWS_AS(rate.smoothed(0 * ms), std::invalid_argument);
  CHECK_THROWS_AS(rate.smoothed(-1 * ms, nernst::window::flat), std::invalid_argument);
  CHECK_THROWS_AS(rate.smoothed(1e9 * second), std::invalid_argument);
}

TEST_CASE("bins are complete, and tell when they begin") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto cells = net.population<timed>(4, "cells");
  cells[timed::first] = numbers{2e-4, 2e-4, 3e-4, 3e-4};
  cells[timed::second_one] = numbers{-1, -1, -1, 9e-4};
  net.run(0.1 * ms);
  auto rate = net.record_rate(cells);
  auto spikes = net.record_spikes(cells);
  net.run(1.1 * ms);
  auto const binned = rate.binned(0.2 * ms);  // 1 2, 3 4, 5 6, 7 8, 9 10
  check_equal(binned, {2500, 2500, 0, 0, 1250});
  check_equal(binned.times(), {1e-4, 3e-4, 5e-4, 7e-4, 9e-4});
  check_equal(spikes.rates(0.2 * ms), binned);
  check_equal(spikes.rates(0.2 * ms).times(), binned.times());
  CHECK_THROWS_WITH(rate.binned(0.25 * ms),
                    "binned: expected a bin that is a multiple of dt = 0.0001 s, found 0.00025 s");
  CHECK(rate.binned(2 * ms).empty());
}

TEST_CASE("a rate keeps its times where steps become longer") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto cells = net.population<level>(2);
  cells["v"] = numbers{1.1, 0};
  net.set_dt(0.2 * ms);
  net.set_dt(0.1 * ms);
  auto rate = net.record_rate(cells);
  net.run(0.2 * ms);
  CHECK(rate.smoothed(0.1 * ms, nernst::window::flat).size() == 2);
  net.set_dt(0.2 * ms);
  net.run(0.4 * ms);
  check_equal(rate.rates(), {5000, 5000, 2500, 2500});
  check_equal(rate.times(), {0, 1e-4, 2e-4, 4e-4});
  check_equal(rate.binned(0.2 * ms), {5000, 2500, 2500});
  CHECK_THROWS_WITH(rate.smoothed(1 * ms),
                    "smoothed: expected steps of one length, found 0.0001 s and 0.0002 s");
}
