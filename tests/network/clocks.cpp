// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Populations and synapses that make longer steps than the network.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "precision.hpp"
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

namespace {

using namespace nernst::dsl;
using Catch::Matchers::Contains;
using numbers = std::vector<double>;

/// Counts time, and its own steps.
struct counter {
  static constexpr auto x = state<"x">(one);
  static constexpr auto steps = state<"steps">(one);
  static constexpr auto model =
      neuron(d(x) / dt = 1 / ms, method(euler), every(1 * ms, steps = t / dt));
};
/// Fires regularly; `rest` is the time that it was refractory.
struct leaky {
  static constexpr auto v = state<"v">(one);
  static constexpr auto drive = parameter<"drive">(one);
  static constexpr auto rest = state<"rest">(one);
  static constexpr auto model =
      neuron(d(v) / dt = (drive - v) / (10 * ms) | unless_refractory,
             d(rest) / dt = where(not_refractory, 0, 1) / ms, method(euler), threshold(v > 1),
             reset(v = 0), refractory(3 * ms));
};
struct kick {
  static constexpr auto model = synapse(on_pre(post(leaky::v) += 0.25));
};
/// Holds what it is given.
struct cells {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model = neuron(x);
};
/// Acts on those that are not refractory.
struct excitation {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model =
      synapse(w, on_pre(post(leaky::v) += where(post(not_refractory), w, 0)));
};
struct fatigue {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model =
      synapse(d(x) / dt = -x / (5 * ms), method(euler), on_pre(x += 1, post(leaky::v) -= 0.05 * x));
};

/// Its weight grows by 1 in a millisecond.
struct growing {
  static constexpr auto w = state<"w">(one);
  static constexpr auto model =
      synapse(d(w) / dt = 1 / ms, method(euler), on_pre(post(cells::x) += 1));
};

/// 100 of them fire in `duration`; their own steps have the length `own`, those of the network
/// `dt`.
struct outcome {
  std::vector<std::int32_t> i;
  numbers t, v, rest;
};
outcome fire(nernst::ir::quantity<"s"> own, nernst::ir::quantity<"s"> dt) {
  nernst::network net({.dt = dt});
  auto all = net.population<leaky>(100);
  all[leaky::drive] = "1 + i/10.0";
  net.set_dt(all, own);
  auto spikes = net.record_spikes(all);
  net.run(40 * ms);
  net.run(60 * ms);
  return {spikes.neurons(), spikes.times(), all[leaky::v].get(), all[leaky::rest].get()};
}

TEST_CASE("a population makes steps of its own, as in a network of such steps") {
  outcome const own = fire(0.5 * ms, 0.1 * ms), alone = fire(0.5 * ms, 0.5 * ms);
  REQUIRE(alone.i.size() > 500);
  CHECK(own.i == alone.i);
  CHECK(own.v == alone.v);
  CHECK(own.rest == alone.rest);
  for (std::size_t k = 0; k < own.t.size(); ++k) CHECK(own.t[k] == Approx(alone.t[k]));
}

TEST_CASE("steps of one's own are counted and recorded") {
  nernst::network net({.dt = 0.1 * ms});
  auto slow = net.population<counter>(3), fast = net.population<counter>(3);
  net.set_dt(slow, 0.5 * ms);
  auto record = net.record(slow, {"x", "steps"});
  auto finer = net.record(slow, {"x"}, {}, {slot::start, 0}, 0.1 * ms);
  net.run(2.2 * ms);
  CHECK(record.trace("x", 0) == numbers{0, 0.5, 1, 1.5, 2});
  CHECK(record.trace("steps", 1) == numbers{0, 0, 2, 2, 4});
  CHECK(finer.trace("x", 0).size() == 22);
  CHECK(finer.trace("x", 0)[4] == 0.5);
  CHECK(finer.trace("x", 0)[5] == 0.5);
  CHECK(finer.trace("x", 0)[6] == 1);
  CHECK(slow["x"].get()[2] == 2.5);
  CHECK(fast["x"].get()[2] == Approx(2.2));
  CHECK(fast["steps"].get()[2] == 20);
  CHECK_THAT(net.schedule(), Contains("update population 0 (every 5 steps)"));
}

/// brian2-tests 80.
TEST_CASE("synapses make steps of their own, too") {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.spikes(1, {0, 0}, {0.3e-3, 1.2e-3});
  auto target = net.population<cells>(2);
  auto synapses = net.connect<growing>(source, target, all_to_all(), 0.2 * ms);
  net.set_dt(synapses, 1 * ms);
  auto x = net.record(target, {"x"});
  net.run(1 * ms);
  CHECK(synapses["w"].get() == numbers{1, 1});
  net.run(0.9 * ms);
  CHECK(synapses["w"].get() == numbers{2, 2});
  CHECK(x.trace("x", 0) == numbers{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2});
}

struct summing {
  static constexpr auto s = parameter<"s">(one);
  static constexpr auto model = neuron(s);
};
struct sums {
  static constexpr auto model = synapse(summed(post(summing::s) = pre(counter::x)));
};
/// As in Brian 2, whatever the steps of the synapses are.
TEST_CASE("sums are made in the steps of their neurons") {
  nernst::network net({.dt = 0.5 * ms});
  auto source = net.population<counter>(2);
  auto slow = net.population<summing>(1), fast = net.population<summing>(1);
  net.connect<sums>(source, slow, all_to_all());
  auto onto_fast = net.connect<sums>(source, fast, all_to_all());
  net.set_dt(slow, 1.5 * ms);
  net.set_dt(onto_fast, 1.5 * ms);
  auto of_slow = net.record(slow, {summing::s}, {}, {slot::end, 0}, 0.5 * ms);
  auto of_fast = net.record(fast, {summing::s}, {}, {slot::end, 0});
  net.run(3.5 * ms);
  CHECK(of_slow.trace("s", 0) == numbers{0, 0, 0, 3, 3, 3, 6});
  CHECK(of_fast.trace("s", 0) == numbers{0, 1, 2, 3, 4, 5, 6});
}

TEST_CASE("spikes arrive between the steps of their targets") {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.spikes(1, {0, 0, 0, 0, 0}, {0, 0.1e-3, 0.2e-3, 0.4e-3, 1.7e-3});
  auto target = net.population<leaky>(1);
  net.set_dt(target, 1 * ms);
  net.connect<kick>(source, target, all_to_all(), 0.2 * ms);
  auto spikes = net.record_spikes(target);
  auto v = net.record(target, {"v"}, {}, {slot::end, 0}, 0.1 * ms);
  net.run(3 * ms);
  // It decays by a tenth in each step of its own, in which alone it can fire.
  CHECK(spikes.times() == numbers{2e-3});
  numbers const seen = v.trace("v", 0);
  CHECK(seen[1] == 0);
  CHECK(seen[2] == 0.25);
  CHECK(seen[6] == 1);
  CHECK(seen[10] == Approx(0.9));
  CHECK(seen[18] == Approx(0.9));
  CHECK(seen[19] == Approx(1.15));
  CHECK(seen[20] == 0);
}

TEST_CASE("who is refractory is known between the steps") {
  nernst::network net({.dt = 0.1 * ms});
  auto target = net.population<leaky>(1);
  net.set_dt(target, 1 * ms);
  target[leaky::v] = 2.0;
  numbers open;
  net.every(0.5 * ms, [&] { open.push_back(target["not_refractory"].get()[0]); });
  net.run(5 * ms);
  // Before the update of a step it is as the step before has left it.
  CHECK(open == numbers{1, 0, 0, 0, 0, 0, 0, 1, 1, 1});
}

/// Steps of 0.5 and 1 ms, synapses with steps of 0.2 ms; the numbers are those of Brian 2.9, with
/// `dt=` for each object. (It rounds delays to steps of the source: here they are multiples.)
TEST_CASE("several lengths of steps in one network are those of Brian 2") {
  nernst::network net({.dt = 0.1 * ms});
  auto a = net.population<leaky>(20), b = net.population<leaky>(20);
  net.set_dt(a, 0.5 * ms);
  net.set_dt(b, 1 * ms);
  a[leaky::drive] = "1.1 + i/7.0";
  b[leaky::drive] = 0.5;
  auto synapses = net.connect<excitation>(a, b, where((i + j) % 3 == 0), 1.5 * ms);
  synapses[excitation::w] = "0.1 + 0.01*i";
  auto tiring = net.connect<fatigue>(b, a, where(i != j));
  net.set_dt(tiring, 0.2 * ms);
  auto of_a = net.record_spikes(a), of_b = net.record_spikes(b);
  net.run(50 * ms);
  net.run(50.3 * ms);
  net.run(40 * ms);
  auto const sum = [](auto const& all) { return std::accumulate(all.begin(), all.end(), 0.0); };
  CHECK(of_a.count() == 236);
  CHECK(sum(of_a.neurons()) == 3014);
  CHECK(sum(of_a.times()) == Approx(16.32));
  CHECK(of_b.count() == 258);
  CHECK(sum(of_b.neurons()) == 2437);
  CHECK(sum(of_b.times()) == Approx(19.217));
  CHECK(sum(tiring[fatigue::x].get()) == Approx(271.556612718682).epsilon(test::up_to(1e-12)));
  CHECK(sum(b[leaky::v].get()) == Approx(6.25553495).epsilon(1e-8));
}

TEST_CASE("steps can change between runs") {
  nernst::network net({.dt = 0.1 * ms});
  auto all = net.population<leaky>(1);
  all[leaky::v] = 2.0;
  net.set_dt(all, 1 * ms);
  net.run(1 * ms);
  CHECK(all["lastspike"].get()[0] == 0);
  net.set_dt(all, 0.5 * ms);
  CHECK(all["lastspike"].get()[0] == 0);
  net.set_dt(0.25 * ms);
  net.run(2 * ms);
  CHECK(all["lastspike"].get()[0] == 0);
  CHECK(all["rest"].get()[0] == Approx(2));
  net.run(0.5 * ms);
  CHECK(all["not_refractory"].get()[0] == 1);
  net.set_dt(all, 0.25 * ms);  // as the network
  net.set_dt(0.1 * ms);
  net.run(0.1 * ms);
  CHECK_THAT(net.schedule(), Contains("update population 0\n"));
}

TEST_CASE("steps of one's own are stored") {
  auto const make = [](nernst::network<>& net) {
    auto all = net.population<leaky>(50, "cells");
    all[leaky::drive] = "1 + i/10.0";
    return all;
  };
  nernst::network net({.dt = 0.1 * ms});
  auto all = make(net);
  net.set_dt(all, 0.5 * ms);
  net.run(7 * ms);
  auto const stored = net.store();
  net.run(20 * ms);
  nernst::network other({.dt = 0.1 * ms});
  auto again = make(other);
  other.restore(stored);
  other.run(20 * ms);
  CHECK(again[leaky::v].get() == all[leaky::v].get());
  CHECK_THAT(other.schedule(), Contains("every 5 steps"));
}

TEST_CASE("steps of one's own are multiples of those of the network") {
  nernst::network net({.dt = 0.1 * ms}), other({.dt = 0.1 * ms});
  auto all = net.population<leaky>(10, "cells");
  CHECK_THROWS_WITH(net.set_dt(all, 0.25 * ms),
                    "cells: expected steps that are a multiple of those of the network, 0.0001 s, "
                    "found 0.00025 s");
  CHECK_THROWS_AS(net.set_dt(all, -1 * ms), std::invalid_argument);
  CHECK_THROWS_AS(net.set_dt(all, 0.05 * ms), std::invalid_argument);
  CHECK_THROWS_WITH(net.set_dt(all(0, 5), 1 * ms), Contains("found the slice [0, 5)"));
  CHECK_THROWS_AS(other.set_dt(all, 1 * ms), std::invalid_argument);
  net.set_dt(all, 0.3 * ms);
  CHECK_THROWS_WITH(net.set_dt(0.2 * ms), Contains("found 0.0003 s"));
  CHECK(net.dt() == 1e-4);
  net.every(1 * ms, [&] { net.set_dt(all, 0.1 * ms); });
  CHECK_THROWS_AS(net.run(1 * ms), std::logic_error);
}

}  // namespace
