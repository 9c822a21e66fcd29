// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Where simulators are easily written wrong. The numbers are those of Brian 2.9, printed by
// tests/data/make_traps.py; where its targets disagree, those of its compiled code (cython).
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/trace.hpp"
#include "precision.hpp"
#include <numbers>

using namespace nernst::dsl;

namespace {

using test::numbers, test::trace;
using steps = std::vector<std::int64_t>;
using indices = std::vector<std::int32_t>;

steps of_neuron(nernst::spike_record const& spikes, int neuron) {
  steps s;
  for (std::size_t k = 0; k < spikes.count(); ++k)
    if (spikes.neurons()[k] == neuron) s.push_back(spikes.steps()[k]);
  return s;
}

void check_close(numbers const& ours, numbers const& theirs, double epsilon = 1e-13) {
  REQUIRE(ours.size() >= theirs.size());
  for (std::size_t k = 0; k < theirs.size(); ++k) {
    INFO("value " << k);
    CHECK(ours[k] ==
          Approx(theirs[k]).epsilon(test::up_to(epsilon)).margin(test::up_to(1e-14, 1e-6)));
  }
}
template <class Real>
void check_traces(nernst::state_record<Real> const& record, std::vector<numbers> const& theirs,
                  std::size_t variable = 0) {
  for (std::size_t n = 0; n < theirs.size(); ++n) {
    INFO("neuron " << n);
    check_close(trace(record, variable, n), theirs[n]);
  }
}

/// Fires in every step.
struct always {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model = neuron(threshold(x < 1));
};
/// Fires in the step that has that number.
struct once {
  static constexpr auto when = parameter<"when">(integer);
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(v, threshold(timestep(t, dt) == when));
};
/// Only receives.
struct sink {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(d(v) / dt = 0 * v / second, method(euler));
};

// ---- 1

struct recurrent {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model =
      neuron(d(v) / dt = (1.5 - v) / ms, threshold(v > 1), reset(v = 0.1), method(euler));
};
struct quarter {
  static constexpr auto model = synapse(on_pre(post(recurrent::v) += 0.25));
};

}  // namespace

TEST_CASE("trap 1: spikes without delay act in their step, before the resets") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<recurrent>(3);
  cells[recurrent::v] = numbers{0.97, 0.6, 0.2};
  net.connect<quarter>(cells, cells, all_to_all());
  auto const at = [&](slot when) { return net.record(cells, {"v"}, {}, {when, 0}); };
  auto const start = at(slot::start), before = at(slot::before_synapses),
             behind = at(slot::after_synapses), end = at(slot::after_resets);
  auto const spikes = net.record_spikes(cells);
  net.run(1 * ms);
  check_traces(start, {{0.97, 0.1, 0.24, 0.616, 0.9544, 0.1},
                       {0.6, 0.94, 0.996, 0.1, 0.49, 0.841},
                       {0.2, 0.58, 0.672, 1.0048, 0.1, 0.49}});
  check_traces(before, {{1.023, 0.24, 0.366, 0.7044, 1.00896, 0.24},
                        {0.69, 0.996, 1.0464, 0.24, 0.591, 0.9069},
                        {0.33, 0.672, 0.7548, 1.05432, 0.24, 0.591}});
  check_traces(behind, {{1.273, 0.24, 0.616, 0.9544, 1.25896, 0.24},
                        {0.94, 0.996, 1.2964, 0.49, 0.841, 0.9069},
                        {0.58, 0.672, 1.0048, 1.30432, 0.49, 0.591}});
  check_traces(end, {{0.1, 0.24, 0.616, 0.9544, 0.1, 0.24},
                     {0.94, 0.996, 0.1, 0.49, 0.841, 0.9069},
                     {0.58, 0.672, 1.0048, 0.1, 0.49, 0.591}});
  CHECK(spikes.neurons() == indices{0, 1, 2, 0, 1, 2, 0});
  CHECK(spikes.steps() == steps{0, 2, 3, 4, 7, 8, 9});
}

namespace {

// ---- 2

struct own_period {
  static constexpr auto v = state<"v">(one);
  static constexpr auto R = parameter<"R">(second);
  static constexpr auto model = neuron(d(v) / dt = 2 / ms | unless_refractory, threshold(v > 1),
                                       reset(v = 0), refractory(R), method(euler));
};
struct moving_period {
  static constexpr auto v = state<"v">(one);
  static constexpr auto k = parameter<"k">(one);
  static constexpr auto model =
      neuron(d(v) / dt = 2 / ms | unless_refractory, threshold(v > 1), reset(v = 0),
             refractory((1 + k * sin(t / (0.7 * ms))) * ms), method(euler));
};

}  // namespace

TEST_CASE("trap 2: refractory periods are whole steps, and asked for anew in each step") {
  nernst::network net({.dt = 0.1 * ms});
  auto own = net.population<own_period>(4);
  auto moving = net.population<moving_period>(3);
  own[own_period::R] = numbers{0.3e-3, 0.7e-3, 1.2e-3, 0.25e-3};
  moving[moving_period::k] = numbers{0, 0.5, 0.95};
  auto const spikes = net.record_spikes(own), others = net.record_spikes(moving);
  auto const open = net.record(moving, {"not_refractory"}, {2}, {slot::end, 0});
  net.run(6 * ms);
  CHECK(of_neuron(spikes, 0) == steps{5, 13, 21, 29, 37, 45, 53});
  CHECK(of_neuron(spikes, 1) == steps{5, 17, 29, 41, 53});
  CHECK(of_neuron(spikes, 2) == steps{5, 22, 39, 56});
  CHECK(of_neuron(spikes, 3) == steps{5, 12, 19, 26, 33, 40, 47, 54});
  CHECK(of_neuron(others, 0) == steps{5, 20, 35, 50});
  CHECK(of_neuron(others, 1) == steps{5, 23, 34, 46});
  CHECK(of_neuron(others, 2) == steps{5, 24, 32, 38});
  std::string is_open;
  for (double const x : trace(open)) is_open += x == 1 ? '1' : '0';
  CHECK(is_open == "111110000000000000011111000111110111110000000000000000000111");
  check_close(own[own_period::v].get(), {0.8, 0, 0, 0.8});
  check_close(moving[moving_period::v].get(), {0, 0, 0.6});
}

namespace {

// ---- 3

struct guarded {
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto n = state<"n">(integer);
  static constexpr auto fires = parameter<"fires">(boolean);
  static constexpr auto model =
      neuron(d(x) / dt = 0.1 / ms | unless_refractory, d(y) / dt = 0.1 / ms,
             threshold(fires and timestep(t, dt) % 7 == 2), reset(x += 10, y += 10),
             refractory(0.4 * ms), event<"low">(x < 100), on_event<"low">(n += 1),
             every(0.2 * ms, x += 0.5, y += 0.5), method(euler));
};
struct into_both {
  static constexpr auto model = synapse(on_pre(post(guarded::x) += 1, post(guarded::y) += 1));
};
struct noisy {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model =
      neuron(d(x) / dt = xi / sqrt(1 * ms) | unless_refractory, threshold(t < 0.05 * ms),
             refractory(0.4 * ms), method(euler));
};

}  // namespace

TEST_CASE("trap 3: unless refractory is a freeze and a mask of what others write") {
  nernst::network net({.dt = 0.1 * ms});
  auto from = net.population<always>(1);
  auto cells = net.population<guarded>(2);
  auto noise = net.population<noisy>(1);
  cells[guarded::fires] = numbers{1, 0};
  net.connect<into_both>(from, cells, all_to_all());
  auto const values = net.record(cells, {"x", "y", "n"}, {}, {slot::end, 0});
  auto const frozen = net.record(noise, {"x"}, {}, {slot::end, 0});
  auto const spikes = net.record_spikes(cells);
  net.run(1.2 * ms);
  check_traces(values,
               {{1.51, 2.52, 13.03, 13.03, 13.03, 13.03, 14.04, 15.05, 16.56, 26.57, 26.57, 26.57},
                {1.51, 2.52, 4.03, 5.04, 6.55, 7.56, 9.07, 10.08, 11.59, 12.6, 14.11, 15.12}});
  check_traces(values,
               {{1.51, 2.52, 14.03, 15.04, 16.55, 17.56, 19.07, 20.08, 21.59, 32.6, 34.11, 35.12},
                {1.51, 2.52, 4.03, 5.04, 6.55, 7.56, 9.07, 10.08, 11.59, 12.6, 14.11, 15.12}},
               1);
  CHECK(cells[guarded::n].get() == numbers{12, 12});
  CHECK(of_neuron(spikes, 0) == steps{2, 9});
  auto const x = trace(frozen);
  CHECK((x[0] != 0 && x[1] == x[0] && x[3] == x[0] && x[4] != x[0] && x[5] != x[4]));
}

namespace {

// ---- 4

struct leaves_by_state {
  static constexpr auto v = state<"v">(one);
  static constexpr auto u = state<"u">(one);
  static constexpr auto a = parameter<"a">(one);
  static constexpr auto model =
      neuron(d(v) / dt = (2 - v) / ms | unless_refractory, d(u) / dt = (2 - u) / ms,
             threshold(u > 1), reset(u = 0), refractory(u > a), method(euler));
};
struct leaves_if_off {
  static constexpr auto v = state<"v">(one);
  static constexpr auto on = parameter<"on">(boolean);
  static constexpr auto model =
      neuron(d(v) / dt = (2 - v) / ms | unless_refractory, threshold(v > 1), reset(v = 0),
             refractory(on), method(euler));
};

}  // namespace

TEST_CASE("trap 4: a condition ends refractoriness, only a spike begins it") {
  nernst::network net({.dt = 0.1 * ms});
  auto by_state = net.population<leaves_by_state>(3);
  auto by_flag = net.population<leaves_if_off>(2);
  by_state[leaves_by_state::a] = numbers{-1, 0.6, 0.2};
  by_flag[leaves_if_off::on] = numbers{1, 0};
  auto const spikes = net.record_spikes(by_state), others = net.record_spikes(by_flag);
  net.run(3 * ms);
  CHECK(of_neuron(spikes, 0) == steps{6});
  CHECK(of_neuron(spikes, 1) == steps{6, 13, 20, 27});
  CHECK(of_neuron(spikes, 2) == steps{6, 13, 20, 27});
  CHECK(of_neuron(others, 0) == steps{6});
  CHECK(of_neuron(others, 1) == steps{6, 13, 20, 27});
  check_close(by_state[leaves_by_state::v].get(),
              {1.0434062000000002, 1.9152176834495678, 1.9152176834495678});
  check_close(by_flag[leaves_if_off::v].get(), {0, 0.38});
}

namespace {

// ---- 5

struct swinging {
  static constexpr auto v = subexpression<"v">(sin(2 * std::numbers::pi * t / (2.3 * ms)));
  static constexpr auto level = parameter<"level">(one);
};
struct swinging_freely : swinging {
  static constexpr auto model = neuron(v, threshold(v > level));
};
struct swinging_once : swinging {
  static constexpr auto model = neuron(v, threshold(v > level), refractory(v > level));
};

}  // namespace

TEST_CASE("trap 5: a threshold is a level, not a crossing") {
  nernst::network net({.dt = 0.1 * ms});
  auto freely = net.population<swinging_freely>(2);
  auto once_each = net.population<swinging_once>(2);
  freely[swinging::level] = numbers{0.5, 0.95};
  once_each[swinging::level] = numbers{0.5, 0.95};
  auto const spikes = net.record_spikes(freely), others = net.record_spikes(once_each);
  net.run(5 * ms);
  CHECK(of_neuron(spikes, 0) ==
        steps{2, 3, 4, 5, 6, 7, 8, 9, 25, 26, 27, 28, 29, 30, 31, 32, 48, 49});
  CHECK(of_neuron(spikes, 1) == steps{5, 6, 28, 29});
  CHECK(of_neuron(others, 0) == steps{2, 25, 48});
  CHECK(of_neuron(others, 1) == steps{5, 28});
}

namespace {

// ---- 6

struct checkered {
  static constexpr auto model =
      neuron(threshold(timestep(t, dt) < 3 and (i + timestep(t, dt)) % 2 == 0));
};
struct halve_and_add {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model = synapse(on_pre(post(sink::v) = 0.5 * post(sink::v) + w));
};

}  // namespace

TEST_CASE("trap 6: spikes act by rising source, then in the order in which synapses were made") {
  nernst::network net({.dt = 0.1 * ms});
  auto from = net.population<checkered>(3);
  auto to = net.population<sink>(2);
  auto made = net.connect<halve_and_add>(from, to, pairs({2, 0, 1, 0, 2, 0}, {0, 0, 1, 0, 1, 1}));
  made[halve_and_add::w] = numbers{1, 2, 3, 4, 5, 6};
  auto const v = net.record(to, {"v"}, {}, {slot::end, 0});
  net.run(0.4 * ms);
  check_traces(v, {{3.5, 3.5, 3.9375, 3.9375}, {8, 7, 9.75, 9.75}});
}

namespace {

struct every_other {
  static constexpr auto period = parameter<"period">(integer);
  static constexpr auto model = neuron(threshold(timestep(t, dt) % period == 0));
};
struct early {
  static constexpr auto model = neuron(threshold(timestep(t, dt) < 3));
};
struct two_equal {
  static constexpr auto w = state<"w">(one);
  static constexpr auto model =
      synapse(on_pre(w = 2 * w + 1).named("b"), on_pre(w = 3 * w).named("a"));
};
struct three_orders {
  static constexpr auto w = state<"w">(one);
  static constexpr auto model =
      synapse(on_pre(w = 2 * w + 1).named("b").when(slot::synapses, -2),
              on_pre(w = 3 * w).named("a"), on_post(w = w - 2).when(slot::synapses, -3));
};

/// The weights of synapses between two and two neurons at the end of each step.
template <class Synapse>
std::vector<numbers> weights() {
  nernst::network<> net({.dt = 0.1 * ms});
  auto from = net.population<every_other>(2), to = net.population<every_other>(2);
  from[every_other::period] = 2;
  to[every_other::period] = 3;
  auto made = net.connect<Synapse>(from, to, all_to_all());
  made["w"] = numbers{1, 2, 3, 4};
  std::vector<numbers> all(4);
  for (int step = 0; step < 7; ++step) {
    net.run(0.1 * ms);
    for (std::size_t k = 0; k < 4; ++k) all[k].push_back(made["w"][k]);
  }
  return all;
}

}  // namespace

TEST_CASE("trap 6: what was fired first acts first") {
  nernst::network net({.dt = 0.1 * ms});
  auto from = net.population<early>(2);
  auto to = net.population<sink>(1);
  auto made = net.connect<halve_and_add>(from, to, pairs({1, 0, 1, 0}, {0, 0, 0, 0}));
  made[halve_and_add::w] = numbers{1, 2, 4, 8};
  made[delay] = numbers{0, 0.2e-3, 0.1e-3, 0};
  auto const v = net.record(to, {"v"}, {}, {slot::end, 0});
  net.run(0.6 * ms);
  check_traces(v, {{5, 6.625, 6.6640625, 6.666015625, 5.3330078125, 5.3330078125}});
}

TEST_CASE("trap 6: pathways act in order, those of the source before those of the target") {
  CHECK(weights<three_orders>() == std::vector<numbers>{{-3, -3, -15, -17, -99, -99, -603},
                                                        {3, 3, 21, 19, 117, 117, 693},
                                                        {9, 9, 57, 55, 333, 333, 1989},
                                                        {15, 15, 93, 91, 549, 549, 3285}});
}

// Brian sorts them by name.
TEST_CASE("trap 6: pathways of one order act as they are written") {
  CHECK(weights<two_equal>()[0] == numbers{9, 9, 57, 57, 345, 345, 2073});
}

namespace {

// ---- 7

struct post_then_pre {
  static constexpr auto model = synapse(
      on_pre(post(once::v) += 10 * pre(once::v), pre(once::v) = pre(once::v) + post(once::v)));
};

struct pre_then_post {
  static constexpr auto model = synapse(
      on_pre(pre(once::v) = pre(once::v) + 10 * post(once::v), post(once::v) += pre(once::v)));
};
struct line_by_line {
  static constexpr auto x = state<"x">(one);
  static constexpr auto v = post(once::v);
  static constexpr auto model = synapse(on_pre(x = v, v = 2 * v, x += v, v += x));
};

template <class Synapse>
auto within(nernst::network<>& net, numbers& after, std::vector<int> targets) {
  auto cells = net.population<once>(3);
  cells[once::v] = numbers{1, 2, 3};
  auto made = net.connect<Synapse>(cells, cells, pairs({0, 0, 1, 2, 2}, targets));
  net.run(0.1 * ms);
  after = cells[once::v].get();
  cells[once::when] = -1;
  return made;
}

}  // namespace

TEST_CASE("trap 7: a synapse loads all that it uses, then stores all that it wrote") {
  nernst::network net({.dt = 0.1 * ms});
  numbers v;
  within<post_then_pre>(net, v, {0, 1, 1, 0, 2});
  CHECK(v == numbers{164, 1464, 2004});
}

TEST_CASE("trap 7: of a neuron that is both ends of a synapse, the source is stored last") {
  nernst::network net({.dt = 0.1 * ms});
  numbers v;
  within<pre_then_post>(net, v, {0, 1, 1, 0, 2});
  CHECK(v == numbers{344, 363, 3443});
}

TEST_CASE("trap 7: lines of a block see the lines before them") {
  nernst::network net({.dt = 0.1 * ms});
  numbers v;
  auto const made = within<line_by_line>(net, v, {0, 1, 1, 1, 2});
  CHECK(v == numbers{5, 250, 15});
  CHECK(made[line_by_line::x].get() == numbers{3, 6, 30, 150, 9});
}

namespace {

// ---- 8

struct counted {
  static constexpr auto x = state<"x">(one);
  static constexpr auto total = shared<"total">(one);
  static constexpr auto twice = shared<"twice">(one);
  static constexpr auto model =
      neuron(every(0.2 * ms, total += 1, twice = 2 * total, x += twice * i + total));
};
struct drawn {
  static constexpr auto a = state<"a">(one);
  static constexpr auto b = state<"b">(one);
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto of_all = shared<"of_all">(one);
  static constexpr auto rate = 1 / sqrt(1 * ms);
  static constexpr auto model =
      neuron(d(x) / dt = x * xi_<"n"> * rate, d(y) / dt = y * xi_<"n"> * rate, method(heun),
             every(dt, of_all = uniform()), every(dt, a = uniform(), b = uniform()));
};

}  // namespace

TEST_CASE("trap 8: shared statements run once, before the others") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<counted>(3);
  net.run(0.6 * ms);
  CHECK(cells[counted::x].get() == numbers{6, 18, 30});
  CHECK(cells[counted::total].get() == numbers{3});
  CHECK(cells[counted::twice].get() == numbers{6});
}

TEST_CASE("trap 8: random numbers are drawn per element, noise once per name and step") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<drawn>(100);
  cells[drawn::x] = 1;
  cells[drawn::y] = 1;
  auto const values = net.record(cells, {"x", "y", "a", "b", "of_all"}, {0, 1}, {slot::end, 0});
  net.run(1 * ms);
  CHECK(cells[drawn::x].get() == cells[drawn::y].get());
  for (std::size_t s = 0; s < values.steps(); ++s) {
    CHECK(values.at(s, 0, 0) == values.at(s, 1, 0));
    CHECK(values.at(s, 0, 0) != values.at(s, 0, 1));
    CHECK(values.at(s, 2, 0) != values.at(s, 3, 0));
    CHECK(values.at(s, 2, 0) != values.at(s, 2, 1));
    CHECK(values.at(s, 4, 0) == values.at(s, 4, 1));
  }
  CHECK(values.at(0, 4, 0) != values.at(1, 4, 0));
}

namespace {

// ---- 9

struct calculator {
  static constexpr auto k = state<"k">(integer);
  static constexpr auto n = state<"n">(integer);
  static constexpr auto b = state<"b">(boolean);
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto model =
      neuron(k, b, threshold(true),
             reset(n = trunc(2.7 * (i + 1)), x = n / 2, n = trunc(n * 1.5),
                   y = floor_div(n, 2) + clip(n, 0, 3.5)));
};
struct written {
  std::string_view expression;
  numbers values;
};

}  // namespace

TEST_CASE("trap 9: arithmetic is Python's, whatever the types") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<calculator>(7);
  cells["k"] = "i - 3";
  cells["x"] = "(i - 3)*0.75";
  cells["b"] = "i % 2 == 0";
  for (auto const& [expression, values] :
       std::vector<written>{{"k/2", {-1.5, -1, -0.5, 0, 0.5, 1, 1.5}},
                            {"k//2", {-2, -1, -1, 0, 0, 1, 1}},
                            {"k%3", {0, 1, 2, 0, 1, 2, 0}},
                            {"k%-3", {0, -2, -1, 0, -2, -1, 0}},
                            {"x%0.5", {0.25, 0, 0.25, 0, 0.25, 0, 0.25}},
                            {"x//0.5", {-5, -3, -2, 0, 1, 3, 4}},
                            {"x%-0.4", {-0.25, -0.3, -0.35, 0, -0.05, -0.1, -0.15}},
                            {"int(x)", {-2, -1, 0, 0, 0, 1, 2}},
                            {"int(b)*x", {-2.25, 0, -0.75, 0, 0.75, 0, 2.25}},
                            {"k**2", {9, 4, 1, 0, 1, 4, 9}},
                            {"clip(x, -1, 1)", {-1, -1, -0.75, 0, 0.75, 1, 1}},
                            {"abs(k)/3", {1, 2. / 3, 1. / 3, 0, 1. / 3, 2. / 3, 1}},
                            {"-k//2", {1, 1, 0, 0, -1, -1, -2}},
                            {"-(k//2)", {2, 1, 1, 0, 0, -1, -1}},
                            {"int(x > 0) - int(x < 0)", {-1, -1, -1, 0, 1, 1, 1}},
                            {"sign(x)", {-1, -1, -1, 0, 1, 1, 1}},
                            {"ceil(x) + floor(x)", {-5, -3, -1, 0, 1, 3, 5}},
                            {"(k + 1)/(2*3)", {-1. / 3, -1. / 6, 0, 1. / 6, 1. / 3, 0.5, 2. / 3}},
                            {"1/2*x", {-1.125, -0.75, -0.375, 0, 0.375, 0.75, 1.125}}}) {
    INFO(expression);
    cells["y"] = expression;
    check_close(cells["y"].get(), values);
  }
  for (auto const& [expression, values] :
       std::vector<written>{{"x", {-2, -1, 0, 0, 0, 1, 2}},
                            {"2*x", {-4, -3, -1, 0, 1, 3, 4}},
                            {"k/2", {-1, -1, 0, 0, 0, 1, 1}},
                            {"clip(k, -1.5, 1.5)", {-1, -1, -1, 0, 1, 1, 1}},
                            {"int(x) + 1", {-1, 0, 1, 1, 1, 2, 3}},
                            {"x*x", {5, 2, 0, 0, 0, 2, 5}}}) {
    INFO("n = " << expression);
    cells["n"] = expression;
    CHECK(cells["n"].get() == values);
  }
  net.run(0.1 * ms);
  check_close(cells["n"].get(), {3, 7, 12});
  check_close(cells["x"].get(), {1, 2.5, 4});
  check_close(cells["y"].get(), {4, 6, 9});
}

namespace {

// ---- 10

constexpr auto solved_by(auto const& method) {
  constexpr auto x = state<"x">(one);
  constexpr auto y = state<"y">(one);
  constexpr auto z = state<"z">(one);
  constexpr auto f = subexpression<"f">(1 + 0.5 * sin(y));
  constexpr auto g = subexpression<"g">(2 - cos(x));
  constexpr auto held = subexpression<"held">(x + 10 * y) | constant_over_dt;
  return neuron(f, g, held, d(x) / dt = (y - x * f) / ms,
                d(y) / dt = -(x + g * y) / ms + sin(t / ms) / ms, d(z) / dt = (held - z) / ms,
                method);
}
struct by_euler {
  static constexpr auto model = solved_by(method(euler));
};
struct by_exponential_euler {
  static constexpr auto model = solved_by(method(exponential_euler));
};
struct by_rk2 {
  static constexpr auto model = solved_by(method(rk2));
};
struct by_rk4 {
  static constexpr auto model = solved_by(method(rk4));
};
struct by_heun {
  static constexpr auto model = solved_by(method(heun));
};

template <class Model>
void check_solution(numbers const& theirs) {
  nernst::network<> net({.dt = 0.1 * ms});
  auto cell = net.population<Model>(1);
  cell["x"] = 1;
  cell["y"] = 0.5;
  net.run(0.5 * ms);
  check_close({cell["x"][0], cell["y"][0], cell["z"][0]}, theirs, 1e-12);
}

}  // namespace

TEST_CASE("trap 10: new values come from old ones; subexpressions and t move within a step") {
  check_solution<by_euler>({0.6386288723898746, 0.007553098201144477, 1.2109123491675091});
  check_solution<by_exponential_euler>(
      {0.6580941416871009, 0.026876513705274496, 1.2333344654176694});
  check_solution<by_rk2>({0.6518267297829465, 0.06512326148916506, 1.3070974305728287});
  check_solution<by_rk4>({0.6523613720210722, 0.06199886846835414, 1.301759703245958});
  check_solution<by_heun>({0.6386288723898746, 0.007553098201144477, 1.2109123491675091});
}

namespace {

// ---- 11

struct late {
  static constexpr auto model = neuron(threshold(timestep(t, dt) % 25 == 24));
};
struct traced {
  static constexpr auto w = state<"w">(one);
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto model = synapse(
      d(x) / dt = -x / (4 * ms) | event_driven, d(y) / dt = (1 - y) / (3 * ms) | event_driven,
      on_pre(w += x * y, x += 1), on_post(w -= 0.5 * x, y *= 0.5));
};
struct growing {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model = neuron(d(x) / dt = (1 + i) / ms, method(euler));
};
struct summing {
  static constexpr auto v = state<"v">(one);
  static constexpr auto g = state<"g">(one);
  static constexpr auto model = neuron(d(v) / dt = g / ms, method(euler));
};
struct weighed {
  static constexpr auto w = state<"w">(one);
  static constexpr auto model =
      synapse(d(w) / dt = 1 / ms | clock_driven, summed(post(summing::g) = w * pre(growing::x)),
              method(euler));
};

}  // namespace

TEST_CASE("trap 11: event-driven equations have one last update for all pathways, at first 0") {
  nernst::network net({.dt = 0.1 * ms});
  auto from = net.spikes(2, {0, 0, 1, 0, 1}, {1e-3, 3e-3, 3e-3, 6e-3, 8e-3});
  auto to = net.population<late>(2);
  auto made = net.connect<traced>(from, to, all_to_all());
  made[traced::x] = numbers{1, 2, 3, 4};
  net.run(9 * ms);
  check_close(made[traced::w].get(),
              {-0.7774163263054653, -0.7429845672478742, -1.072742782955074, -1.3164334214924152});
  check_close(made[traced::x].get(),
              {1.396692857725076, 1.5539300240387035, 1.6925106465700281, 1.827845929806641});
  check_close(made[traced::y].get(),
              {0.357132587647283, 0.357132587647283, 0.47366467935516643, 0.47366467935516643});
  check_close(made["lastupdate"].get(), {7.4e-3, 7.4e-3, 8e-3, 8e-3});
}

namespace {

/// Sums at all of five neurons, or at the inner three, which are the targets either way.
auto record_sums(nernst::network<>& net, bool of_all) {
  auto from = net.population<growing>(3);
  auto to = net.population<summing>(5);
  from[growing::x] = numbers{1, 2, 3};
  to[summing::g] = 7;
  auto made = of_all ? net.connect<weighed>(from, to, pairs({0, 1, 2, 0}, {1, 1, 3, 3}))
                     : net.connect<weighed>(from, to(1, 4), pairs({0, 1, 2, 0}, {0, 0, 2, 2}));
  made[weighed::w] = numbers{1, 2, 3, 4};
  auto const values = net.record(to, {"g", "v"}, {}, {slot::end, 0});
  net.run(0.3 * ms);
  return values;
}

}  // namespace

TEST_CASE("trap 11: sums are of what synapses and neurons were before the step") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto const values = record_sums(net, true);
  check_traces(values, {{0, 0, 0}, {5, 5.83, 6.72}, {0, 0, 0}, {13, 14.74, 16.56}, {0, 0, 0}});
  check_traces(values, {{0, 0, 0}, {0.5, 1.083, 1.755}, {0, 0, 0}, {1.3, 2.774, 4.43}, {0, 0, 0}},
               1);
}

// Brian computes sums for a slice behind the state update instead of before it, so that they lag a
// step; which neurons they reach is the same.
TEST_CASE("trap 11: sums for a slice leave the other neurons alone") {
  nernst::network<> net({.dt = 0.1 * ms});
  check_traces(record_sums(net, false),
               {{7, 7, 7}, {5, 5.83, 6.72}, {0, 0, 0}, {13, 14.74, 16.56}, {7, 7, 7}});
}

namespace {

// ---- 12

struct stepping {
  static constexpr auto n = state<"n">(integer);
  static constexpr auto model = neuron(every(dt, n += 1));
};
struct tabled {
  static constexpr auto a = timed_array<"a">(one);
  static constexpr auto b = timed_array<"b">(one);
  static constexpr auto now = subexpression<"now">(a(t));
  static constexpr auto before = subexpression<"before">(b(t - 0.15 * ms));
  static constexpr auto model = neuron(now, before);
};
struct marks_time {
  static constexpr auto model = synapse(on_pre(post(sink::v) += t / ms));
};

}  // namespace

TEST_CASE("trap 12: a run has a whole number of steps, also in pieces") {
  auto const after = [](quantity<"s"> duration, int pieces) {
    nernst::network net({.dt = 0.1 * ms});
    auto cell = net.population<stepping>(1);
    for (int k = 0; k < pieces; ++k) net.run(duration);
    return cell[stepping::n][0];
  };
  CHECK(after(0.25 * ms, 1) == 3);
  CHECK(after(0.2 * ms, 1) == 2);
  CHECK(after(0.2000001 * ms, 1) == 2);
  CHECK(after(0.200005 * ms, 1) == 2);
  CHECK(after(0.20002 * ms, 1) == 3);
  CHECK(after(0.1999999 * ms, 1) == 2);
  CHECK(after(0.03 * ms, 30) == 9);
}

TEST_CASE("trap 12: delays are rounded to steps once") {
  nernst::network net({.dt = 0.1 * ms});
  auto from = net.population<once>(1);
  auto to = net.population<sink>(6);
  auto made = net.connect<marks_time>(from, to, all_to_all());
  made[delay] = numbers{0.04e-3, 0.05e-3, 0.0500001e-3, 0.149999e-3, 0.15e-3, 0.249e-3};
  net.run(1 * ms);
  check_close(to[sink::v].get(), {0, 0.1, 0.1, 0.1, 0.1, 0.2});
}

TEST_CASE("trap 12: given spikes belong to the step that they are in") {
  nernst::network net({.dt = 0.1 * ms});
  numbers const times = {0.04e-3, 0.05e-3, 0.0999e-3, 0.09995e-3, 0.29999e-3, 0.1e-3, 0.3e-3};
  auto const spikes = net.record_spikes(net.spikes(7, {0, 1, 2, 3, 4, 5, 6}, times));
  net.run(1 * ms);
  CHECK(spikes.neurons() == indices{0, 1, 2, 3, 5, 4, 6});
  CHECK(spikes.steps() == steps{0, 0, 1, 1, 1, 3, 3});
}

TEST_CASE("trap 12: a Poisson neuron fires once in a step, at most") {
  nernst::network net({.dt = 0.1 * ms});
  auto const spikes = net.record_spikes(net.poisson(5, 20 * kHz));
  net.run(1 * ms);
  CHECK(spikes.counts() == std::vector<std::uint32_t>(5, 10));
}

TEST_CASE("trap 12: a timed array is read on a finer grid") {
  nernst::network net({.dt = 0.1 * ms});
  auto cell = net.population<tabled>(1);
  cell[tabled::a] = timed_values(numbers{1, 2, 3, 4}, one, 0.25 * ms);
  cell[tabled::b] = timed_values(numbers{1, 2, 3, 4}, one, 0.3 * ms);
  auto const values = net.record(cell, {"now", "before"});
  net.run(1.3 * ms);
  CHECK(trace(values, 0) == numbers{1, 1, 1, 2, 2, 3, 3, 3, 4, 4, 4, 4, 4});
  CHECK(trace(values, 1) == numbers{1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4});
}
