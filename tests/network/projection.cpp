// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "space.hpp"

using namespace nernst::dsl;
using Catch::Matchers::Contains;

namespace {

/// Fires in every step whose number is a multiple of `every`.
struct source {
  static constexpr auto every = parameter<"every">(one);
  static constexpr auto x = state<"x">(one);
  static constexpr auto gain = shared<"gain">(one);
  static constexpr auto n = t / dt - every * floor((t / dt + 0.5) / every);
  static constexpr auto model = neuron(threshold(n < 0.5), reset(x = x * gain));
};

/// Adds up what it gets.
struct sink {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(d(v) / dt = 0 * v / second, method(euler));
};

struct one_more {
  static constexpr auto model = synapse(on_pre(post(sink::v) += 1));
};
struct weighted {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto scale = shared<"scale">(one);
  static constexpr auto model = synapse(on_pre(post(sink::v) += w * scale));
};
struct by_source {
  static constexpr auto model =
      synapse(on_pre(post(sink::v) += 100 * pre(source::gain) + pre(source::x) + i));
};
struct into_source {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model = synapse(
      on_pre(pre(source::x) = 0.5 * pre(source::x) + i + w, post(sink::v) += pre(source::x)));
};
struct noisy {
  static constexpr auto model = synapse(on_pre(post(sink::v) += uniform()));
};

struct setting {
  nernst::network<> net{{.dt = 0.1 * ms, .seed = 4}};
  decltype(net.population<source>(1)) sources;
  decltype(net.population<sink>(1)) sinks;
  setting(std::uint32_t n, std::uint32_t m)
      : sources(net.population<source>(n)), sinks(net.population<sink>(m)) {
    sources[source::every] = 1;
    sources[source::gain] = 1;
  }
  std::vector<double> after(int steps) {
    net.run(steps * 0.1 * ms);
    return sinks[sink::v].get();
  }
};

using numbers = std::vector<double>;

/// Fires where it is set to 1.
struct pacemaker {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model =
      neuron(d(v) / dt = 0 * v / ms, threshold(v > 0.5), reset(v = 0), method(euler));
};
struct heard {
  static constexpr auto count = state<"count">(one);
  static constexpr auto model = synapse(on_pre(count += 100), on_post(count += 1).named("back"));
};

}  // namespace

TEST_CASE("each rule connects whom it should") {
  setting s(3, 3);
  CHECK(s.net.connect<one_more>(s.sources, s.sinks, all_to_all()).size() == 9);
  CHECK(s.after(1) == numbers{3, 3, 3});
  CHECK(s.net.connect<one_more>(s.sources(1, 3), s.sinks(0, 2), one_to_one()).size() == 2);
  CHECK(s.after(1) == numbers{7, 7, 6});
  CHECK(s.net.connect<one_more>(s.sources, s.sinks(1, 3), pairs({0, 2, 2}, {1, 0, 0})).size() == 3);
  CHECK(s.after(1) == numbers{11, 13, 10});
  CHECK(s.net.connect<one_more>(s.sources, s.sinks, fixed_probability(0)).size() == 0);
  CHECK(s.net.connect<one_more>(s.sources, s.sinks, fixed_probability(1)).size() == 9);
  CHECK(s.after(1) == numbers{18, 22, 17});
}

TEST_CASE("random connections have their probability and depend on the seed") {
  auto const input = [](std::uint64_t seed) {
    nernst::network net({.dt = 0.1 * ms, .seed = seed});
    auto from = net.population<source>(1000);
    from[source::every] = 1;
    auto to = net.population<sink>(1000);
    auto made = net.connect<one_more>(from, to, fixed_probability(0.1));
    CHECK(made.size() == Approx(100000).margin(1500));
    net.run(0.1 * ms);
    auto const v = to[sink::v].get();
    double sum = 0;
    for (double const x : v) sum += x;
    CHECK(sum == static_cast<double>(made.size()));
    return v;
  };
  CHECK(input(1) == input(1));
  CHECK(input(1) != input(2));
}

TEST_CASE("weights are given in the order of creation") {
  setting s(3, 20);
  auto listed =
      s.net.connect<weighted>(s.sources, s.sinks, pairs({2, 0, 1, 0, 2}, {19, 3, 17, 18, 0}));
  numbers const w = {1, 2, 3, 4, 5};
  listed[weighted::w] = w;
  listed[weighted::scale] = quantity<"1">{10.0};
  CHECK(listed[weighted::w].get() == w);
  CHECK(listed[weighted::scale].get() == numbers{10});
  auto v = s.after(1);
  CHECK(v[19] == 10);
  CHECK(v[3] == 20);
  CHECK(v[17] == 30);
  CHECK(v[18] == 40);
  CHECK(v[0] == 50);

  auto full = s.net.connect<weighted>(s.sources, s.sinks, all_to_all());
  numbers matrix;
  for (int from = 0; from < 3; ++from)
    for (int to = 0; to < 20; ++to) matrix.push_back(from == 1 ? to : 0);
  full[weighted::w] = matrix;
  full[weighted::scale] = quantity<"1">{1.0};
  listed[weighted::w] = quantity<"1">{0.0};
  CHECK(listed[weighted::w].get() == numbers(5, 0.0));
  auto const before = v;
  v = s.after(1);
  for (std::size_t k = 0; k < 20; ++k) CHECK(v[k] - before[k] == static_cast<double>(k));
}

TEST_CASE("a wrong number of weights is refused") {
  setting s(2, 2);
  auto p = s.net.connect<weighted>(s.sources, s.sinks, all_to_all(), 0 * ms, "p");
  CHECK_THROWS_WITH((p[weighted::w] = numbers{1, 2, 3}), "p[w]: expected 4 values, found 3");
}

TEST_CASE("impossible connections are refused") {
  setting s(3, 2);
  CHECK_THROWS_AS(fixed_probability(-0.1), std::invalid_argument);
  CHECK_THROWS_WITH(fixed_probability(1.5),
                    "fixed_probability: expected a probability in [0, 1], found 1.5");
  CHECK_THROWS_AS(fixed_probability(NAN), std::invalid_argument);
  CHECK_THROWS_AS(s.net.connect<one_more>(s.sources, s.sinks, pairs({3}, {0})), std::out_of_range);
  CHECK_THROWS_WITH(s.net.connect<one_more>(s.sources, s.sinks, pairs({0, 1}, {0, 2})),
                    Contains("below 2") && Contains("found 2"));
  CHECK_THROWS_AS(s.net.connect<one_more>(s.sources(0, 1), s.sinks, pairs({1}, {0})),
                  std::out_of_range);
  CHECK_THROWS_AS(s.net.connect<one_more>(s.sources, s.sinks, pairs({-1}, {0})), std::out_of_range);
  CHECK_THROWS_AS(s.net.connect<one_more>(s.sources, s.sinks, pairs({0, 1}, {0})),
                  std::invalid_argument);
  CHECK_THROWS_AS(s.net.connect<one_more>(s.sources, s.sinks, one_to_one()), std::invalid_argument);
  CHECK_THROWS_AS(s.net.connect<one_more>(s.sources, s.sinks, all_to_all(), -1 * ms),
                  std::invalid_argument);
  CHECK(s.after(1) == numbers{0, 0});  // none of them left anything behind
}

TEST_CASE("a synapse reads its source, and i is the number of the source in its slice") {
  setting s(5, 2);
  s.sources[source::x] = i;
  s.sources[source::gain] = 2;
  s.net.connect<by_source>(s.sources(3, 5), s.sinks, all_to_all());
  CHECK(s.after(1) == numbers(2, 200 + 3 + 0 + 200 + 4 + 1));  // before the reset doubles x
  CHECK(s.sources[source::x].get() == numbers{0, 2, 4, 6, 8});
}

TEST_CASE("a synapse that writes its source acts in the order of the spikes") {
  // Brian 2.9, cython: x_pre = 0.5*x_pre + i + w; v_post += x_pre
  setting s(3, 2);
  auto p = s.net.connect<into_source>(s.sources, s.sinks, pairs({2, 0, 1, 0}, {0, 0, 1, 1}));
  p[into_source::w] = numbers{1, 3, 2, 5};
  s.after(3);
  CHECK(s.sources[source::x].get() == numbers{8.53125, 5.25, 5.25});
  CHECK(s.sinks[sink::v].get() == numbers{29.0625, 35.90625});
}

TEST_CASE("a spike of the target reaches its own synapses, whatever their delays are") {
  nernst::network net({.dt = 0.1 * ms});
  auto one = net.population<pacemaker>(1);
  auto two = net.population<pacemaker>(2);
  two[pacemaker::v] = std::vector<double>{0, 1};
  auto synapses = net.connect<heard>(one, two, all_to_all());
  for (std::vector<double> const& delays : {std::vector<double>{2e-4, 1e-4}, {1e-4, 2e-4}}) {
    synapses[heard::count] = 0;
    synapses[delay] = delays;
    synapses.delay_of("back") = delays;
    two[pacemaker::v] = std::vector<double>{0, 1};
    net.run(0.5 * ms);
    CHECK(synapses[heard::count].get() == std::vector<double>{0, 1});
  }
}

TEST_CASE("synapses draw numbers of their own") {
  setting s(2, 50);
  s.net.connect<noisy>(s.sources, s.sinks, all_to_all());
  auto const first = s.after(1), both = s.after(1);
  for (std::size_t k = 0; k < 50; ++k) {
    CHECK(first[k] > 0);
    CHECK(first[k] < 2);
    CHECK(both[k] - first[k] != first[k]);
    if (k > 0) CHECK(first[k] != first[k - 1]);
  }
}

TEST_CASE("no synapse sees a spike from before it was made") {
  setting s(1, 1);
  s.net.connect<one_more>(s.sources, s.sinks, all_to_all(), 0.2 * ms);
  CHECK(s.after(3) == numbers{1});
  s.net.connect<one_more>(s.sources, s.sinks, all_to_all(), 0.2 * ms);
  CHECK(s.after(3) == numbers{5});  // three of the first, one of the second
}

TEST_CASE("single precision") {
  nernst::network<test::space, float> net({.dt = 0.1 * ms});
  auto from = net.population<source>(4);
  auto to = net.population<sink>(30);
  from[source::every] = i + 1;
  auto p = net.connect<weighted>(from, to, all_to_all(), 0.1 * ms);
  p[weighted::w] = quantity<"1">{0.1};
  p[weighted::scale] = quantity<"1">{1.0};
  CHECK(p[weighted::w].get()[7] == static_cast<double>(0.1f));
  net.run(1.3 * ms);  // 12 steps' spikes have arrived: 12 + 6 + 4 + 3
  for (double const v : to[sink::v].get()) CHECK(v == Approx(2.5).epsilon(1e-6));
  CHECK(p.memory_bytes() > p.size() * (sizeof(float) + sizeof(std::uint16_t)));
}
