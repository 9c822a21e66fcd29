// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"

using namespace nernst::dsl;
using Catch::Matchers::Contains;

namespace {

/// Counts its spikes in the reset.
struct ramp {
  static constexpr auto v = state<"v">(one);
  static constexpr auto rate = parameter<"rate">(hertz);
  static constexpr auto before = state<"before">(integer);
  static constexpr auto model =
      neuron(d(v) / dt = rate, threshold(v > 1), reset(v = 0, before += 1), method(euler));
};

/// The same with an event.
struct eventful {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto rate = parameter<"rate">(hertz);
  static constexpr auto twice = subexpression<"twice">(2 * v);
  static constexpr auto model =
      neuron(d(v) / dt = rate * volt, twice, event<"my_event">(v > 1 * volt),
             on_event<"my_event">(v = 0 * volt), method(euler));
};

struct shown {
  static constexpr auto on = state<"on">(boolean);
  static constexpr auto model = neuron(threshold(on));
};

struct pusher {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model = neuron(d(x) / dt = 1 / ms, threshold(x > 0.95), reset(x = 0));
};
struct pushed {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model = neuron(d(x) / dt = 1 / ms, threshold(x > 0.95), reset(x = -x));
};
struct push {
  static constexpr auto model = synapse(on_pre(post(pushed::x) += 1));
};

using numbers = std::vector<double>;
using indices = std::vector<std::int32_t>;
using counts = std::vector<std::uint32_t>;

/// The times of neurons 0 and 2 in Brian's tests, in 10 ms.
void check_trains(nernst::spike_record const& of) {
  CHECK(of.counts() == counts{1, 0, 10});
  REQUIRE(of.train(0).size() == 1);
  CHECK(of.train(0)[0] == Approx(9.9e-3));
  CHECK(of.train(1).empty());
  numbers const train = of.train(2);
  REQUIRE(train.size() == 10);
  for (std::size_t k = 0; k < 10; ++k)
    CHECK(train[k] == Approx(static_cast<double>(k) * 1e-3 + 0.9e-3));
  CHECK_THROWS_AS(of.train(3), std::out_of_range);
}

}  // namespace

// Brian 2: test_spike_monitor, test_spike_monitor_variables
TEST_CASE("spikes know their neuron's train, and values before or after the reset") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto cells = net.population<ramp>(3, "cells");
  cells[ramp::rate] = numbers{101, 0, 1001};
  auto spikes = net.record_spikes(cells, {"before", "v"});
  auto after = net.record_spikes(cells, {"before"}, {slot::after_resets, 0});
  net.run(10 * ms);
  check_trains(spikes);
  CHECK_THROWS_WITH(spikes.train(3), "spikes of cells: expected a neuron below 3, found 3");
  CHECK(spikes.values("before", 0) == numbers{0});
  CHECK(spikes.values("before", 1).empty());
  CHECK(spikes.values("before", 2) == numbers{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK(spikes.values(ramp::before, 2) == spikes.values("before", 2));
  CHECK(spikes.values(ramp::before) == spikes.values("before"));
  REQUIRE(spikes.values("v").size() == 11);
  for (double const v : spikes.values("v")) CHECK(v > 1);
  CHECK(after.values("before", 0) == numbers{1});
  CHECK(after.values("before", 2) == numbers{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  CHECK_THROWS_AS(after.values("v"), std::out_of_range);
  CHECK_THROWS_WITH(spikes.values("w"),
                    "spikes of cells: expected one of the recorded variables (before, v), found "
                    "'w'");
}

// Brian 2: test_event_monitor
TEST_CASE("events have trains and values, too") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto cells = net.population<eventful>(3, "cells");
  cells[eventful::rate] = numbers{101, 0, 1001};
  auto events = net.record_events(cells, "my_event", {"twice", "t"});
  auto after = net.record_events(cells, "my_event", {"v"}, {slot::end, 0});
  net.run(10 * ms);
  check_trains(events);
  for (double const x : events.values("twice")) CHECK(x > 2);
  CHECK(events.values("t") == events.times());
  CHECK(after.values("v") == numbers(11, 0));
  CHECK_THROWS_WITH(events.train(3), Contains("spikes of cells::my_event"));
}

// Brian 2: test_event_monitor_no_record
TEST_CASE("counts alone know no single spike") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto cells = net.population<ramp>(3, "cells");
  auto others = net.population<eventful>(3, "others");
  cells[ramp::rate] = numbers{101, 0, 1001};
  others[eventful::rate] = numbers{101, 0, 1001};
  auto spikes = net.record_spikes(cells, nernst::keep::counts);
  auto events = net.record_events(others, "my_event", nernst::keep::counts);
  net.run(10 * ms);
  for (auto const& each : {spikes, events}) {
    CHECK(each.counts() == counts{1, 0, 10});
    CHECK(each.count() == 11);
    CHECK(each.mean_rate() == Approx(11 / 0.03));
    CHECK_THROWS_AS(each.times(), std::logic_error);
    CHECK_THROWS_AS(each.neurons(), std::logic_error);
    CHECK_THROWS_AS(each.rates(1 * ms), std::logic_error);
    CHECK_THROWS_AS(each.stream_to("nothing.csv"), std::logic_error);
  }
  CHECK_THROWS_WITH(spikes.steps(),
                    "spikes of cells: expected a record of spikes, found one of counts");
}

// Brian 2: test_spike_monitor_subgroups, test_spike_monitor_bug_824
TEST_CASE("brian2 33: slices count spikes of their own neurons, from their start") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto cells = net.population<shown>(6);
  cells["on"] = numbers{1, 0, 0, 0, 1, 1};
  auto all = net.record_spikes(cells), first = net.record_spikes(cells(0, 2));
  auto middle = net.record_spikes(cells(2, 4)), third = net.record_spikes(cells(4, 6), {"i"});
  net.run(0.1 * ms);
  CHECK(all.neurons() == indices{0, 4, 5});
  CHECK(all.times() == numbers{0, 0, 0});
  CHECK(first.neurons() == indices{0});
  CHECK(middle.count() == 0);
  CHECK(third.neurons() == indices{0, 1});
  CHECK(third.values("i") == numbers{0, 1});
  cells["on"] = numbers{1, 0, 0, 1, 0, 0};
  net.run(0.3 * ms);
  CHECK(first.counts() == counts{4, 0});
  CHECK(middle.counts() == counts{0, 3});
}

TEST_CASE("values in spikes are those before what the step's deliveries and resets do") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto source = net.population<pusher>(1);
  auto target = net.population<pushed>(40, "target");
  net.connect<push>(source, target, all_to_all());
  auto spikes = net.record_spikes(target, {"x"});
  auto pushed_too = net.record_spikes(target, {"x"}, {slot::after_synapses, 0});
  auto reset_too = net.record_spikes(target, {"x"}, {slot::after_resets, 0});
  net.run(1 * ms);
  REQUIRE(spikes.count() == 40);
  for (std::size_t k = 0; k < 40; ++k) {
    CHECK(spikes.neurons()[k] == static_cast<std::int32_t>(k));
    CHECK(spikes.values("x")[k] == Approx(1));
    CHECK(pushed_too.values("x")[k] == Approx(2));
    CHECK(reset_too.values("x")[k] == Approx(-2));
  }
}

TEST_CASE("values are taken once it is known who fires") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto cells = net.population<ramp>(3, "cells");
  auto others = net.population<eventful>(3, "others");
  CHECK_THROWS_AS(net.record_spikes(cells, {"v"}, {slot::start, 0}), std::invalid_argument);
  CHECK_THROWS_WITH(
      net.record_events(others, "my_event", {"v"}, {slot::thresholds, 0}),
      "others::my_event: expected values to be taken in slot after_thresholds, order 1 or later, "
      "when spikes are known, found thresholds, order 0");
  CHECK_THROWS_AS(net.record_spikes(cells, {"w"}), std::invalid_argument);
  CHECK_THROWS_AS(net.record_events(others, "no_event", {"v"}), std::invalid_argument);
  net.run(1 * ms);
}
