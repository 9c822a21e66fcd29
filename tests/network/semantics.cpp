// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What a simulation means, step by step. Numbers without a derivation are those of Brian 2.9 (numpy
// target, double precision) for the same equations, initial values and connections; where its
// targets disagree, those of its compiled code (cython).
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "precision.hpp"
#include <cmath>

using namespace nernst::dsl;

namespace {

using numbers = std::vector<double>;
using steps = std::vector<std::int64_t>;
using indices = std::vector<std::int32_t>;

steps of_neuron(nernst::spike_record const& spikes, int neuron) {
  steps s;
  for (std::size_t k = 0; k < spikes.count(); ++k)
    if (spikes.neurons()[k] == neuron) s.push_back(spikes.steps()[k]);
  return s;
}

/// Fires above 1; nothing else moves it.
struct plain {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(threshold(v > 1), reset(v = 0.5));
};
struct quarter {
  static constexpr auto model = synapse(on_pre(post(plain::v) += 0.25));
};

/// Fires in every step.
struct always {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model = neuron(threshold(x < 1));
};
/// Only receives.
struct sink {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(d(v) / dt = 0 * v / second, method(euler));
};

}  // namespace

TEST_CASE("only what is above the threshold fires and is reset") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<plain>(3);
  auto spikes = net.record_spikes(cells);
  cells[plain::v] = numbers{0, 1, 2};
  net.run(0.1 * ms);
  CHECK(cells[plain::v].get() == numbers{0, 1, 0.5});
  CHECK(spikes.neurons() == indices{2});
}

TEST_CASE("a neuron above threshold without a reset fires in every step") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<always>(4);
  cells[always::x] = numbers{0, 1, 0.5, 2};
  auto spikes = net.record_spikes(cells);
  net.run(2 * ms);
  CHECK(spikes.counts() == std::vector<std::uint32_t>{20, 0, 20, 0});
}

TEST_CASE("a spike without delay acts in its step, before the resets") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<plain>(4);
  auto spikes = net.record_spikes(cells);
  auto trace = net.record(cells, {"v"});
  cells[plain::v] = numbers{2, 0, 0.8, 1.5};
  net.connect<quarter>(cells, cells, all_to_all());
  net.run(0.4 * ms);
  numbers const expected[4] = {
      {2, 0, 0.8, 1.5}, {0.5, 0.5, 1.3, 0.5}, {0.75, 0.75, 0.5, 0.75}, {0.75, 0.75, 0.5, 0.75}};
  for (std::size_t k = 0; k < 4; ++k)
    for (std::size_t n = 0; n < 4; ++n)
      CHECK(trace.at(k, 0, n) == Approx(expected[k][n]).epsilon(test::up_to(1e-15)));
  CHECK(spikes.neurons() == indices{0, 3, 2});
  CHECK(spikes.steps() == steps{0, 0, 1});
}

namespace {
struct burst {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model = neuron(
      d(x) / dt = 0 * x / second, threshold((t > 0.15 * ms) && (t < 0.35 * ms)), method(euler));
};
struct one_more {
  static constexpr auto model = synapse(on_pre(post(sink::v) += 1));
};
}  // namespace

TEST_CASE("a delay of k steps acts k steps later, after the update") {
  for (int const delay : {0, 1, 3}) {
    nernst::network net({.dt = 0.1 * ms});
    auto from = net.population<burst>(1);
    auto to = net.population<sink>(1);
    net.connect<one_more>(from, to, all_to_all(), delay * 0.1 * ms);
    auto trace = net.record(to, {"v"});
    net.run(0.4 * ms);  // the rest of the spikes is on its way between two runs
    net.run(0.6 * ms);
    for (int k = 0; k < 10; ++k)
      CHECK(trace.at(static_cast<std::size_t>(k), 0, 0) == std::min(2, std::max(0, k - 2 - delay)));
  }
}

TEST_CASE("a delay is rounded to the nearest step") {
  nernst::network net({.dt = 0.1 * ms});
  auto from = net.population<burst>(1);
  auto to = net.population<sink>(2);
  net.connect<one_more>(from, to(0, 1), all_to_all(), 0.249 * ms);
  net.connect<one_more>(from, to(1, 2), all_to_all(), 0.251 * ms);
  net.run(0.5 * ms);
  CHECK(to[sink::v].get() == numbers{1, 0});
}

namespace {
struct timed {
  static constexpr auto v = state<"v">(one);
  static constexpr auto R = shared<"R">(second);
  static constexpr auto model = neuron(d(v) / dt = 100 / ms | unless_refractory, threshold(v > 1),
                                       reset(v = 0), refractory(R), method(euler));
};
struct timed_each {
  static constexpr auto v = state<"v">(one);
  static constexpr auto x = state<"x">(one);
  static constexpr auto R = parameter<"R">(second);
  static constexpr auto model =
      neuron(d(v) / dt = 2 / ms | unless_refractory, d(x) / dt = 1 / ms, threshold(v > 1),
             reset(v = 0), refractory(R), method(euler));
};
struct conditional {
  static constexpr auto v = state<"v">(one);
  static constexpr auto a = parameter<"a">(one);
  static constexpr auto model = neuron(d(v) / dt = (3 - v) / ms, threshold(v > 1), reset(v = 0),
                                       refractory(v < a), method(euler));
};
}  // namespace

TEST_CASE("a refractory period of k steps makes intervals of max(k, 1) steps") {
  nernst::network net({.dt = 0.1 * ms});
  std::vector<nernst::spike_record> spikes;
  int const periods[] = {0, 1, 2, 5};
  for (int const k : periods) {
    auto cell = net.population<timed>(1);
    cell[timed::R] = k * 0.1 * ms;
    spikes.push_back(net.record_spikes(cell));
  }
  net.run(2 * ms);
  for (std::size_t c = 0; c < 4; ++c) {
    steps expected;
    for (int k = 0; k < 20; k += std::max(1, periods[c])) expected.push_back(k);
    CHECK(spikes[c].steps() == expected);
  }
}

TEST_CASE("every neuron may have its own refractory period") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<timed_each>(5);
  cells[timed_each::R] = numbers{0, 0.1e-3, 0.2e-3, 0.3e-3, 0.55e-3};
  auto spikes = net.record_spikes(cells);
  net.run(4 * ms);
  CHECK(of_neuron(spikes, 0) == steps{5, 11, 17, 23, 29, 35});
  CHECK(of_neuron(spikes, 1) == steps{5, 11, 17, 23, 29, 35});
  CHECK(of_neuron(spikes, 2) == steps{5, 12, 19, 26, 33});
  CHECK(of_neuron(spikes, 3) == steps{5, 13, 21, 29, 37});
  CHECK(of_neuron(spikes, 4) == steps{5, 15, 25, 35});
  numbers const v = {0.8, 0.8, 1, 0, 0};
  for (std::size_t n = 0; n < 5; ++n) {
    CHECK(cells[timed_each::v][n] == Approx(v[n]).margin(1e-15));
    CHECK(cells[timed_each::x][n] == Approx(4));
  }
}

TEST_CASE("a condition ends refractoriness, a spike begins it") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<conditional>(3);
  cells[conditional::a] = numbers{0, 0.95, 1.3};
  auto spikes = net.record_spikes(cells);
  net.run(2.5 * ms);
  CHECK(of_neuron(spikes, 0) == steps{3, 7, 11, 15, 19, 23});
  CHECK(of_neuron(spikes, 1) == steps{3, 8, 13, 18, 23});
  CHECK(of_neuron(spikes, 2) == steps{3, 10, 17, 24});
}

namespace {
/// `v` is protected while refractory, `w` is not.
struct guarded {
  static constexpr auto v = state<"v">(one);
  static constexpr auto w = state<"w">(one);
  static constexpr auto steps = parameter<"steps">(one);
  static constexpr auto fires = parameter<"fires">(one);
  static constexpr auto model =
      neuron(d(v) / dt = 0 * v / second | unless_refractory, d(w) / dt = 0 * w / second,
             threshold((fires > 0.5) && (t < 0.05 * ms)), refractory(steps* dt), method(euler));
};
struct guarded_step {
  static constexpr auto v = state<"v">(one);
  static constexpr auto w = state<"w">(one);
  static constexpr auto model =
      neuron(d(v) / dt = 0 * v / second | unless_refractory, d(w) / dt = 0 * w / second,
             threshold(i > 4.5), reset(w = w + 100, v = v + 10), refractory(dt), method(euler));
};
struct both {
  static constexpr auto model = synapse(on_pre(post(guarded::v) += 1, post(guarded::w) += 1));
};
}  // namespace

TEST_CASE("a refractory neuron drops what arrives at a protected variable") {
  nernst::network net({.dt = 0.1 * ms});
  auto from = net.population<always>(1);
  auto cells = net.population<guarded>(8);
  cells[guarded::steps] = numbers{0, 1, 2, 5, 0, 1, 2, 5};
  cells[guarded::fires] = numbers{1, 1, 1, 1, 0, 0, 0, 0};
  net.connect<both>(from, cells, all_to_all());
  net.run(0.1 * ms);
  CHECK(cells[guarded::v].get() ==
        numbers{0, 0, 0, 0, 1, 1, 1, 1});  // closed in the step of the spike, whatever the period
  net.run(0.1 * ms);
  CHECK(cells[guarded::v].get() == numbers{1, 1, 0, 0, 2, 2, 2, 2});
  cells[guarded::v] = 7;  // the user is not kept out
  CHECK(cells[guarded::v][3] == 7);
  net.run(0.8 * ms);
  CHECK(cells[guarded::v].get() == numbers{15, 15, 15, 12, 15, 15, 15, 15});
  CHECK(cells[guarded::w].get() == numbers(8, 10));
}

TEST_CASE("a reset writes protected variables") {
  nernst::network net({.dt = 0.1 * ms});
  auto from = net.population<always>(1);
  auto cells = net.population<guarded_step>(10);
  net.connect<both>(from, cells, all_to_all());
  net.run(0.3 * ms);
  CHECK(cells[guarded_step::v].get() == numbers{3, 3, 3, 3, 3, 30, 30, 30, 30, 30});
  CHECK(cells[guarded_step::w].get() == numbers{3, 3, 3, 3, 3, 303, 303, 303, 303, 303});
}

namespace {
struct halve_and_add {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model = synapse(on_pre(post(sink::v) = post(sink::v) * 0.5 + w));
};
struct plain_minus {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(threshold(v > 1), reset(v = v - 1));
};
struct from_pre {
  static constexpr auto model =
      synapse(on_pre(post(plain_minus::v) += 0.125 * pre(plain_minus::v)));
};
struct depressing {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model = synapse(on_pre(post(sink::v) += x, x *= 0.5));
};
struct periodic {
  static constexpr auto p = parameter<"p">(one);
  static constexpr auto n = floor(t / dt + 0.5);
  static constexpr auto model = neuron(threshold(n - p * floor(n / p) < 0.5));
};
}  // namespace

TEST_CASE("spikes act by rising source, then in the order in which synapses were made") {
  nernst::network net({.dt = 0.1 * ms});
  auto from = net.population<always>(3);
  auto to = net.population<sink>(2);
  auto p = net.connect<halve_and_add>(from, to, pairs({2, 0, 1, 0, 2, 0}, {0, 0, 0, 0, 1, 1}));
  p[halve_and_add::w] = numbers{1, 2, 3, 4, 5, 6};
  net.run(0.2 * ms);
  CHECK(to[sink::v].get() == numbers{3.984375, 10});
}

TEST_CASE("a synapse within a population sees what synapses before it did to its source") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<plain_minus>(3);
  auto spikes = net.record_spikes(cells);
  auto trace = net.record(cells, {"v"});
  cells[plain_minus::v] = numbers{1.5, 1.25, 1.75};
  net.connect<from_pre>(cells, cells, pairs({2, 0, 0, 1, 2, 0, 1}, {0, 1, 0, 0, 2, 2, 1}));
  net.run(0.5 * ms);
  numbers const expected[3] = {
      {1.5, 1.25, 1.75},
      {1.1123046875, 0.6171875, 1.2060546875},
      {0.42165184020996094, 0.7562255859375, 0.5327816009521484}};  // cython
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t n = 0; n < 3; ++n) CHECK(trace.at(k, 0, n) == expected[k][n]);
  CHECK(spikes.neurons() == indices{0, 1, 2, 0, 2});
  CHECK(spikes.steps() == steps{0, 0, 0, 1, 1});
}

TEST_CASE("a synapse changes its own state") {
  nernst::network net({.dt = 0.1 * ms});
  auto from = net.population<periodic>(2);
  auto to = net.population<sink>(1);
  from[periodic::p] = numbers{2, 3};
  auto p = net.connect<depressing>(from, to, all_to_all());
  p[depressing::x] = numbers{1, 10};
  net.run(0.6 * ms);
  CHECK(to[sink::v].get() == numbers{16.75});
  CHECK(p[depressing::x].get() == numbers{0.125, 2.5});
}

namespace {
/// Neurons 0 and 2 fire in step 0 and rest for three steps.
struct resting {
  static constexpr auto v = state<"v">(one);
  static constexpr auto u = state<"u">(one);
  static constexpr auto x = state<"x">(one);
  static constexpr auto w = state<"w">(one);
  static constexpr auto fires = parameter<"fires">(one);
  static constexpr auto twice = subexpression<"s">(2 * v);
  static constexpr auto frozen = d(v) / dt = 0 * v / second | unless_refractory;
  static constexpr auto fire = threshold(fires > 0.5 && t < 0.05 * ms);
  static constexpr auto rest = refractory(0.3 * ms);
};
// The equation may stand behind the action.
struct acting_at_end : resting {
  static constexpr auto model =
      neuron(every(dt, v += 3, u = v, v *= 2, x = twice, w = v).when(slot::end), twice, frozen,
             fire, rest);
};
struct acting_at_start : resting {
  static constexpr auto model = neuron(every(dt, v += 3, u = v, v *= 2, x = twice, w = v), twice,
                                       frozen, fire, rest, method(euler));
};
struct reset_while_resting : resting {
  static constexpr auto model = neuron(twice, frozen, fire, rest, method(euler),
                                       reset(v += 3, u = v, v *= 2, x = twice, w = v));
};
struct events_while_resting : resting {
  static constexpr auto model =
      neuron(twice, frozen, fire, rest, method(euler), event<"high">(v > 0),
             on_event<"high">(v += 3, u = v, v *= 2, x = twice, w = v));
};
struct only_resting : resting {
  static constexpr auto model =
      neuron(frozen, d(u) / dt = 0 * u / second, d(x) / dt = 0 * x / second,
             d(w) / dt = 0 * w / second, fire, rest, method(euler));
};
struct write_and_read {
  static constexpr auto v = post(resting::v);
  static constexpr auto model = synapse(
      on_pre(v += 3, post(resting::u) = v, v *= 2, post(resting::x) = 2 * v, post(resting::w) = v));
};
struct write_before {
  static constexpr auto v = pre(resting::v);
  static constexpr auto model =
      synapse(on_pre(v += 3, pre(resting::u) = v, v *= 2, post(sink::v) += v));
};
struct keep_what_was_seen {
  static constexpr auto m = state<"m">(one);
  static constexpr auto k = state<"k">(one);
  static constexpr auto v = post(resting::v);
  static constexpr auto model = synapse(on_pre(v += 3, m = v, k = 2 * v + m, v += k));
};
}  // namespace

// Brian 2.9 (cython and C++).
TEST_CASE("behind a write that a refractory neuron refuses, its block sees the old value") {
  nernst::network net({.dt = 0.1 * ms});
  auto from = net.population<always>(1);
  auto into = net.population<sink>(1);
  auto start = [&](auto cells) {
    cells["fires"] = numbers{1, 0, 1, 0};
    cells["v"] = numbers{1, 1, 2, 2};
    return cells;
  };
  auto ends = start(net.population<acting_at_end>(4));
  auto starts = start(net.population<acting_at_start>(4));
  auto resets = start(net.population<reset_while_resting>(4));
  auto events = start(net.population<events_while_resting>(4));
  auto targets = start(net.population<only_resting>(4));
  auto sources = start(net.population<only_resting>(4));
  auto others = start(net.population<only_resting>(4));
  net.connect<write_and_read>(from, targets, all_to_all());
  net.connect<write_before>(sources, into, all_to_all(), 0.1 * ms);
  auto kept = net.connect<keep_what_was_seen>(from, others, all_to_all());
  net.run(0.2 * ms);
  auto check = [](auto const& cells, numbers const& v, numbers const& u, numbers const& x,
                  numbers const& w) {
    CHECK(cells["v"].get() == v);
    CHECK(cells["u"].get() == u);
    CHECK(cells["x"].get() == x);
    CHECK(cells["w"].get() == w);
  };
  check(targets, {1, 22, 2, 26}, {1, 11, 2, 13}, {2, 44, 4, 52}, {1, 22, 2, 26});
  check(ends, {1, 22, 2, 26}, {1, 11, 2, 13}, {2, 44, 4, 52}, {1, 22, 2, 26});
  check(starts, {8, 22, 10, 26}, {8, 11, 10, 13}, {16, 44, 20, 52}, {8, 22, 10, 26});
  check(resets, {8, 1, 10, 2}, {4, 0, 5, 0}, {16, 0, 20, 0}, {8, 0, 10, 0});
  check(events, {22, 22, 26, 26}, {11, 11, 13, 13}, {44, 44, 52, 52}, {22, 22, 26, 26});
  check(sources, {1, 1, 2, 2}, {1, 0, 2, 0}, numbers(4), numbers(4));
  CHECK(into["v"].get() == numbers{3});
  CHECK(others["v"].get() == numbers{1, 76, 2, 92});
  CHECK(kept[keep_what_was_seen::m].get() == numbers{1, 19, 2, 23});
  CHECK(kept[keep_what_was_seen::k].get() == numbers{3, 57, 6, 69});
}

namespace {
/// What comparisons make of what is not a number, in an update and in a reset.
struct comparing {
  static constexpr auto v = state<"v">(one);
  static constexpr auto a = state<"a">(one);
  static constexpr auto b = state<"b">(one);
  static constexpr auto found = where(v == v, 1.0, 0.0) + where(v != v, 2.0, 0.0) +
                                where(v <= v, 4.0, 0.0) + where(!(v < 1), 8.0, 0.0);
  static constexpr auto model = neuron(d(v) / dt = v / second, threshold(v != v || v > 0.5),
                                       reset(b = found), every(dt, a = found), method(euler));
};
}  // namespace

// Brian 2.9; in its equations, which it simplifies with sympy, v == v would be true.
TEST_CASE("what is not a number equals nothing") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<comparing>(19);
  auto spikes = net.record_spikes(cells);
  numbers v(19);
  for (std::size_t k = 0; k < 19; k += 3) v[k] = std::nan("");
  v[4] = 0.75;
  cells["v"] = v;
  net.run(0.1 * ms);
  for (std::size_t k = 0; k < 19; ++k) {
    INFO("neuron " << k);
    CHECK(cells["a"][k] == (k % 3 == 0 ? 10 : 5));
    CHECK(cells["b"][k] == (k % 3 == 0 ? 10 : k == 4 ? 5 : 0));
  }
  CHECK(spikes.neurons() == indices{0, 3, 4, 6, 9, 12, 15, 18});
}

namespace {
/// Whole numbers with fractions on the way: x = 0 gives n = 5, m = -7, x = -7, n = 10 ...
struct counts {
  static constexpr auto n = state<"n">(integer);
  static constexpr auto m = state<"m">(integer);
  static constexpr auto on = state<"on">(boolean);
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
};
struct counts_in_action : counts {
  static constexpr auto model = neuron(every(dt, n = x + 5.6, m = -1.5 * n, x = m, n *= 2,
                                             on = n > x + 16.5, y = n + m + where(on, 1.0, 0.0)));
};
struct counts_in_reset : counts {
  static constexpr auto model =
      neuron(threshold(x < 5), reset(n = x + 5.6, m = -1.5 * n, x = m, n *= 2, on = n > x + 16.5,
                                     y = n + m + where(on, 1.0, 0.0)));
};
struct only_counts : counts {
  static constexpr auto model = neuron(threshold(x + y + n + m > 1000 && on));
};
struct counts_in_synapse {
  static constexpr auto n = post(counts::n);
  static constexpr auto m = post(counts::m);
  static constexpr auto on = post(counts::on);
  static constexpr auto x = post(counts::x);
  static constexpr auto y = post(counts::y);
  static constexpr auto model = synapse(on_pre(n = x + 5.6, m = -1.5 * n, x = m, n *= 2,
                                               on = n > x + 16.5, y = n + m + where(on, 1.0, 0.0)));
};
template <class Cells>
void check_counts(Cells const& cells) {
  CHECK(cells["n"].get() == numbers{10});
  CHECK(cells["m"].get() == numbers{-7});
  CHECK(cells["on"].get() == numbers{1});
  CHECK(cells["x"].get() == numbers{-7});
  CHECK(cells["y"].get() == numbers{4});
}
}  // namespace

// Brian 2.9 in C++; its numpy target keeps the fractions until the end of the block, and cython
// refuses them.
TEST_CASE("what later lines of a block see of an integer has no fraction") {
  nernst::network net({.dt = 0.1 * ms});
  auto from = net.population<always>(1);
  auto actions = net.population<counts_in_action>(1);
  auto resets = net.population<counts_in_reset>(1);
  auto targets = net.population<only_counts>(1);
  net.connect<counts_in_synapse>(from, targets, all_to_all());
  net.run(0.1 * ms);
  check_counts(actions);
  check_counts(resets);
  check_counts(targets);
}

namespace {
struct adapting {
  static constexpr auto v = state<"v">(one);
  static constexpr auto a = state<"a">(one);
  static constexpr auto model =
      neuron(d(v) / dt = (2 + a - v) / ms | unless_refractory, d(a) / dt = -a / (2 * ms),
             threshold(v > 1), reset(a = a - 0.25 * v, v = 0), refractory(0.5 * ms), method(euler));
};
struct kick {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model = synapse(on_pre(post(adapting::v) += w));
};
struct blend {
  static constexpr auto model =
      synapse(on_pre(post(adapting::a) = post(adapting::a) * 0.5 + 0.0625));
};
}  // namespace

TEST_CASE("resets, refractoriness, weights and delays together agree with Brian 2") {
  nernst::network net({.dt = 0.125 * ms});
  auto cells = net.population<adapting>(8);
  cells[adapting::v] = i / 8;
  std::vector<int> from, to, to_blend;
  numbers w;
  for (int k = 0; k < 24; ++k) {
    from.push_back(3 * k % 8);
    to.push_back((5 * k + 1) % 8);
    to_blend.push_back((5 * k + 2) % 8);
    w.push_back(0.03125 * k - 0.125);
  }
  net.connect<kick>(cells, cells, pairs(from, to))[kick::w] = w;
  net.connect<blend>(cells, cells, pairs(from, to_blend), 0.375 * ms);
  auto spikes = net.record_spikes(cells);
  net.run(5 * ms);
  CHECK(spikes.steps() == steps{0,  1,  1,  2,  2,  3,  4,  5,  9,  10, 10, 10, 11, 11,
                                12, 13, 18, 18, 19, 19, 19, 20, 20, 21, 26, 27, 27, 27,
                                28, 28, 28, 29, 34, 35, 35, 36, 36, 36, 37, 37});
  CHECK(spikes.neurons() == indices{7, 2, 6, 3, 5, 4, 1, 0, 7, 2, 5, 6, 3, 4, 1, 0, 5, 7, 2, 4,
                                    6, 1, 3, 0, 5, 4, 6, 7, 1, 2, 3, 0, 5, 4, 6, 1, 3, 7, 0, 2});
  numbers const v = {0, 0, 0, 0, 0.2581510400540325, 0.4891464953583408, 0.2612516954489368, 0};
  numbers const a = {-0.3047039360405815, 0.09002592775323773, -0.36130311325894376,
                     0.07598161479292315, 0.06113280040524356, 0.07912433544183929,
                     0.08438771586702598, 0.08695838363576125};
  for (std::size_t n = 0; n < 8; ++n) {
    CHECK(cells[adapting::v][n] == Approx(v[n]).epsilon(test::up_to(1e-12)));
    CHECK(cells[adapting::a][n] == Approx(a[n]).epsilon(test::up_to(1e-12)));
  }
}

namespace {
struct noisy_reset {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model =
      neuron(d(v) / dt = 1 / ms, threshold(v > 1), reset(v = 0.9 * uniform()), method(euler));
};
struct onto_v {
  static constexpr auto model = synapse(on_pre(post(noisy_reset::v) += 1));
};
}  // namespace

TEST_CASE("a reset gives the same before the deliveries, where nobody can tell, and after them") {
  auto const fired = [](bool waits) {
    nernst::network net({.dt = 0.1 * ms, .seed = 3});
    auto cells = net.population<noisy_reset>(101), others = net.population<noisy_reset>(101);
    if (waits) {
      net.connect<onto_v>(cells, cells, fixed_probability(0));  // no synapse, but there might be
      net.connect<onto_v>(others, others, fixed_probability(0));
    }
    CHECK(cells.neurons().reset_waits == waits);
    auto spikes = net.record_spikes(cells), more = net.record_spikes(others);
    net.run(20 * ms);
    CHECK(spikes.count() > 2000);
    CHECK(spikes.neurons() != more.neurons());  // each population draws for itself
    return std::tuple(spikes.steps(), spikes.neurons(), cells[noisy_reset::v].get(),
                      others[noisy_reset::v].get());
  };
  CHECK(fired(false) == fired(true));
}

namespace {
template <nernst::ir::method_id Id>
struct decay {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(d(v) / dt = -v / ms, method(builtin_method<Id>{}));
};
struct driven {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(d(v) / dt = cos(t / ms) / ms, method(rk4));
};
struct oscillator {
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto model = neuron(d(x) / dt = y / ms, d(y) / dt = -x / ms, method(exact));
};

template <nernst::ir::method_id Id>
void check_factor(double factor) {
  nernst::network<> net({.dt = 0.1 * ms});
  auto cells = net.population<decay<Id>>(3);
  cells[decay<Id>::v] = i + 1;
  net.run(5 * ms);
  for (int n = 0; n < 3; ++n)
    CHECK(cells[decay<Id>::v][static_cast<std::size_t>(n)] ==
          Approx((n + 1) * std::pow(factor, 50)).epsilon(test::up_to(1e-12)));
}
}  // namespace

TEST_CASE("each method makes its own step") {
  using nernst::ir::method_id;
  double const h = 0.1;
  check_factor<method_id::euler>(1 - h);
  check_factor<method_id::rk2>(1 - h + h * h / 2);
  check_factor<method_id::rk4>(1 - h + h * h / 2 - h * h * h / 6 + h * h * h * h / 24);
  check_factor<method_id::exponential_euler>(std::exp(-h));
  check_factor<method_id::exact>(std::exp(-h));
}

TEST_CASE("time goes on within a step, and from run to run") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<driven>(1);
  net.run(2 * ms);
  net.run(3 * ms);
  CHECK(cells[driven::v][0] == Approx(std::sin(5.0)).margin(1e-6));  // Simpson's rule
}

TEST_CASE("new values come from old values") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<oscillator>(1);
  cells[oscillator::x] = 1;
  net.run(5 * ms);
  CHECK(cells[oscillator::x][0] == Approx(std::cos(5.0)).epsilon(test::up_to(1e-12)));
  CHECK(cells[oscillator::y][0] == Approx(-std::sin(5.0)).epsilon(test::up_to(1e-12)));
}
