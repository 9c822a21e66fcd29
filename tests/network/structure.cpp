// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include <algorithm>
#include <stdexcept>

using namespace nernst::dsl;
using Catch::Matchers::Contains;

namespace {

struct cell {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(
      d(v) / dt = ((1.1 - v) / (10 * ms) + 0.2 * xi / pow<1, 2>(10 * ms)) | unless_refractory,
      threshold(v > 1), reset(v = 0), refractory(1 * ms), method(euler));
};
struct weighted {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto seen = state<"seen">(one);
  static constexpr auto model =
      synapse(on_pre(post(cell::v) += w, seen += 1), on_post(seen += 100).named("back"));
};
struct follower {
  static constexpr auto x = state<"x">(one);
  static constexpr auto leader = linked<"leader">(one);
  static constexpr auto model = neuron(d(x) / dt = (leader - x) / ms, method(euler));
};

/// A random network; synapses from `extra` on were made behind the others.
struct setting {
  nernst::network<> net{{.dt = 0.1 * ms, .seed = 5}};
  decltype(net.population<cell>(1)) cells = net.population<cell>(90, "cells");
  nernst::spike_record spikes = net.record_spikes(cells);
  std::vector<int> i, j;
  decltype(net.connect<weighted>(cells, cells, pairs(i, j))) synapses;

  static std::vector<int> some(int first, int last, int factor) {
    std::vector<int> all;
    for (int k = first; k < last; ++k) all.push_back((k * factor + k / 90) % 90);
    return all;
  }
  explicit setting(int count)
      : i(some(0, count, 7)), j(some(0, count, 11)),
        synapses(net.connect<weighted>(cells, cells, pairs(i, j), 0 * ms, "synapses")) {
    cells[cell::v] = uniform();
    set(0, count);
  }
  /// The weights and delays of some synapses.
  void set(int first, int last) const {
    std::vector<double> w = synapses[weighted::w].get(), d = synapses[delay].get();
    d.resize(w.size(), d[0]);
    for (int k = first; k < last; ++k) {
      w[static_cast<std::size_t>(k)] = 0.01 * ((k * 5) % 13 - 4);
      d[static_cast<std::size_t>(k)] = 1e-4 * (3 + (k * 17) % 60);
    }
    synapses[weighted::w] = w;
    synapses[delay] = d;
    std::vector<double> back;
    for (std::size_t k = 0; k < w.size(); ++k) back.push_back(1e-4 * static_cast<double>(k % 5));
    synapses.delay_of("back") = back;
  }
};

using numbers = std::vector<double>;

}  // namespace

TEST_CASE("synapses that are removed take nothing else along", "[structure]") {
  setting removed(900), silent(900);
  for (setting* s : {&removed, &silent}) s->net.run(20 * ms);
  removed.net.remove(removed.synapses, "i > j and w > 0");
  silent.synapses["w"]["i > j and w > 0"] = 0;
  removed.net.run(30 * ms);
  silent.net.run(30 * ms);
  REQUIRE(removed.spikes.count() > 200);
  CHECK(removed.spikes.times() == silent.spikes.times());
  CHECK(removed.spikes.neurons() == silent.spikes.neurons());
  REQUIRE(removed.synapses.size() < 800);
  CHECK(removed.synapses[weighted::w]["w != 0"].get() ==
        silent.synapses[weighted::w]["w != 0"].get());
  CHECK(removed.synapses[weighted::seen]["w != 0"].get() ==
        silent.synapses[weighted::seen]["w != 0"].get());

  auto const i = removed.synapses.i(), j = removed.synapses.j();
  auto const w = removed.synapses[weighted::w].get();
  for (std::size_t k = 0; k < i.size(); ++k) CHECK((i[k] <= j[k] || w[k] <= 0));

  removed.net.remove(removed.synapses, weighted::w < 10);
  CHECK(removed.synapses.size() == 0);
  removed.net.run(5 * ms);
  silent.synapses["w"] = 0;
  silent.net.run(5 * ms);
  CHECK(removed.spikes.times() == silent.spikes.times());
}

TEST_CASE("synapses that are added stand behind those that were there", "[structure]") {
  setting added(600), whole(900);
  std::vector<double> w = whole.synapses[weighted::w].get();
  std::vector<double> const all = w;
  std::fill(w.begin() + 600, w.end(), 0);
  whole.synapses[weighted::w] = w;
  for (setting* s : {&added, &whole}) s->net.run(20 * ms);
  auto const before = added.synapses[weighted::seen].get();
  added.net.connect_more(added.synapses,
                         pairs(setting::some(600, 900, 7), setting::some(600, 900, 11)));
  CHECK(added.synapses.size() == 900);
  CHECK(added.synapses.i() == whole.synapses.i());
  CHECK(added.synapses.j() == whole.synapses.j());
  auto after = added.synapses[weighted::seen].get();
  CHECK(numbers(after.begin() + 600, after.end()) == numbers(300, 0.0));
  after.resize(600);
  CHECK(after == before);
  added.set(600, 900);
  CHECK(added.synapses[weighted::w].get() == all);
  added.net.run(20 * ms);
  auto const seen = added.synapses[weighted::seen].get();
  CHECK(std::count(seen.begin() + 600, seen.end(), 0) < 30);
}

TEST_CASE("the same random rule adds other synapses", "[structure]") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<cell>(50, "cells");
  auto synapses = net.connect<weighted>(cells, cells, fixed_probability(0.1), 3 * ms, "synapses");
  auto const i = synapses.i(), j = synapses.j();
  synapses[weighted::w] = 0.5;
  net.connect_more(synapses, fixed_probability(0.1));
  auto const more_i = synapses.i(), more_j = synapses.j();
  REQUIRE(more_i.size() > i.size() + 100);
  CHECK(std::vector(more_i.begin(), more_i.begin() + std::ssize(i)) == i);
  CHECK(std::vector(more_j.begin(), more_j.begin() + std::ssize(j)) == j);
  CHECK(std::vector(more_j.begin() + std::ssize(j), more_j.end()) != j);
  CHECK(synapses[delay].get() == numbers{3e-3});
  CHECK(synapses[weighted::w][0] == 0.5);
  CHECK(synapses[weighted::w][more_i.size() - 1] == 0);
}

TEST_CASE("a population grows behind its neurons, which notice nothing", "[structure]") {
  setting grown(900), same(900);
  auto traces = grown.net.record(grown.cells, {"v"}, {1, 77});
  auto expected = same.net.record(same.cells, {"v"}, {1, 77});
  auto leader = grown.net.population<follower>(2);
  leader.link(follower::leader, grown.cells, cell::v, std::vector<std::int32_t>{1, 77});
  for (setting* s : {&grown, &same}) s->net.run(20 * ms);
  auto more = grown.net.grow(grown.cells, 70);
  CHECK(more.size() == 70);
  CHECK(more.begin() == 90);
  CHECK(grown.cells.size() == 90);
  CHECK(more[cell::v].get() == numbers(70, 0.0));
  CHECK(leader["leader"].get()[1] == grown.cells[cell::v].get()[77]);
  auto new_spikes = grown.net.record_spikes(more);
  for (setting* s : {&grown, &same}) s->net.run(20 * ms);
  CHECK(grown.spikes.times() == same.spikes.times());
  CHECK(grown.spikes.neurons() == same.spikes.neurons());
  CHECK(grown.cells[cell::v].get() == same.cells[cell::v].get());
  CHECK(grown.synapses[weighted::seen].get() == same.synapses[weighted::seen].get());
  CHECK(new_spikes.count() > 20);
  for (std::size_t k = 0; k < 400; ++k) CHECK(traces.at(k, 0, 1) == expected.at(k, 0, 1));
  auto onto_new = grown.net.connect<weighted>(grown.cells, more, fixed_probability(0.2));
  grown.net.run(20 * ms);
  CHECK(onto_new["seen"].get()[0] > 0);
}

TEST_CASE("what cannot change its structure says so", "[structure]") {
  nernst::network net({.dt = 0.1 * ms}), other({.dt = 0.1 * ms});
  auto cells = net.population<cell>(3, "cells");
  auto followers = net.population<follower>(3, "followers");
  auto synapses = net.connect<weighted>(cells, cells, all_to_all(), 0 * ms, "synapses");
  CHECK_THROWS_WITH(net.grow(followers, 2), "followers[leader]: expected neurons without linked "
                                            "variables to grow");
  CHECK_THROWS_WITH(other.grow(cells, 2), Contains("grow: expected"));
  CHECK_THROWS_WITH(other.remove(synapses, "i > 0"), Contains("remove: expected"));
  CHECK_THROWS_WITH(other.connect_more(synapses, all_to_all()), Contains("connect_more: expected"));
  CHECK_THROWS_AS(net.remove(synapses, "q > 0"), std::invalid_argument);
  net.every(0.1 * ms, [&] { net.remove(synapses, "i > 0"); });
  followers.link(follower::leader, cells, cell::v);
  CHECK_THROWS_WITH(net.run(1 * ms), "remove: expected no run to be under way");
}
