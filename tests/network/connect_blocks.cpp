// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// A rule made of rules connects what each of them does, in one projection.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "connections.hpp"
#include "precision.hpp"
#include "space.hpp"
#include <algorithm>

namespace {

using namespace nernst::dsl;
using connections::indices;
using connections::pair_list;

struct cell {
  static constexpr auto v = state<"v">(one);
  static constexpr auto g = state<"g">(one);
  static constexpr auto kind = parameter<"kind">(one);
  static constexpr auto model =
      neuron(kind, d(v) / dt = (1.2 + g + 0.1 * kind - v) / (10 * ms), d(g) / dt = -g / (5 * ms),
             threshold(v > 1), reset(v = 0), method(euler));
};
struct coupling {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model = synapse(on_pre(post(cell::g) += w));
};

template <class Synapses>
pair_list pairs_of(Synapses const& synapses) {
  indices const from = synapses.i(), to = synapses.j();
  pair_list all;
  for (std::size_t k = 0; k < from.size(); ++k) all.emplace_back(from[k], to[k]);
  return all;
}
/// The pairs among some elements.
pair_list within(pair_list const& all, std::uint32_t begin, std::uint32_t end) {
  pair_list some;
  for (auto const& [from, to] : all)
    if (from >= begin && from < end && to >= begin && to < end)
      some.emplace_back(from - begin, to - begin);
  return some;
}

template <class Space = test::space>
struct setting {
  nernst::network<Space> net{{.dt = 0.1 * ms, .seed = 11}};
  decltype(net.template population<cell>(1)) cells = net.template population<cell>(100, "cells");

  template <class Rule>
  auto connect(Rule const& rule) {
    return net.template connect<coupling>(cells, cells, rule);
  }
};

}  // namespace

TEST_CASE("blocks connect what their rules connect", "[connect]") {
  setting<> s;
  s.cells[cell::kind] = i % 2;
  auto const apart = pre(cell::kind) != post(cell::kind);
  auto rule = blocks();
  rule.between(s.cells(50, 53), s.cells(0, 2), all_to_all())
      .between(s.cells(0, 3), s.cells(90, 93), one_to_one())
      .between(s.cells(50, 52), s.cells(20, 30), pairs({0, 1, 1}, {9, 7, 1}))
      .between(s.cells({2, 51, 99}), s.cells({1, 60, 98}), where(apart))
      .between(s.cells({2, 99}), s.cells(10, 13), fixed_in_degree(2).without_multapses())
      .between(s.cells(0, 2), s.cells(0, 2), "i != j");
  pair_list const expected{{0, 1},   {0, 90},  {1, 0},   {1, 91},  {2, 1},   {2, 10}, {2, 11},
                           {2, 12},  {2, 92},  {50, 0},  {50, 1},  {50, 29}, {51, 0}, {51, 1},
                           {51, 21}, {51, 27}, {51, 60}, {51, 98}, {52, 0},  {52, 1}, {99, 10},
                           {99, 11}, {99, 12}, {99, 60}, {99, 98}};
  CHECK(pairs_of(s.connect(rule)) == expected);
  CHECK(s.connect(blocks()).size() == 0);
}

TEST_CASE("blocks of excitatory and inhibitory neurons", "[connect]") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<cell>(100);
  auto rule = blocks();
  rule.between(cells(0, 80), cells, fixed_in_degree(8))
      .between(cells(80, 100), cells(0, 80), fixed_probability(0.2));
  auto synapses = net.connect<coupling>(cells, cells, rule);
  synapses[coupling::w] = where(i < 80, 0.1, -0.4);
  auto const w = synapses[coupling::w].get();
  CHECK(std::count(w.begin(), w.end(), test::kept(0.1)) == 800);
  CHECK(std::count(w.begin(), w.end(), test::kept(-0.4)) > 200);
}

TEST_CASE("between sets and slices, blocks count within these", "[connect]") {
  setting<> s;
  auto const some = s.cells({3, 10, 20, 30, 77});
  auto rule = blocks();
  rule.between(s.cells({10, 30}), s.cells(40, 42), all_to_all())
      .between(s.cells(20, 21), s.cells(41, 45), all_to_all());
  auto const made = s.net.connect<coupling>(some, s.cells(40, 50), rule);
  CHECK(pairs_of(made) ==
        pair_list{{1, 0}, {1, 1}, {2, 1}, {2, 2}, {2, 3}, {2, 4}, {3, 0}, {3, 1}});
}

TEST_CASE("each block draws numbers of its own, the same for any threads", "[connect]") {
  auto const made = [](auto&& s) {
    auto rule = blocks();
    for (std::uint32_t k : {0U, 50U})
      rule.between(s.cells(k, k + 50), s.cells(k, k + 50), fixed_total_number(400));
    rule.between(s.cells(0, 50), s.cells(50, 100), fixed_probability(0.2))
        .between(s.cells(50, 100), s.cells(0, 50), fixed_out_degree(7).without_multapses());
    return pairs_of(s.connect(rule));
  };
  pair_list const all = made(setting<>{});
  pair_list const lower = within(all, 0, 50), upper = within(all, 50, 100);
  CHECK(lower.size() == 400);
  CHECK(upper.size() == 400);
  CHECK(lower != upper);
  std::size_t back = 0;
  for (auto const& [from, to] : all) back += from >= 50 && to < 50 ? 1 : 0;
  CHECK(back == 350);
  CHECK(all.size() - 1150 > 400);
  CHECK(all.size() - 1150 < 600);
  CHECK(made(setting<Kokkos::Serial>{}) == all);
}

TEST_CASE("blocks may be added to synapses that are there", "[connect]") {
  setting<> s;
  s.cells[cell::kind] = i;
  auto const made = s.net.connect<coupling>(s.cells(10, 20), s.cells, fixed_out_degree(1));
  auto more = blocks();
  more.between(s.cells(12, 14), s.cells(97, 100), where(pre(cell::kind) + 85 == post(cell::kind)));
  CHECK(pairs_of(made).size() == 10);
  s.net.connect_more(made, more);
  pair_list const all = pairs_of(made);
  REQUIRE(all.size() == 12);
  CHECK(pair_list(all.end() - 2, all.end()) == pair_list{{2, 97}, {3, 98}});
}

TEST_CASE("autapses are those of the population", "[connect]") {
  setting<> s;
  auto rule = blocks();
  rule.between(s.cells(0, 20), s.cells(10, 30), fixed_total_number(300).without_autapses())
      .between(s.cells(40, 43), s.cells(40, 43), all_to_all().without_autapses());
  pair_list const all = pairs_of(s.connect(rule));
  CHECK(all.size() == 306);
  for (auto const& [from, to] : all) CHECK(from != to);
}

TEST_CASE("a network of blocks fires as one of several projections does", "[connect]") {
  setting<> joined, several;
  auto rule = blocks();
  auto const excite = pairs({0, 1, 7, 7}, {9, 7, 1, 49});
  rule.between(joined.cells(0, 50), joined.cells(50, 100), all_to_all())
      .between(joined.cells(50, 100), joined.cells(0, 50), excite);
  auto const all = joined.connect(rule);
  all[coupling::w] = 0.25 * (1 + i % 3);
  all[delay] = where(i < 50, 1.5, 0.3) * ms;
  auto const forth =
      several.net.connect<coupling>(several.cells(0, 50), several.cells(50, 100), all_to_all());
  auto const back =
      several.net.connect<coupling>(several.cells(50, 100), several.cells(0, 50), excite);
  forth[coupling::w] = 0.25 * (1 + i % 3);
  forth[delay] = 1.5 * ms;
  back[coupling::w] = 0.25 * (1 + (i + 50) % 3);
  back[delay] = 0.3 * ms;
  std::vector<std::uint32_t> neurons[2];
  std::vector<double> potentials[2];
  int which = 0;
  for (auto* const s : {&joined, &several}) {
    s->cells[cell::v] = 0.01 * i;
    auto const spikes = s->net.record_spikes(s->cells);
    s->net.run(40 * ms);
    for (auto const n : spikes.neurons()) neurons[which].push_back(static_cast<std::uint32_t>(n));
    potentials[which++] = s->cells[cell::v].get();
  }
  CHECK(neurons[0].size() > 200);
  CHECK(neurons[0] == neurons[1]);
  for (std::size_t n = 0; n < 100; ++n)
    CHECK(potentials[0][n] == Approx(potentials[1][n]).epsilon(1e-9));
}

TEST_CASE("blocks of neurons that are not connected are refused", "[connect]") {
  setting<> s;
  auto const others = s.net.population<cell>(100, "others");
  auto const connect = [&](auto const& from, auto const& to, auto const& rule) {
    auto all = blocks();
    all.between(s.cells(0, 10), s.cells(0, 10), all_to_all()).between(from, to, rule);
    s.net.connect<coupling>(s.cells(0, 60), s.cells, all);
  };
  CHECK_THROWS_WITH(connect(others, s.cells, all_to_all()),
                    "blocks: expected sources of the population that is connected, found others in "
                    "block 1");
  CHECK_THROWS_WITH(connect(s.cells(0, 10), others(0, 5), all_to_all()),
                    "blocks: expected targets of the population that is connected, found others in "
                    "block 1");
  CHECK_THROWS_WITH(connect(s.cells(50, 61), s.cells, all_to_all()),
                    "blocks: expected sources among [0, 60), found 60 in block 1");
  CHECK_THROWS_WITH(connect(s.cells(0, 10), s.cells, one_to_one()),
                    "one_to_one: expected as many targets as sources, found 10 sources and 100 "
                    "targets");
  CHECK(s.net.connect<coupling>(s.cells, others, all_to_all()).size() == 10000);
}
