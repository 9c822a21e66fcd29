// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Actions, events and slots. The numbers are those of Brian 2's tests of the same name, except
// where a derivation stands beside them.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/trace.hpp"

using namespace nernst::dsl;
using nernst::ir::instant;

namespace {

using test::numbers, test::trace;
using steps = std::vector<std::int64_t>;
using indices = std::vector<std::int32_t>;

struct two_events {
  static constexpr auto first = state<"event_time1">(second);
  static constexpr auto other = state<"event_time2">(second);
  static constexpr auto model = neuron(
      event<"event1">(t >= i * ms && t < i * ms + dt), on_event<"event1">(first = t),
      event<"event2">(t >= (i + 1) * ms && t < (i + 1) * ms + dt), on_event<"event2">(other = t));
};

struct scheduled_events {
  static constexpr auto x = state<"x">(one);
  static constexpr auto when = state<"event_time">(second);
  static constexpr auto model =
      neuron(event<"event1">(x > 0).when(slot::after_resets),
             on_event<"event1">(when = t, x = 0).when(slot::after_resets, 1),
             event<"event2">(t >= (i + 1) * ms && t < (i + 1) * ms + dt),
             on_event<"event2">(x = 1).when(slot::resets));
};

struct ordered {
  static constexpr auto v1 = state<"v1">(one);
  static constexpr auto v2 = state<"v2">(one);
  static constexpr auto v3 = state<"v3">(one);
};
struct by_slot : ordered {
  static constexpr auto model = neuron(every(dt, v1 += 1), every(dt, v2 = v1).when(slot::end),
                                       every(dt, v3 = v1).when(slot::before_start));
};
struct by_order : ordered {
  static constexpr auto model = neuron(every(dt, v3 = v1), every(dt, v1 += 1).when(slot::start, 2),
                                       every(dt, v2 = v1).when(slot::start, 5));
};

struct every_other {
  static constexpr auto v = state<"v">(one);
  static constexpr auto period = shared<"period">(second);
  static constexpr auto model = neuron(every(period, v += 1));
};
struct at_times {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(at({0 * ms, 0.1 * ms, 0.3 * ms}, v += 1));
};

struct sharing {
  static constexpr auto own = state<"own">(one);
  static constexpr auto whole = state<"whole">(integer);
  static constexpr auto flag = state<"flag">(boolean);
  static constexpr auto all = shared<"all">(one);
  static constexpr auto all_whole = shared<"all_whole">(integer);
  static constexpr auto all_flag = shared<"all_flag">(boolean);
  static constexpr auto model = neuron(
      every(dt, all = 1.0, all_whole = 2, all_flag = true, own = 1.0, whole = 2, flag = true));
};

/// Counts for all; each neuron adds what the count is now.
struct counting {
  static constexpr auto count = shared<"count">(one);
  static constexpr auto sum = state<"sum">(one);
  static constexpr auto model = neuron(every(2 * dt, count += 1, sum += count * i));
};

/// Something between update and threshold sees the new state and changes what the threshold sees.
struct between {
  static constexpr auto v = state<"v">(one);
  static constexpr auto seen = state<"seen">(one);
  static constexpr auto model =
      neuron(d(v) / dt = 1 / (0.1 * ms), threshold(v > 2.5), reset(v = 0), method(euler),
             every(dt, seen = v, v += 0.75).when(slot::after_groups));
};
/// What acts behind the threshold finds those that fired before their reset.
struct behind {
  static constexpr auto v = state<"v">(one);
  static constexpr auto seen = state<"seen">(one);
  static constexpr auto model =
      neuron(d(v) / dt = 1 / (0.1 * ms), threshold(v > 1.5), reset(v = 0), method(euler),
             every(dt, seen = v).when(slot::after_thresholds));
};

/// Refractoriness lets actions be masked, too.
struct masked {
  static constexpr auto v = state<"v">(one);
  static constexpr auto w = state<"w">(one);
  static constexpr auto model = neuron(
      d(v) / dt = 0 * v / second | unless_refractory, d(w) / dt = 0 * w / second, threshold(i >= 5),
      refractory(2 * dt), method(euler), every(dt, v += 1, w += 1).when(slot::end));
};

/// An event each step in which a random number is low.
struct chances {
  static constexpr auto happened = state<"happened">(one);
  static constexpr auto model =
      neuron(event<"luck">(uniform() < 0.25), on_event<"luck">(happened += 1));
};

/// An event that is found and acts between update and threshold.
struct cut_off {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model =
      neuron(d(v) / dt = 5 / ms, event<"high">(v > 1.2).when(slot::after_groups),
             on_event<"high">(v = 0).when(slot::after_groups, 1), threshold(v > 1), method(euler));
};
/// What an event does goes through refractoriness, as a reset does.
struct closed {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model =
      neuron(d(x) / dt = 0 * x / second | unless_refractory, threshold(i >= 0), refractory(1 * ms),
             event<"shut">(not not_refractory), on_event<"shut">(x += 1), method(euler));
};
/// At the start of a step an event finds what the step before has left.
struct opened {
  static constexpr auto n = state<"n">(one);
  static constexpr auto model =
      neuron(threshold(i >= 0), refractory(0.3 * ms),
             event<"open">(not_refractory).when(slot::start), on_event<"open">(n += 1));
};
struct common_luck {
  static constexpr auto luck = shared<"luck">(one);
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto model =
      neuron(every(dt, luck = 3 * uniform() + poisson(5), x = 2 * luck, y = uniform()));
};

}  // namespace

TEST_CASE("custom events happen where their condition holds") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<two_events>(2);
  auto first = net.record_events(cells, "event1"), other = net.record_events(cells, "event2");
  net.run(2.1 * ms);
  CHECK(cells["event_time1"][0] == Approx(0).margin(1e-12));
  CHECK(cells["event_time1"][1] == Approx(1e-3));
  CHECK(cells["event_time2"][0] == Approx(1e-3));
  CHECK(cells["event_time2"][1] == Approx(2e-3));
  CHECK(first.neurons() == indices{0, 1});
  CHECK(first.steps() == steps{0, 10});
  CHECK(other.steps() == steps{10, 20});
  CHECK_THROWS_WITH(net.record_events(cells, "event3"),
                    "population 0: expected an event of the model, found 'event3'");
}

TEST_CASE("custom events have a schedule") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<scheduled_events>(2);
  net.run(2.1 * ms);
  CHECK(cells["event_time"][0] == Approx(1e-3));
  CHECK(cells["event_time"][1] == Approx(2e-3));
  CHECK(cells["x"].get() == numbers{0, 0});
}

TEST_CASE("actions are scheduled by slot") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<by_slot>(1);
  net.run(0.2 * ms);
  CHECK(cells["v1"].get() == numbers{2});
  CHECK(cells["v2"].get() == numbers{2});
  CHECK(cells["v3"].get() == numbers{1});
}

TEST_CASE("actions and records are scheduled by order") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<by_order>(1);
  auto m1 = net.record(cells, {"v1"}, {0}, {slot::start, 1}),
       m2 = net.record(cells, {"v1"}, {0}, {slot::start, 3});
  auto m3 = net.record(cells, {"v2"}, {0}, {slot::start, 4}),
       m4 = net.record(cells, {"v2"}, {0}, {slot::start, 6});
  net.run(0.2 * ms);
  CHECK(cells["v1"].get() == numbers{2});
  CHECK(cells["v2"].get() == numbers{2});
  CHECK(cells["v3"].get() == numbers{1});
  CHECK(trace(m1) == numbers{0, 1});
  CHECK(trace(m2) == numbers{1, 2});
  CHECK(trace(m3) == numbers{0, 1});
  CHECK(trace(m4) == numbers{1, 2});
}

TEST_CASE("actions with a period of their own") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<every_other>(1);
  cells[every_other::period] = 0.2 * ms;
  auto m = net.record(cells, {"v"}, {0}, {slot::end, 0});
  net.run(1 * ms);
  CHECK(cells["v"].get() == numbers{5});
  CHECK(trace(m) == numbers{1, 1, 2, 2, 3, 3, 4, 4, 5, 5});
  cells[every_other::period] = 0.25 * ms;
  CHECK_THROWS_WITH(net.run(1 * ms), "population 0: expected a period of a timed action that is a "
                                     "multiple of dt = 0.0001 s, found 0.00025 s");
  // A run goes on with the beat of the one before: steps 12 and 15 of 10 ... 15.
  cells[every_other::period] = 0.3 * ms;
  net.run(0.6 * ms);
  CHECK(cells["v"].get() == numbers{7});
}

TEST_CASE("actions at given times") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<at_times>(1);
  auto m = net.record(cells, {"v"}, {0}, {slot::end, 0});
  net.run(0.4 * ms);
  CHECK(cells["v"].get() == numbers{3});
  CHECK(trace(m) == numbers{1, 2, 2, 3});
  nernst::network other({.dt = 0.25 * ms});
  other.population<at_times>(1);
  CHECK_THROWS_AS(other.run(1 * ms), std::invalid_argument);
}

TEST_CASE("actions set shared variables once and others for each neuron") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<sharing>(10);
  net.run(0.1 * ms);
  CHECK(cells["all"].get() == numbers{1});
  CHECK(cells["all_whole"].get() == numbers{2});
  CHECK(cells["all_flag"].get() == numbers{1});
  CHECK(cells["own"].get() == numbers(10, 1));
  CHECK(cells["whole"].get() == numbers(10, 2));
  CHECK(cells["flag"].get() == numbers(10, 1));
}

TEST_CASE("a shared variable counts for all neurons alike") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<counting>(100);
  cells["count"] = numbers{10};
  auto m = net.record(cells, {"count"}, {0, 99});
  net.run(0.5 * ms);
  CHECK(cells["count"].get() == numbers{13});
  for (std::size_t n = 0; n < 100; ++n)
    CHECK(cells["sum"][n] == static_cast<double>((11 + 12 + 13) * n));
  CHECK(trace(m) == numbers{11, 11, 12, 12, 13});
}

TEST_CASE("an action between update and threshold acts on the threshold") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<between>(20);
  auto spikes = net.record_spikes(cells);
  auto m = net.record(cells, {"v", "seen"}, {19}, {slot::end, 0});
  net.run(0.4 * ms);
  // 1, 1.75; 2.75, 3.5 fires; and again.
  CHECK(trace(m, 0) == numbers{1.75, 0, 1.75, 0});
  CHECK(trace(m, 1) == numbers{1, 2.75, 1, 2.75});
  CHECK(spikes.count() == 40);
  CHECK(spikes.steps().front() == 1);
  CHECK(spikes.steps().back() == 3);
}

TEST_CASE("an action between threshold and reset finds the state before the reset") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<behind>(20);
  auto m = net.record(cells, {"seen", "v"}, {3}, {slot::end, 0}),
       early = net.record(cells, {"v"}, {3}, {slot::before_resets, 0});
  net.run(0.4 * ms);
  CHECK(trace(m, 0) == numbers{1, 2, 1, 2});
  CHECK(trace(m, 1) == numbers{1, 0, 1, 0});
  CHECK(trace(early) == numbers{1, 2, 1, 2});
}

TEST_CASE("what stands still while refractory is not changed by actions") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<masked>(10);
  net.run(0.4 * ms);
  CHECK(cells["w"].get() == numbers(10, 4));
  // Those that fire in steps 0 and 2 are closed in steps 0 to 3.
  CHECK(cells["v"].get() == numbers{4, 4, 4, 4, 4, 0, 0, 0, 0, 0});
}

TEST_CASE("events are recorded over many pieces of a run") {
  nernst::network net({.dt = 0.1 * ms, .seed = 3});
  auto cells = net.population<chances>(500);
  auto part = cells(100, 200);
  auto events = net.record_events(cells, "luck"), some = net.record_events(part, "luck");
  net.run(0.3 * ms);
  net.run(99.7 * ms);
  CHECK(events.count() == Approx(125000).epsilon(0.01));
  auto const counts = events.counts();
  for (std::size_t n = 0; n < 500; ++n) REQUIRE(counts[n] == cells["happened"][n]);
  std::size_t in_part = 0;
  for (auto const n : events.neurons()) in_part += n >= 100 && n < 200;
  CHECK(some.count() == in_part);
}

TEST_CASE("an event between update and threshold acts on the threshold") {
  // 0.5, 1, then 1.5 is cut. Brian 2 finds the same.
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<cut_off>(5);
  auto spikes = net.record_spikes(cells);
  auto m = net.record(cells, {"v"}, {4}, {slot::end, 0});
  net.run(0.4 * ms);
  CHECK(trace(m) == numbers{0.5, 1, 0, 0.5});
  CHECK(spikes.count() == 0);
}

TEST_CASE("events and refractoriness") {
  // Brian 2: x = 4 and n = 1.
  nernst::network net({.dt = 0.1 * ms});
  auto shut = net.population<closed>(5);
  auto open = net.population<opened>(5);
  net.run(0.4 * ms);
  CHECK(shut["x"].get() == numbers(5, 4));
  net.run(0.6 * ms);
  CHECK(open["n"].get() == numbers(5, 1));
}

TEST_CASE("a random number in a shared variable is the same for all that read it") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<common_luck>(50);
  net.run(0.3 * ms);
  CHECK(cells["luck"].get()[0] != 0);
  CHECK(cells["x"].get() == numbers(50, 2 * cells["luck"].get()[0]));
  CHECK(cells["y"][0] != cells["y"][1]);
}

namespace {
/// At (thresholds, 0) and (after_thresholds, 0) something of the library comes first, whether the
/// threshold stands apart or not.
struct together {
  static constexpr auto v = state<"v">(one);
  static constexpr auto n = state<"n">(one);
  static constexpr auto model =
      neuron(threshold(v > 1), event<"high">(v > 2), on_event<"high">(n += 1),
             every(dt, v += 2).when(slot::thresholds),
             every(0.2 * ms, v += 2).when(slot::after_thresholds));
};
struct together_and_apart : together {
  static constexpr auto model = neuron(
      threshold(v > 1), event<"high">(v > 2), on_event<"high">(n += 1),
      every(dt, v += 2).when(slot::thresholds), every(dt, v += 0).when(slot::before_thresholds),
      every(0.2 * ms, v += 2).when(slot::after_thresholds));
};
template <class Model>
void check_what_comes_first() {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.template population<Model>(1);
  auto spikes = net.record_spikes(cells);
  net.run(0.1 * ms);
  CHECK(spikes.count() == 0);
  CHECK(cells["n"][0] == 0);  // the event is looked for when v is 2
  net.run(0.1 * ms);
  CHECK(spikes.count() == 1);
  CHECK(cells["n"][0] == 1);
}

/// What an event does early in a step it does for the event of the step before.
struct acting_later {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model = neuron(event<"once">(abs(t - 0.1 * ms) < 0.01 * ms),
                                       on_event<"once">(x += 1).when(slot::start));
};
struct resetting {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model =
      neuron(d(v) / dt = 10 / ms, threshold(v > 1.5), reset(v = 0), method(euler));
};
}  // namespace

TEST_CASE("at one place in the step the library's own part comes before what a model does") {
  check_what_comes_first<together>();
  check_what_comes_first<together_and_apart>();
}

TEST_CASE("an event of the last step before a change of dt is acted on") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<acting_later>(1);
  net.run(0.2 * ms);
  net.set_dt(0.05 * ms);
  net.run(0.2 * ms);
  CHECK(cells["x"][0] == 1);
}

TEST_CASE("a function of the user between threshold and reset finds the state before the reset") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<resetting>(1);
  numbers seen;
  net.every(0.1 * ms, [&] { seen.push_back(cells["v"][0]); }, {slot::after_thresholds, 0});
  net.run(0.4 * ms);
  CHECK(seen == numbers{1, 2, 1, 2});
}
