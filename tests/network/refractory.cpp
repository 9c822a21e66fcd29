// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Refractoriness as Brian 2's tests of the same names have it, in both languages.
#include <nernst/brian.hpp>
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"

using namespace nernst::dsl;

namespace {

using numbers = std::vector<double>;

// ---- test_refractoriness_variables: seven ways to say 5 ms

struct variables {
  static constexpr auto v = state<"v">(one);
  static constexpr auto w = state<"w">(one);
  static constexpr auto ref = parameter<"ref">(second);
  static constexpr auto plain = parameter<"ref_no_unit">(one);
  static constexpr auto since = subexpression<"time_since_spike">((t - lastspike) + 1e-3 * dt);
  static constexpr auto closed =
      subexpression<"ref_subexpression">((t - lastspike + 1e-3 * dt) < ref);
};
constexpr auto refractory_by(auto const& clause) {
  using m = variables;
  return neuron(m::since, m::closed, d(m::v) / dt = 99.999 * Hz | unless_refractory,
                d(m::w) / dt = 99.999 * Hz, threshold(m::v > 1), reset(m::v = 0, m::w = 0), clause,
                every(1 * second, m::ref += 0 * ms, m::plain += 0));
}
struct by_time {
  static constexpr auto model = refractory_by(refractory(5 * ms));
};
struct by_condition {
  static constexpr auto model = refractory_by(refractory((t - lastspike + 1e-3 * dt) < 5 * ms));
};
struct by_subexpression {
  static constexpr auto model = refractory_by(refractory(variables::since + 1e-3 * dt < 5 * ms));
};
struct by_condition_subexpression {
  static constexpr auto model = refractory_by(refractory(variables::closed));
};
struct by_condition_of_variable {
  static constexpr auto model =
      refractory_by(refractory((t - lastspike + 1e-3 * dt) < variables::ref));
};
struct by_variable {
  static constexpr auto model = refractory_by(refractory(variables::ref));
};
struct by_number {
  static constexpr auto model = refractory_by(refractory(variables::plain * ms));
};

template <class Model>
void check_variables() {
  nernst::network<> net({.dt = 0.1 * ms});
  auto cells = net.population<Model>(1);
  cells["ref"] = 5 * ms;
  cells["ref_no_unit"] = 5;
  auto m = net.record(cells, {"v", "w"}, {0}, {slot::end, 0});
  net.run(20 * ms);
  for (std::size_t s = 0; s < 100; ++s) CHECK(m.at(s, 0, 0) == Approx(m.at(s, 1, 0)));
  for (std::size_t s = 100; s < 150; ++s) CHECK(m.at(s, 0, 0) == 0);
  for (std::size_t s = 0; s < 50; ++s) CHECK(m.at(s + 101, 1, 0) == Approx(m.at(s, 1, 0)));
  for (std::size_t s = 150; s < 200; ++s) CHECK(m.at(s, 0, 0) > 0);
}

// ---- test_conditional_write_behaviour

struct always {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(threshold(v > -1));
};
struct written {
  static constexpr auto v = state<"v">(one);
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto tau = 1 * ms;
  static constexpr auto model =
      neuron(d(v) / dt = (2 - v) / tau | unless_refractory,
             d(x) / dt = 0 / tau * v | unless_refractory, d(y) / dt = 0 / tau * v, threshold(v > 1),
             reset(v = 0, x -= 0.05, y -= 0.05), refractory(1 * ms), method(euler));
};
struct drive_x {
  static constexpr auto model = synapse(on_pre(post(written::x) += dt * 100 * Hz));
};
struct drive_y {
  static constexpr auto model = synapse(on_pre(post(written::y) += dt * 100 * Hz));
};

// ---- test_synapses_refractory

struct halves {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(d(v) / dt = 0 * v / second | unless_refractory,
                                       threshold(i >= 5), refractory(dt), method(euler));
};
struct one_more {
  static constexpr auto model = synapse(on_pre(post(halves::v) += 1));
};
struct at_random {
  static constexpr auto model = synapse(on_pre(post(halves::v) += uniform()));
};

// ---- rounding of t - lastspike

struct on_the_edge {
  static constexpr auto model = neuron(threshold(i >= 0), refractory(t - lastspike <= 0.5 * ms));
};

// ---- who writes what is frozen

struct pushed {
  static constexpr auto v = state<"v">(one);
  static constexpr auto w = state<"w">(one);
  static constexpr auto x = state<"x">(one);
  static constexpr auto model =
      neuron(d(v) / dt = 0 / ms | unless_refractory, d(x) / dt = 0 / ms | unless_refractory,
             threshold(i >= 0), reset(x += 1000), refractory(0.35 * ms), event<"seen">(i >= 0),
             on_event<"seen">(v += 100, w += 100), every(0.1 * ms, v += 1, w += 1));
};

// ---- a condition that always holds, or never

constexpr auto ramp(auto const& clause) {
  constexpr auto v = state<"v">(one);
  constexpr auto w = state<"w">(one);
  return neuron(d(v) / dt = 1 / ms, d(w) / dt = 1 / ms | unless_refractory, threshold(v > 0.95),
                reset(v = 0, w = 0), clause, method(euler));
}
constexpr auto ramp_text(std::string_view condition) {
  namespace brian = nernst::brian;
  return brian::neuron("dv/dt = 1/ms : 1\ndw/dt = 1/ms : 1 (unless refractory)",
                       brian::threshold("v > 0.95"), brian::reset("v = 0; w = 0"),
                       brian::refractory(condition), brian::method("euler"));
}
struct for_good {
  static constexpr auto model = ramp(refractory(true));
};
struct for_good_text {
  static constexpr auto model = ramp_text("True");
};
struct never {
  static constexpr auto model = ramp(refractory(false));
};
struct never_text {
  static constexpr auto model = ramp_text("(False)");
};
struct never_longer {
  static constexpr auto model = ramp_text("2 > 3 and True");
};

template <class Model>
void check_ramp(std::vector<std::int64_t> const& expected, numbers const& w) {
  nernst::network<> net({.dt = 0.1 * ms});
  auto cells = net.population<Model>(1);
  auto spikes = net.record_spikes(cells);
  auto trace = net.record(cells, {"w"});
  net.run(3 * ms);
  CHECK(spikes.steps() == expected);
  for (std::size_t k = 0; k < w.size(); ++k) CHECK(trace.at(8 + k, 0, 0) == Approx(w[k]));
}

}  // namespace

TEST_CASE("seven ways to be refractory for 5 ms") {
  check_variables<by_time>();
  check_variables<by_condition>();
  check_variables<by_subexpression>();
  check_variables<by_condition_subexpression>();
  check_variables<by_condition_of_variable>();
  check_variables<by_variable>();
  check_variables<by_number>();
}

TEST_CASE("what arrives at a flagged variable is dropped while refractory, at others it is not") {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.population<always>(1);
  auto cells = net.population<written>(1);
  net.connect<drive_x>(source, cells, all_to_all());
  net.connect<drive_y>(source, cells, all_to_all());
  auto m = net.record(cells, {"v"});
  net.run(10 * ms);
  CHECK(cells["x"][0] < 0.2);
  CHECK(cells["y"][0] > 0.2);
  for (std::size_t s = 0; s < m.steps(); ++s) CHECK(m.at(s, 0, 0) < 1.1);
}

TEST_CASE("a spike closes a neuron for the synapses of its step") {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.population<always>(10);
  auto cells = net.population<halves>(10), others = net.population<halves>(10);
  net.connect<one_more>(source, cells, one_to_one());
  net.connect<at_random>(source, others, one_to_one());
  net.run(0.1 * ms);
  CHECK(cells["v"].get() == numbers{1, 1, 1, 1, 1, 0, 0, 0, 0, 0});
  for (std::size_t n = 0; n < 10; ++n) CHECK((others["v"][n] > 0) == (n < 5));
}

TEST_CASE("actions do not write what is frozen, events and resets do") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<pushed>(1);
  auto m = net.record(cells, {"v", "w", "x"}, {0}, {slot::end, 0});
  net.run(1 * ms);
  // Brian 2.9 with run_regularly and run_on_event.
  numbers const x = {1000, 1000, 1000, 2000, 2000, 2000, 3000, 3000, 3000, 4000};
  for (std::size_t s = 0; s < 10; ++s) {
    double const step = static_cast<double>(s) + 1;
    CHECK(m.at(s, 0, 0) == 100 * step + 1);
    CHECK(m.at(s, 1, 0) == 101 * step);
    CHECK(m.at(s, 2, 0) == x[s]);
  }
}

TEST_CASE("a refractory condition may always hold, or never") {
  // Brian 2.9 with refractory='True' and 'False'.
  numbers const frozen = {0.8, 0.9, 0, 0, 0, 0}, going_on = {0.8, 0.9, 0, 0.1, 0.2, 0.3};
  check_ramp<for_good>({9}, frozen);
  check_ramp<for_good_text>({9}, frozen);
  check_ramp<never>({9, 19, 29}, going_on);
  check_ramp<never_text>({9, 19, 29}, going_on);
  check_ramp<never_longer>({9, 19, 29}, going_on);
}

TEST_CASE("t - lastspike is rounded as in Brian 2", "[double]") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<on_the_edge>(1);
  auto spikes = net.record_spikes(cells);
  net.run(12 * ms);
  // Brian 2.9: 5 dt and 0.5 ms differ in the last place at some times.
  CHECK(spikes.steps() == std::vector<std::int64_t>{0,  6,  12, 18, 24, 30, 36, 42,  48,  54, 60,
                                                    65, 71, 77, 82, 87, 93, 99, 104, 110, 116});
}
