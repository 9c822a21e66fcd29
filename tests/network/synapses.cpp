// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What synapses do beyond adding to a variable, with the numbers of Brian 2's tests.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "precision.hpp"
#include "space.hpp"
#include <cmath>
#include <vector>

namespace {

using namespace nernst::dsl;
using Catch::Matchers::Contains;
using numbers = std::vector<double>;
using indices = std::vector<std::uint32_t>;

/// Holds what it is given, and never fires.
struct cells {
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto a = parameter<"a">(one);
  static constexpr auto model = neuron(x, y, a, threshold(x > 1e9));
};

struct add_one {
  static constexpr auto model = synapse(on_pre(post(cells::x) += 1));
};

struct later {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model =
      synapse(w, on_pre(post(cells::x) = w).named("second").when(slot::synapses, 1),
              on_pre(post(cells::x) = 10 * w, post(cells::y) += w).named("first"));
};
numbers values(auto const& of, char const* id) {
  return of[id].get();
}

TEST_CASE("some synapses may get delays of their own") {
  nernst::network net({.dt = 1 * ms});
  auto source = net.population<cells>(2), target = net.population<cells>(3);
  target[cells::y] = i;
  auto synapses = net.connect<add_one>(source, target, all_to_all(), 2 * ms);
  synapses[delay][i == 1 and post(cells::y) > 0] = (5 + j) * ms;
  CHECK(synapses[delay].get() == numbers{2e-3, 2e-3, 2e-3, 2e-3, 6e-3, 7e-3});
  synapses[delay]["j == 0"] = "(3 + i)*ms";
  synapses.delay_of("pre")(0, 1) = 8 * ms;
  CHECK(synapses[delay].get() == numbers{3e-3, 8e-3, 2e-3, 4e-3, 6e-3, 7e-3});
  CHECK_THROWS_WITH(synapses[delay][i == 1] = numbers(3), Contains("for all that a condition"));
  CHECK_THROWS_WITH(synapses[delay]["x > 1*mV"] = 1 * ms, Contains("expected 1, found V"));
}

/// brian2-tests 65: which of six targets have been reached after each millisecond.
TEST_CASE("each synapse may have a delay of its own") {
  nernst::network net({.dt = 1 * ms});
  auto source = net.spikes(1, {0, 0}, {0, 3e-3});
  auto target = net.population<cells>(6);
  auto synapses = net.connect<add_one>(source, target, all_to_all());
  synapses[delay] = numbers{1e-3, 1e-3, 2e-3, 4e-3, 3e-3, 2e-3};
  CHECK(synapses[delay].get() == numbers{1e-3, 1e-3, 2e-3, 4e-3, 3e-3, 2e-3});
  std::vector<numbers> seen(6);
  for (int step = 0; step < 5; ++step) {
    net.run(1 * ms);
    for (std::size_t k = 0; k < 6; ++k) seen[k].push_back(values(target, "x")[k]);
  }
  CHECK(seen[0] == numbers{0, 1, 1, 1, 2});
  CHECK(seen[1] == numbers{0, 1, 1, 1, 2});
  CHECK(seen[2] == numbers{0, 0, 1, 1, 1});
  CHECK(seen[3] == numbers{0, 0, 0, 0, 1});
  CHECK(seen[4] == numbers{0, 0, 0, 1, 1});
  CHECK(seen[5] == numbers{0, 0, 1, 1, 1});
}

TEST_CASE("delays are given by quantities, expressions, texts and lists") {
  nernst::network net({.dt = 0.1 * ms, .seed = 3});
  auto source = net.population<cells>(3);
  auto target = net.population<cells>(2);
  auto synapses = net.connect<add_one>(source, target, all_to_all(), 2 * ms);
  CHECK(synapses[delay].get() == numbers{2e-3});
  CHECK_THROWS_WITH(synapses["delay"], Contains("delays are synapses[delay], without quotes"));
  synapses[delay] = 1.5 * ms;
  CHECK(synapses[delay].get() == numbers{1.5e-3});
  synapses[delay] = (1.0 * i + 10 * j) * ms;
  auto const by_formula = synapses[delay].get();
  REQUIRE(by_formula.size() == 6);
  for (std::size_t k = 0; k < 6; ++k)
    CHECK(by_formula[k] == Approx(1e-3 * static_cast<double>(k / 2 + 10 * (k % 2))));
  synapses[delay] = "(i + 1)*ms";
  CHECK(synapses[delay].get()[5] == Approx(3e-3));
  CHECK_THROWS_AS((synapses[delay] = -1 * ms), std::invalid_argument);
  CHECK_THROWS_WITH((synapses[delay] = numbers{1e-3, 2e-3}), Contains("expected one delay or 6"));
  CHECK_THROWS_AS((synapses[delay] = "1*mV"), std::invalid_argument);
  CHECK(synapses[delay].get()[5] == Approx(3e-3));
  CHECK(synapses.i() == indices{0, 0, 1, 1, 2, 2});
  CHECK(synapses.j() == indices{0, 1, 0, 1, 0, 1});
}

TEST_CASE("values of synapses are chosen by their ends, a condition or a text") {
  nernst::network net({.dt = 1 * ms});
  auto source = net.population<cells>(3);
  auto target = net.population<cells>(4);
  target[cells::a] = 10 * i;
  auto synapses = net.connect<later>(source(1, 3), target, all_to_all());
  synapses[later::w] = 100.0 * i + j;
  CHECK(synapses[later::w](1, 2).get() == numbers{102});
  synapses[later::w](0, 3) = -1;
  synapses[later::w][i == 1 && j > 2] = post(cells::a);
  synapses[later::w]["a_post < 5"] = "7*(i + 1)";
  CHECK(synapses["w"].get() == numbers{7, 1, 2, -1, 14, 101, 102, 30});
  CHECK(synapses["w"][3] == -1);
  synapses.save(later::w, "synapses_w.csv");
  synapses.save(later::w, "synapses_w.npy");
  CHECK_THROWS_AS(synapses.save(later::w, "synapses_w.txt"), std::invalid_argument);
  CHECK(synapses.outgoing() == indices{4, 4});
  CHECK(synapses.incoming() == indices{2, 2, 2, 2});
  auto one = net.connect<later>(source(2), target(1), all_to_all());
  CHECK(one.size() == 1);
  CHECK_THROWS_AS((synapses["w"] = "1*mV"), std::invalid_argument);
  CHECK_THROWS_WITH((synapses["w"] = "b_pre"), Contains("b_pre"));
}

TEST_CASE("values of synapses between neurons that are not there are refused") {
  nernst::network net({.dt = 1 * ms});
  auto source = net.population<cells>(3);
  auto target = net.population<cells>(4);
  auto synapses = net.connect<later>(source(1, 3), target, where(i == j), 0 * ms, "synapses");
  CHECK_THROWS_WITH(synapses["w"](0, 30) = 1, "synapses[w]: expected a target below 4, found 30");
  CHECK_THROWS_WITH(synapses[later::w](2, 0) = 1,
                    "synapses[w]: expected a source below 2, found 2");
  CHECK_THROWS_AS(synapses["w"](0, 4).get(), std::out_of_range);
  CHECK_THROWS_AS(synapses[delay](0, 4) = 1 * ms, std::out_of_range);
  // Neurons without a synapse are there.
  synapses["w"](0, 3) = 1;
  CHECK(synapses["w"](0, 3).get().empty());
  CHECK(synapses["w"].get() == numbers{0, 0});
  synapses["w"](1, 1) = 5;
  CHECK(synapses["w"](1, 1).get() == numbers{5});
}

TEST_CASE("what is under way when delays change arrives when it would have") {
  nernst::network net({.dt = 1 * ms});
  auto source = net.spikes(2, {0, 1, 0}, {0, 1e-3, 4e-3});
  auto target = net.population<cells>(2);
  auto synapses = net.connect<add_one>(source, target, one_to_one(), 3 * ms);
  net.run(2 * ms);
  synapses[delay] = numbers{1e-3, 5e-3};
  std::vector<numbers> seen;
  for (int step = 0; step < 5; ++step) {
    net.run(1 * ms);
    seen.push_back(values(target, "x"));
  }
  // Steps 2, 3, 4 (the spike of step 1 arrives), 5 (that of step 4, with the new delay), 6.
  CHECK(seen == std::vector<numbers>{{0, 0}, {1, 0}, {1, 1}, {2, 1}, {2, 1}});
}

/// Fires once, at the start.
struct once {
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(x, y, threshold(v > 0), reset(v = 0));
};
struct sets_once {
  static constexpr auto model =
      synapse(on_pre(post(once::x) = 1, post(once::y) = 1), on_post(post(once::x) = 2));
};
TEST_CASE("in one step pathways of sources come before those of targets") {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.spikes(1, {0}, {0.0});
  auto target = net.population<once>(1);
  target[once::v] = 1;
  net.connect<sets_once>(source, target, all_to_all());
  net.run(0.1 * ms);
  CHECK(values(target, "x") == numbers{2});
  CHECK(values(target, "y") == numbers{1});
}

TEST_CASE("pathways have names, orders and delays of their own") {
  nernst::network net({.dt = 1 * ms});
  auto source = net.spikes(1, {0}, {0.0});
  auto target = net.population<cells>(2);
  auto synapses = net.connect<later>(source, target, all_to_all());
  synapses[later::w] = numbers{1, 2};
  synapses.delay_of("first") = numbers{0, 2e-3};
  net.run(1 * ms);
  CHECK(values(target, "x") == numbers{1, 2});
  CHECK(values(target, "y") == numbers{1, 0});
  net.run(2 * ms);
  CHECK(values(target, "x") == numbers{1, 20});
  CHECK(values(target, "y") == numbers{1, 2});
  CHECK_THROWS_WITH(synapses.delay_of("third").get(), Contains("second, first"));
}

struct counted {
  static constexpr auto incoming = state<"incoming">(one);
  static constexpr auto outgoing = state<"outgoing">(one);
  static constexpr auto k = parameter<"k">(integer);
  static constexpr auto model =
      synapse(multisynaptic_index(k), on_pre(incoming = N_incoming), on_pre(outgoing = N_outgoing));
};
/// brian2-tests 60.
TEST_CASE("synapses know how many there are of each neuron, and of each pair") {
  nernst::network net({.dt = 1 * ms});
  auto source = net.spikes(5, {0, 1, 2, 3, 4}, {0.0, 0.0, 0.0, 0.0, 0.0});
  auto target = net.population<cells>(5);
  auto synapses =
      net.connect<counted>(source, target, pairs({0, 0, 0, 1, 1, 2}, {0, 1, 2, 1, 2, 3}));
  net.run(1 * ms);
  CHECK(values(synapses, "outgoing") == numbers{3, 3, 3, 2, 2, 1});
  CHECK(values(synapses, "incoming") == numbers{1, 2, 2, 2, 2, 1});
  CHECK(synapses[counted::k].get() == numbers(6, 0));
  auto again = net.connect<counted>(source, target, pairs({2, 0, 2, 2, 0}, {1, 1, 1, 0, 1}));
  CHECK(again["k"].get() == numbers{0, 0, 1, 0, 1});
}

struct decays {
  static constexpr auto w = state<"w">(one);
  static constexpr auto model = synapse(d(w) / dt = -w / (10 * ms), on_pre(post(cells::x) += w));
};
/// brian2-tests 13.
TEST_CASE("equations of synapses are integrated in every step") {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.population<cells>(40);
  auto target = net.population<cells>(3);
  auto synapses = net.connect<decays>(source, target, all_to_all());
  synapses[decays::w] = 1.0 * i + 2 * j;
  net.run(10 * ms);
  auto const w = synapses["w"].get();
  for (std::size_t k = 0; k < w.size(); ++k)
    CHECK(w[k] == Approx(static_cast<double>(k / 3 + 2 * (k % 3)) * std::exp(-1))
                      .epsilon(test::up_to(1e-12)));
}

struct follows {
  static constexpr auto s = state<"s">(one);
  static constexpr auto model =
      synapse(d(s) / dt = (pre(cells::a) + 2 * post(cells::a) - s) / ms, method(euler));
};
TEST_CASE("equations of synapses read the neurons at both ends") {
  nernst::network net({.dt = 0.5 * ms});
  auto source = net.population<cells>(7);
  auto target = net.population<cells>(50);
  source[cells::a] = 100 * i;
  target[cells::a] = i;
  auto synapses = net.connect<follows>(source(2, 7), target(10, 50), all_to_all());
  net.run(0.5 * ms);
  auto const s = synapses["s"].get();
  for (std::size_t k = 0; k < s.size(); ++k)
    REQUIRE(s[k] == 0.5 * static_cast<double>(100 * (2 + k / 40) + 2 * (10 + k % 40)));
}

struct sums {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model = synapse(w, summed(post(cells::x) = w * pre(cells::a)));
};
/// brian2-tests 71: 5 + 10 = 15 for one, 85 the other way round.
TEST_CASE("a summed variable is the sum over the synapses of its neuron") {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.population<cells>(3);
  auto target = net.population<cells>(4);
  source[cells::a] = 1 + i;
  auto synapses = net.connect<sums>(source, target(1, 4), pairs({0, 2, 1, 2, 0}, {0, 0, 2, 0, 2}));
  synapses[sums::w] = numbers{1, 10, 100, 1000, 10000};
  target[cells::x] = -7;
  net.run(0.1 * ms);
  // The slice only, and those without synapses get 0.
  CHECK(values(target, "x") == numbers{-7, 1 + 30 + 3000, 0, 200 + 10000});
  net.run(0.1 * ms);
  CHECK(values(target, "x") == numbers{-7, 1 + 30 + 3000, 0, 200 + 10000});
}
TEST_CASE("a variable is one sum only") {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.population<cells>(3);
  auto target = net.population<cells>(4);
  net.connect<sums>(source, target(0, 2), all_to_all(), 0 * ms, "first");
  net.connect<sums>(source, target(2, 4), all_to_all());
  CHECK_THROWS_WITH(
      net.connect<sums>(source, target(1, 3), all_to_all(), 0 * ms, "third"),
      "third: expected 'x' of 'population 1' to be no sum yet, found that of 'first'");
}

struct weighted {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model = synapse(w, on_pre(post(cells::x) += w));
};
TEST_CASE("synapses know their numbers only while somebody asks") {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.population<cells>(100);
  auto target = net.population<cells>(100);
  auto synapses = net.connect<weighted>(source, target, all_to_all());
  synapses[delay] = 0.1 * ms * (1 + (i + j) % 3);
  net.run(0.1 * ms);
  auto const before = synapses.memory_bytes();
  synapses[weighted::w] = uniform();
  auto const w = synapses[weighted::w].get();
  CHECK(synapses.memory_bytes() >= before + 4 * 10000);
  net.run(0.1 * ms);
  CHECK(synapses.memory_bytes() == before);
  CHECK(synapses[weighted::w].get() == w);
  // A weight of 8 bytes, a target of 2 and a delay of 1, beside the rows.
  CHECK(before < 13 * 10000);
}

TEST_CASE("synapses remember their ends only while somebody asks") {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.population<cells>(100);
  auto target = net.population<cells>(100);
  auto synapses = net.connect<later>(source, target, all_to_all());
  CHECK(synapses.i().size() == 10000);  // the host gets what a device has made
  net.run(0.1 * ms);
  auto const before = synapses.memory_bytes();
  synapses[later::w] = 2.0;
  CHECK(synapses.memory_bytes() == before);
  synapses[later::w] = 1.0 * i + j;
  CHECK(synapses.memory_bytes() == before);
  CHECK(synapses[later::w][i > 98 && j > 98].get() == std::vector<double>{198});
  CHECK(synapses.memory_bytes() > before);
  net.run(0.1 * ms);
  CHECK(synapses.memory_bytes() == before);
  CHECK(values(synapses, "w")[203] == 2 + 3);
}

struct sums_back {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model = synapse(w, summed(pre(cells::y) = w * post(cells::a)));
};
TEST_CASE("a variable of the source can be summed, too") {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.population<cells>(100);
  auto target = net.population<cells>(60);
  target[cells::a] = i;
  auto synapses = net.connect<sums_back>(source, target, all_to_all());
  synapses[sums_back::w] = i;
  net.run(0.1 * ms);
  auto const y = values(source, "y");
  for (std::size_t k = 0; k < 100; ++k) REQUIRE(y[k] == static_cast<double>(k) * 60 * 59 / 2);
}

struct modulates {
  static constexpr auto u = state<"u">(one);
  static constexpr auto model = synapse(u, summed(post(sums::w) = pre(cells::a)));
};
/// brian2-tests 77.
TEST_CASE("synapses can be targets") {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.population<cells>(5);
  auto target = net.population<cells>(5);
  source[cells::a] = i;
  auto synapses = net.connect<sums>(source, target, one_to_one());
  auto above = net.connect<modulates>(source, synapses, where(i >= j));
  net.run(0.1 * ms);
  CHECK(values(synapses, "w") == numbers{10, 10, 9, 7, 4});
  CHECK(above.j().size() == 15);
}
TEMPLATE_TEST_CASE("more synapses onto synapses reach these only, however they are stored", "",
                   test::space, Kokkos::Serial) {
  nernst::network<TestType> net({.dt = 0.1 * ms});
  auto source = net.template population<cells>(2);
  auto target = net.template population<cells>(50);
  auto synapses = net.template connect<sums>(source, target, all_to_all());
  auto above = net.template connect<modulates>(source, synapses, where(i > j));
  net.connect_more(above, all_to_all());
  net.run(0.1 * ms);
  CHECK(above.size() == 201);
  CHECK_THROWS_AS(net.connect_more(above, pairs({0}, {100})), std::out_of_range);
}
struct pushes {
  static constexpr auto model = synapse(on_pre(post(sums::w) += 1));
};
TEST_CASE("spikes can act on synapses") {
  nernst::network net({.dt = 1 * ms});
  auto spikes = net.spikes(3, {0, 1, 2, 1}, {0, 0, 1e-3, 1e-3});
  auto source = net.population<cells>(30);
  auto target = net.population<cells>(40);
  auto synapses = net.connect<sums>(source, target, all_to_all());
  net.connect<pushes>(spikes, synapses, where((j + i) % 3 == 0), 1 * ms);
  net.run(3 * ms);
  auto const w = values(synapses, "w");
  for (std::size_t k = 0; k < w.size(); ++k) {
    std::size_t const by_0 = k % 3 == 0, by_1 = (k + 1) % 3 == 0, by_2 = (k + 2) % 3 == 0;
    REQUIRE(w[k] == static_cast<double>(by_0 + 2 * by_1 + by_2));
  }
}

struct seen {
  static constexpr auto i_seen = state<"i_seen">(one);
  static constexpr auto j_seen = state<"j_seen">(one);
  static constexpr auto i_set = state<"i_set">(one);
  static constexpr auto j_set = state<"j_set">(one);
};
struct pushed {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model = neuron(x, threshold(x > 1));
};
struct relay {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model = synapse(on_pre(post(cells::x) += w));
};
struct onto_synapses : seen {
  static constexpr auto model =
      synapse(on_pre(i_seen = i, j_seen = j, post(relay::w) += 1), i_set, j_set);
};
struct from_synapses : seen {
  static constexpr auto model = synapse(summed(post(cells::a) = pre(relay::w)),
                                        every(1 * ms, i_seen = i, j_seen = j), i_set, j_set);
};
/// The numbers that these have, and those that their statements and values see.
template <class Synapses>
void require_numbers(Synapses const& synapses) {
  synapses["i_set"] = i;
  synapses["j_set"] = "j";
  auto const sources = synapses.i(), targets = synapses.j();
  auto const from = numbers(sources.begin(), sources.end());
  auto const to = numbers(targets.begin(), targets.end());
  CHECK(values(synapses, "i_seen") == from);
  CHECK(values(synapses, "i_set") == from);
  CHECK(values(synapses, "j_seen") == to);
  CHECK(values(synapses, "j_set") == to);
}
/// Threads store them in an order of their own.
TEST_CASE("synapses between neurons and synapses know these by their numbers") {
  nernst::network net({.dt = 1 * ms});
  auto spikes = net.spikes(3, {0, 1, 2}, {0, 0, 0});
  auto source = net.population<pushed>(3);
  auto target = net.population<cells>(400), mean = net.population<cells>(1200);
  auto synapses = net.connect<relay>(source, target, all_to_all());
  synapses[delay] = (1 + i + j % 2) * ms;
  auto above = net.connect<onto_synapses>(spikes, synapses, where(j % 3 == i));
  auto below = net.connect<from_synapses>(synapses, mean, one_to_one());
  synapses[relay::w] = 1000 * i + j;
  net.run(1 * ms);
  CHECK(values(mean, "a")[1199] == 2399);
  CHECK(values(synapses, "w")[1199] == 2400);
  require_numbers(below);
  require_numbers(above);
  net.connect_more(below, pairs({7, 1199}, {0, 1}));
  net.run(1 * ms);
  numbers const a = values(mean, "a");
  CHECK(numbers(a.begin(), a.begin() + 3) == numbers{9, 2402, 3});
  require_numbers(below);
  CHECK_THROWS_AS(net.connect_more(synapses, all_to_all()), std::logic_error);
}

struct emits {
  static constexpr auto v = state<"v">(one);
  static constexpr auto x = state<"x">(one);
  static constexpr auto model =
      neuron(x, d(v) / dt = 1 / ms, method(euler), event<"high">(v >= 3), on_event<"high">(v = 0));
};
struct on_high {
  static constexpr auto model = synapse(on_pre(post(cells::x) += 1).on("high"));
};
struct on_missing {
  static constexpr auto model = synapse(on_pre(post(cells::x) += 1).on("low"));
};
TEST_CASE("pathways can follow other events than spikes") {
  nernst::network net({.dt = 1 * ms});
  auto source = net.population<emits>(2);
  source[emits::v] = 1 * i;
  auto target = net.population<cells>(2);
  net.connect<on_high>(source, target, one_to_one(), 1 * ms);
  net.run(7 * ms);
  CHECK(values(target, "x") == numbers{2, 2});
  CHECK_THROWS_WITH(net.connect<on_missing>(source, target, one_to_one()),
                    Contains("expected an event of") && Contains("'low'"));
}

struct regular {
  static constexpr auto w = state<"w">(one);
  static constexpr auto model =
      synapse(every(2 * ms, w += 1, post(cells::x) += w), at({3 * ms}, w = 0));
};
TEST_CASE("synapses act at times, one after the other") {
  nernst::network net({.dt = 1 * ms});
  auto source = net.population<cells>(3);
  auto target = net.population<cells>(2);
  auto synapses = net.connect<regular>(source, target, all_to_all());
  net.run(3 * ms);
  CHECK(values(synapses, "w") == numbers(6, 2));
  CHECK(values(target, "x") == numbers{9, 9});
  net.run(1 * ms);
  CHECK(values(synapses, "w") == numbers(6, 0));
}

TEST_CASE("variables of synapses are recorded by number") {
  nernst::network net({.dt = 1 * ms});
  auto source = net.population<cells>(30);
  auto target = net.population<cells>(30);
  auto synapses = net.connect<regular>(source, target, all_to_all());
  synapses[regular::w] = 100 * i + j;
  auto record = net.record(synapses, {"w"}, {0, 31, 899});
  CHECK_THROWS_WITH(synapses[delay].get(), Contains("expected synapses with a pathway"));
  net.run(2 * ms);
  CHECK(record.trace("w", 31) == numbers{102, 102});
  CHECK(record.trace("w", 899) == numbers{2930, 2930});
}

/// Two coupled equations, whose exact step differs from synapse to synapse.
struct coupled {
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto model = synapse(d(x) / dt = (y - x) * (1.0 + i) / ms,
                                        d(y) / dt = (x - y) * (1.0 + j) / ms, method(exact));
};

TEST_CASE("propagators of synapses know the neurons that these connect") {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.population<cells>(3);
  auto target = net.population<cells>(40);
  auto synapses = net.connect<coupled>(source, target, all_to_all());
  synapses[coupled::x] = 1;
  net.run(0.5 * ms);
  numbers const x = values(synapses, "x"), y = values(synapses, "y");
  for (std::size_t k = 0; k < x.size(); ++k)
    CHECK(x[k] - y[k] == Approx(std::exp(-0.5 * static_cast<double>(2 + k / 40 + k % 40)))
                             .margin(test::up_to(0, 1e-6)));
}

/// What a model says to more synapses than 32 bits number.
template <class Synapse>
std::string refusal(auto& net, auto const& source, auto const& target, auto const& rule) {
  std::string found = "nothing was thrown";
  try {
    net.template connect<Synapse>(source, target, rule, 0 * ms, "s");
  } catch (std::length_error const& error) {
    found = error.what();
  }
  return found;
}

TEST_CASE("synapses that are listed are fewer than 2^32, and that is known before they are made",
          "[host]") {
  nernst::network net({.dt = 0.1 * ms});
  auto many = net.population<cells>(70000);
  auto const said = [](std::string const& rule, std::string const& why, char const* found) {
    return "s, " + rule + ": expected at most 4294901760 synapses, as " + why + ", found " + found;
  };
  auto const all = all_to_all();
  char const* const found = "4900000000";
  CHECK(refusal<decays>(net, many, many, all) ==
        said("all_to_all", "each has something to do beside spikes", found));
  CHECK(refusal<sums>(net, many, many, all) ==
        said("all_to_all", "their neurons have sums of them", found));
  CHECK(refusal<counted>(net, many, many, all) ==
        said("all_to_all", "each has a multisynaptic index", found));
  CHECK(refusal<regular>(net, many, many, fixed_in_degree(65000)) ==
        said("fixed_in_degree", "each has something to do beside spikes", "4550000000"));
  // Lists have no room for them either, whatever the model.
  auto some = many(std::vector<std::int64_t>{0, 2, 3});
  CHECK(refusal<add_one>(net, some, many, fixed_total_number(std::int64_t{1} << 33)) ==
        said("fixed_total_number", "they are listed one by one", "8589934592"));
}

TEST_CASE("other synapses are as many as there is memory for", "[host]") {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.spikes(1 << 23, {}, {});
  auto target = net.population<cells>(1 << 23);
  CHECK_THAT(refusal<add_one>(net, source, target, all_to_all()),
             Contains("s, all_to_all: expected at most ") &&
                 Contains(" synapses, as memory has room for no more, found 70368744177664"));
  CHECK_THAT(refusal<relay>(net, source, target, fixed_probability(0.5)),
             Contains("s, fixed_probability: expected at most ") &&
                 Contains("found 35184372088832"));
}

}  // namespace
