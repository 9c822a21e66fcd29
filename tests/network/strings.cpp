// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Brian 2's tests of populations, with its own texts. The same in C++ stand in step_plan.cpp,
// values.cpp, link.cpp, refractory.cpp and timed_values.cpp.
#include <nernst/brian.hpp>
#include <nernst/language.hpp>
#include <nernst/language/units.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/trace.hpp"
#include "precision.hpp"

namespace {

namespace brian = nernst::brian;
namespace dsl = nernst::dsl;
using brian::neuron, brian::synapse, brian::threshold, brian::reset, brian::event, brian::on_event,
    brian::on_pre, brian::method, brian::constants;
using dsl::all_to_all, dsl::one_to_one, nernst::timed_values;
using dsl::ms, dsl::Hz, dsl::second, dsl::volt, dsl::one;
using nernst::ir::slot;

constexpr auto step = 0.1 * ms;
using test::numbers, test::trace;

struct threshold_reset {
  static constexpr auto model =
      neuron("dv/dt = 0 / second : 1", threshold("v > 1"), reset("v=0.5"));
};
struct constant_threshold {
  static constexpr auto model = neuron("", threshold("c > 1"), constants("c", 2));
};
struct custom_events {
  static constexpr auto model = neuron(
      R"(
        event_time1 : second
        event_time2 : second
      )",
      event("event1", "t>=i*ms and t<i*ms+dt"), event("event2", "t>=(i+1)*ms and t<(i+1)*ms+dt"),
      on_event("event1", "event_time1 = t"), on_event("event2", "event_time2 = t"));
};
struct custom_events_schedule {
  static constexpr auto model = neuron(R"(
        x : 1
        event_time : second
      )",
                                       event("event1", "x>0").when(slot::after_resets),
                                       event("event2", "t>=(i+1)*ms and t<(i+1)*ms+dt"),
                                       on_event("event2", "x = 1").when(slot::resets),
                                       on_event("event1", R"(
        event_time = t
        x = 0
      )")
                                           .when(slot::after_resets, 1));
};
struct regularly {
  static constexpr auto variables = R"(
        v1 : 1
        v2 : 1
        v3 : 1
      )";
};
struct scheduling : regularly {
  static constexpr auto model = neuron(variables, brian::every(step, "v1 += 1"),
                                       brian::every(step, "v2 = v1").when(slot::end),
                                       brian::every(step, "v3 = v1").when(slot::before_start));
};
struct scheduling_2 : regularly {
  static constexpr auto model = neuron(variables, brian::every(step, "v3 = v1"),
                                       brian::every(step, "v1 += 1").when(slot::start, 2),
                                       brian::every(step, "v2 = v1").when(slot::start, 5));
};
struct every_other {
  static constexpr auto model = neuron("v : 1", brian::every(2 * step, "v += 1"));
};
struct at_times {
  static constexpr auto model = neuron("v : 1", brian::at(0 * ms, step, 3 * step, "v += 1"));
};
struct sharing {
  static constexpr auto model = neuron(R"(
        individual_var: 1
        shared_var: 1 (shared)
        individual_var_i: integer
        shared_var_i: integer (shared)
        individual_var_b: boolean
        shared_var_b: boolean (shared)
      )",
                                       brian::every(step, R"(
        shared_var = 1.0
        shared_var_i = 2
        shared_var_b = True
        individual_var = 1.0
        individual_var_i = 2
        individual_var_b = True
      )"));
};
struct source {
  static constexpr auto model = neuron("x:1");
};
struct linked_in_reset {
  static constexpr auto model = neuron(R"(
        x_linked : 1 (linked)
        y:1
      )",
                                       threshold("y>1"), reset("y=0; x_linked += 1"));
};

constexpr std::string_view refractoriness = R"(
        dv/dt = 99.999*Hz : 1 (unless refractory)
        dw/dt = 99.999*Hz : 1
        ref : second
        ref_no_unit : 1
        time_since_spike = (t - lastspike) +1e-3*dt : second
        ref_subexpression = (t - lastspike + 1e-3*dt) < ref : boolean
      )";
constexpr auto refractory_by(std::string_view text) {
  return neuron(refractoriness, threshold("v>1"), reset("v=0;w=0"), brian::refractory(text));
}
struct by_time {
  static constexpr auto model = refractory_by("5*ms");
};
struct by_condition {
  static constexpr auto model = refractory_by("(t-lastspike + 1e-3*dt) < 5*ms");
};
struct by_time_since {
  static constexpr auto model = refractory_by("time_since_spike + 1e-3*dt < 5*ms");
};
struct by_subexpression {
  static constexpr auto model = refractory_by("ref_subexpression");
};
struct by_condition_of_variable {
  static constexpr auto model = refractory_by("(t-lastspike + 1e-3*dt) < ref");
};
struct by_variable {
  static constexpr auto model = refractory_by("ref");
};
struct by_number {
  static constexpr auto model = refractory_by("ref_no_unit*ms");
};

struct always {
  static constexpr auto model = neuron("v:1", threshold("v>-1"));
};
struct conditional_write {
  static constexpr auto model = neuron(R"(
        dv/dt = (2-v)/tau : 1 (unless refractory)
        dx/dt = 0/tau : 1 (unless refractory)
        dy/dt = 0/tau : 1
      )",
                                       threshold("v>1"), reset(R"(
        v = 0
        x -= 0.05
        y -= 0.05
      )"),
                                       brian::refractory(1 * ms), constants("tau", 1 * ms));
};
struct drive_x {
  static constexpr auto model = synapse(on_pre("x += dt*100*Hz"));
};
struct drive_y {
  static constexpr auto model = synapse(on_pre("y += dt*100*Hz"));
};
struct all_the_time {
  static constexpr auto model = neuron("", threshold("True"));
};
struct synapses_refractory {
  static constexpr auto model = neuron("dv/dt = 0/second : 1 (unless refractory)",
                                       threshold("i>=5"), brian::refractory(step));
};
struct one_more {
  static constexpr auto model = synapse(on_pre("v += 1"));
};

struct integers {
  static constexpr auto model = neuron(R"(
    dv/dt = (a+b+j+k)/second : 1
    j = i%n : integer
    k = i//n : integer
    a = v%(i+1) : 1
    b = v%(2*v) : 1
    )",
                                       constants("n", 10));
};
struct bool_to_int {
  static constexpr auto model = neuron(R"(
        intexpr1 = int(bool_var) : integer
        intexpr2 = int(float_var > 1.0) : integer
        bool_var : boolean
        float_var : 1
      )");
};
struct integer_power {
  static constexpr auto model = neuron(R"(
        intval1 : integer
        intval2 : integer
        k : integer (constant)
      )",
                                       brian::every(step, "intval1 = 2**k; intval2 = (-1)**k"));
};
struct timestep_function {
  static constexpr auto model = neuron(R"(ref_t : second
                              ts = timestep(ref_t, dt) + timestep(t, dt) : integer)");
};
struct random_vector {
  static constexpr auto model =
      neuron("dv/dt = -v / tau + xi*tau**-0.5: 1", constants("tau", 10 * ms));
};
struct timedarray_2d {
  static constexpr auto model =
      neuron("value = ta2d(t, i) + 1: 1", brian::timed_array("ta2d", one));
};

template <class Model>
void check_refractoriness() {
  nernst::network<> net({.dt = step});
  auto cells = net.population<Model>(1);
  cells["ref"] = "5*ms";
  cells["ref_no_unit"] = "5";
  auto m = net.record(cells, {"v", "w"}, {0}, {slot::end, 0});
  net.run(20 * ms);
  for (std::size_t s = 0; s < 100; ++s) CHECK(m.at(s, 0, 0) == Approx(m.at(s, 1, 0)));
  for (std::size_t s = 100; s < 150; ++s) CHECK(m.at(s, 0, 0) == 0);
  for (std::size_t s = 0; s < 50; ++s) CHECK(m.at(s + 101, 1, 0) == Approx(m.at(s, 1, 0)));
  for (std::size_t s = 150; s < 200; ++s) CHECK(m.at(s, 0, 0) > 0);
}

}  // namespace

TEST_CASE("Brian's threshold_reset and scalar_threshold, as texts") {
  nernst::network net({.dt = step});
  auto cells = net.population<threshold_reset>(3);
  auto others = net.population<constant_threshold>(4);
  auto spikes = net.record_spikes(others);
  cells["v"] = numbers{0, 1, 2};
  net.run(step);
  CHECK(cells["v"].get() == numbers{0, 1, 0.5});
  CHECK(spikes.counts() == std::vector<std::uint32_t>{1, 1, 1, 1});
}

TEST_CASE("Brian's custom_events and custom_events_schedule, as texts") {
  nernst::network net({.dt = step});
  auto cells = net.population<custom_events>(2);
  auto scheduled = net.population<custom_events_schedule>(2);
  net.run(2.1 * ms);
  for (std::size_t n = 0; n < 2; ++n) {
    CHECK(cells["event_time1"][n] == Approx(1e-3 * static_cast<double>(n)).margin(1e-12));
    CHECK(cells["event_time2"][n] == Approx(1e-3 * static_cast<double>(n + 1)));
    CHECK(scheduled["event_time"][n] == Approx(1e-3 * static_cast<double>(n + 1)));
  }
}

TEST_CASE("Brian's run_regularly_scheduling, _dt, _shared and run_at, as texts") {
  nernst::network net({.dt = step});
  auto slots = net.population<scheduling>(1);
  auto orders = net.population<scheduling_2>(1);
  auto m1 = net.record(orders, {"v1"}, {0}, {slot::start, 1}),
       m2 = net.record(orders, {"v1"}, {0}, {slot::start, 3});
  auto m3 = net.record(orders, {"v2"}, {0}, {slot::start, 4}),
       m4 = net.record(orders, {"v2"}, {0}, {slot::start, 6});
  auto shared = net.population<sharing>(10);
  net.run(2 * step);
  for (auto const& cells :
       {slots["v1"].get(), slots["v2"].get(), orders["v1"].get(), orders["v2"].get()})
    CHECK(cells == numbers{2});
  CHECK(slots["v3"].get() == numbers{1});
  CHECK(orders["v3"].get() == numbers{1});
  CHECK(trace(m1) == numbers{0, 1});
  CHECK(trace(m2) == numbers{1, 2});
  CHECK(trace(m3) == numbers{0, 1});
  CHECK(trace(m4) == numbers{1, 2});
  CHECK(shared["shared_var"].get() == numbers{1});
  CHECK(shared["individual_var"].get() == numbers(10, 1));
  CHECK(shared["shared_var_i"].get() == numbers{2});
  CHECK(shared["individual_var_i"].get() == numbers(10, 2));
  CHECK(shared["shared_var_b"].get() == numbers{1});
  CHECK(shared["individual_var_b"].get() == numbers(10, 1));

  nernst::network other({.dt = step});
  auto often = other.population<every_other>(1);
  auto times = other.population<at_times>(1);
  auto m = other.record(times, {"v"}, {0}, {slot::end, 0});
  other.run(10 * step);
  CHECK(often["v"].get() == numbers{5});
  CHECK(trace(m) == numbers{1, 2, 2, 3, 3, 3, 3, 3, 3, 3});
}

TEST_CASE("Brian's linked_var_in_reset, as texts") {
  nernst::network net({.dt = step});
  auto one_group = net.population<source>(3);
  auto cells = net.population<linked_in_reset>(3);
  cells.link("x_linked", one_group, "x");
  cells["y"] = numbers{0, 1.1, 0};
  net.run(3 * step);
  CHECK(one_group["x"].get() == numbers{0, 1, 0});
}

TEST_CASE("Brian's refractoriness_variables, as texts") {
  check_refractoriness<by_time>();
  check_refractoriness<by_condition>();
  check_refractoriness<by_time_since>();
  check_refractoriness<by_subexpression>();
  check_refractoriness<by_condition_of_variable>();
  check_refractoriness<by_variable>();
  check_refractoriness<by_number>();
}

TEST_CASE("Brian's conditional_write_behaviour and synapses_refractory, as texts") {
  nernst::network net({.dt = step});
  auto h = net.population<always>(1);
  auto g = net.population<conditional_write>(1);
  net.connect<drive_x>(h, g, all_to_all());
  net.connect<drive_y>(h, g, all_to_all());
  net.run(10 * ms);
  CHECK(g["x"][0] < 0.2);
  CHECK(g["y"][0] > 0.2);
  CHECK(g["v"][0] < 1.1);

  nernst::network other({.dt = step});
  auto from = other.population<all_the_time>(10);
  auto to = other.population<synapses_refractory>(10);
  other.connect<one_more>(from, to, one_to_one());
  other.run(step);
  CHECK(to["v"].get() == numbers{1, 1, 1, 1, 1, 0, 0, 0, 0, 0});
}

namespace {
constexpr std::string_view counts = "n : integer\nm : integer\non : boolean\nx : 1\ny : 1";
constexpr std::string_view block =
    "n = x + 5.6; m = -1.5*n; x = m; n *= 2; on = n > x + 16.5; y = n + m + on";
struct counts_in_action {
  static constexpr auto model = neuron(counts, brian::every(step, block));
};
struct counts_in_reset {
  static constexpr auto model = neuron(counts, threshold("x < 5"), reset(block));
};
struct only_counts {
  static constexpr auto model = neuron(counts, threshold("x + y + n + m > 1000 and on"));
};
struct counts_in_synapse {
  static constexpr auto model = synapse("", on_pre(block));
};
struct counts_of_its_own {
  static constexpr auto model = synapse(counts, on_pre(block));
};
template <class Get>
void check_counts(Get get) {
  CHECK(get("n") == numbers{10});
  CHECK(get("m") == numbers{-7});
  CHECK(get("on") == numbers{1});
  CHECK(get("x") == numbers{-7});
  CHECK(get("y") == numbers{4});
}
}  // namespace

// Numbers of Brian 2.9 in C++, see semantics.cpp.
TEST_CASE("what later lines of a text see of an integer has no fraction") {
  nernst::network net({.dt = step});
  auto from = net.population<all_the_time>(1);
  auto actions = net.population<counts_in_action>(1);
  auto resets = net.population<counts_in_reset>(1);
  auto targets = net.population<only_counts>(1);
  net.connect<counts_in_synapse>(from, targets, all_to_all());
  auto synapses = net.connect<counts_of_its_own>(from, actions, all_to_all());
  net.run(step);
  check_counts([&](char const* id) { return actions[id].get(); });
  check_counts([&](char const* id) { return resets[id].get(); });
  check_counts([&](char const* id) { return targets[id].get(); });
  check_counts([&](char const* id) { return synapses[id].get(); });
}

namespace {
constexpr std::string_view resting = R"(
    dv/dt = 0/second : 1 (unless refractory)
    u : 1
    x : 1
    open : boolean
    s = 2*v : 1
    fires : 1
  )";
constexpr std::string_view write_and_read = "v += 3; u = v; v *= 2; x = 2*v";
template <class... Clauses>
constexpr auto resting_with(Clauses const&... more) {
  return neuron(resting, threshold("fires > 0.5 and t < 0.05*ms"), brian::refractory("0.3*ms"),
                method("euler"), more...);
}
struct acting_while_resting {
  static constexpr auto model = resting_with(
      brian::every(step, "v += 3; u = v; v *= 2; x = s; open = not_refractory").when(slot::end));
};
struct reset_while_resting {
  static constexpr auto model = resting_with(reset(write_and_read));
};
struct events_while_resting {
  static constexpr auto model = resting_with(event("e", "v > 0"), on_event("e", write_and_read));
};
struct only_resting {
  static constexpr auto model = resting_with(reset("u = u; x = x"));
};
struct writes_and_reads {
  static constexpr auto model = synapse("", on_pre(write_and_read));
};
struct writes_before {
  static constexpr auto model = synapse("", on_pre("v_pre += 3; u_pre = v_pre; x_post += v_pre"));
};
}  // namespace

// Numbers of Brian 2.9, see semantics.cpp.
TEST_CASE("behind a write that a refractory neuron refuses, a text sees the old value") {
  nernst::network net({.dt = step});
  auto from = net.population<all_the_time>(1);
  auto start = [](auto cells) {
    cells["fires"] = numbers{1, 0, 1, 0};
    cells["v"] = numbers{1, 1, 2, 2};
    return cells;
  };
  auto actions = start(net.population<acting_while_resting>(4));
  auto resets = start(net.population<reset_while_resting>(4));
  auto events = start(net.population<events_while_resting>(4));
  auto targets = start(net.population<only_resting>(4));
  auto sources = start(net.population<only_resting>(4));
  net.connect<writes_and_reads>(from, targets, all_to_all());
  net.connect<writes_before>(sources, actions, all_to_all(), step);
  net.run(2 * step);
  auto check = [](auto const& cells, numbers const& v, numbers const& u) {
    CHECK(cells["v"].get() == v);
    CHECK(cells["u"].get() == u);
  };
  check(actions, {1, 22, 2, 26}, {1, 11, 2, 13});
  CHECK(actions["x"].get() == numbers{2, 44, 4, 52});
  CHECK(actions["open"].get() == numbers{0, 1, 0, 1});
  check(resets, {8, 1, 10, 2}, {4, 0, 5, 0});
  check(events, {22, 22, 26, 26}, {11, 11, 13, 13});
  check(targets, {1, 22, 2, 26}, {1, 11, 2, 13});
  CHECK(targets["x"].get() == numbers{2, 44, 4, 52});
  check(sources, {1, 1, 2, 2}, {1, 0, 2, 0});
}

TEST_CASE("Brian's tests of types and functions, as texts") {
  nernst::network net({.dt = step});
  auto whole = net.population<integers>(100);
  whole["v"] = "rand()";
  auto truth = net.population<bool_to_int>(2);
  truth["bool_var"] = numbers{1, 0};
  truth["float_var"] = numbers{2.0, 0.5};
  auto truths = net.record(truth, {"intexpr1", "intexpr2"});
  auto powers = net.population<integer_power>(3);
  powers["k"] = numbers{0, 1, 2};
  auto steps = net.population<timestep_function>(2);
  steps["ref_t"]["i == 0"] = "-1e4*second";
  steps["ref_t"]["i == 1"] = "5*dt";
  auto ts = net.record(steps, {"ts"});
  auto noisy = net.population<random_vector>(100);
  net.run(0.5 * ms);
  for (std::size_t n = 0; n < 100; ++n) {
    CHECK(whole["j"][n] == static_cast<double>(n % 10));
    CHECK(whole["k"][n] == static_cast<double>(n / 10));
    double const v = whole["v"][n];
    CHECK(whole["a"][n] ==
          v - static_cast<double>(n + 1) * std::floor(v / static_cast<double>(n + 1)));
  }
  CHECK(trace(truths, 0, 0)[0] == 1);
  CHECK(trace(truths, 0, 1)[0] == 0);
  CHECK(trace(truths, 1, 0)[0] == 1);
  CHECK(trace(truths, 1, 1)[0] == 0);
  CHECK(powers["intval1"].get() == numbers{1, 2, 4});
  CHECK(powers["intval2"].get() == numbers{1, -1, 1});
  for (double const x : trace(ts, 0, 0)) CHECK(x <= -1e4);
  CHECK(trace(ts, 0, 1) == numbers{5, 6, 7, 8, 9});
  CHECK(noisy["v"][0] != noisy["v"][1]);
}

TEST_CASE("Brian's constants_values, as texts") {
  nernst::network net({.dt = step});
  auto cells = net.population<source>(3);
  cells["x"]["i == 0"] = "pi";
  cells["x"]["i == 1"] = "e";
  cells["x"]["i == 2"] = "inf";
  CHECK(cells["x"].get() == numbers{test::kept(3.14159265358979323846),
                                    test::kept(2.71828182845904523536),
                                    std::numeric_limits<double>::infinity()});
}

TEST_CASE("Brian's timedarray_2d, as texts") {
  nernst::network net({.dt = step});
  auto cells = net.population<timedarray_2d>(3);
  numbers values;
  for (int k = 0; k < 12; ++k) values.push_back(k);
  cells["ta2d"] = timed_values(values, one, step, 3);
  auto m = net.record(cells, {"value"});
  net.run(0.5 * ms);
  CHECK(trace(m, 0, 0) == numbers{1, 4, 7, 10, 10});
  CHECK(trace(m, 0, 1) == numbers{2, 5, 8, 11, 11});
  CHECK(trace(m, 0, 2) == numbers{3, 6, 9, 12, 12});
}
