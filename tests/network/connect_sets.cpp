// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Synapses between sets of neurons are those between the same neurons of the whole populations.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "io/folder.hpp"
#include "precision.hpp"
#include "space.hpp"
#include "two_populations.hpp"
#include <numeric>

namespace {

using namespace nernst::dsl;
using connections::indices;
using numbers = std::vector<double>;

/// Noisy neurons with an input that synapses may sum.
struct cell {
  static constexpr auto v = state<"v">(one);
  static constexpr auto drive = state<"drive">(one);
  static constexpr auto size = parameter<"size">(one);
  static constexpr auto model = neuron(
      drive, size,
      d(v) / dt = ((1.1 + drive - v) / (10 * ms) + 0.2 * xi / pow<1, 2>(10 * ms) + 0 * size / ms) |
                  unless_refractory,
      threshold(v > 1), reset(v = 0), refractory(1 * ms), method(euler));
};
struct simple {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model = synapse(on_pre(post(cell::v) += w));
};
struct plastic {
  static constexpr auto w = state<"w">(one);
  static constexpr auto seen = state<"seen">(one);
  static constexpr auto before = state<"before">(one);
  static constexpr auto after = state<"after">(one);
  static constexpr auto model =
      synapse(d(before) / dt = -before / (20 * ms) | event_driven,
              d(after) / dt = -after / (20 * ms) | event_driven, seen,
              on_pre(post(cell::v) += w, before += 0.1, w = clip(w - 0.1 * after, 0, 0.4)),
              on_post(after += 0.1, w = clip(w + 0.1 * before, 0, 0.4)).named("back"),
              on_pre(seen += uniform()).named("second"));
};
struct summing {
  static constexpr auto w = state<"w">(one);
  static constexpr auto model =
      synapse(d(w) / dt = (0.1 - w) / (5 * ms) | clock_driven,
              summed(post(cell::drive) = w * pre(cell::v)), on_pre(w += 0.1 * uniform()));
};

auto const from = std::vector<std::uint32_t>{1, 4, 5, 17, 30, 31, 58, 59};
auto const to = std::vector<std::uint32_t>{0, 4, 9, 17, 22, 39, 58};

indices elements_of(indices const& numbers_in_set, indices const& set) {
  indices all;
  for (std::uint32_t const n : numbers_in_set) all.push_back(set[n]);
  return all;
}

/// A network with synapses between two sets, or with the same between all neurons.
template <class Synapse, class Space = test::space>
struct setting {
  nernst::network<Space> net{{.dt = 0.1 * ms, .seed = 3}};
  decltype(net.template population<cell>(1)) cells = net.template population<cell>(60, "cells");
  nernst::spike_record spikes = net.record_spikes(cells);
  using synapses_type = decltype(net.template connect<Synapse>(cells, cells, all_to_all()));
  synapses_type synapses;

  template <class Rule>
  explicit setting(Rule const& rule, double delay = 0)
      : synapses(net.template connect<Synapse>(cells(from), cells(to), rule, delay * second, "s")) {
    start();
  }
  template <class Other>
  setting(setting<Synapse, Other> const& like, double delay)
      : synapses(net.template connect<Synapse>(
            cells, cells,
            pairs(elements_of(like.synapses.i(), from), elements_of(like.synapses.j(), to)),
            delay * second, "s")) {
    start();
  }
  void start() {
    cells[cell::v] = uniform();
    synapses["w"] = 0.3 * uniform();
  }
};

template <class Synapse, class One, class Other>
void check_same(setting<Synapse, One> const& x, setting<Synapse, Other> const& y,
                std::vector<char const*> const& variables) {
  REQUIRE(x.spikes.count() > 100);
  CHECK(x.spikes.times() == y.spikes.times());
  CHECK(x.spikes.neurons() == y.spikes.neurons());
  CHECK(x.cells[cell::v].get() == y.cells[cell::v].get());
  for (char const* id : variables) CHECK(x.synapses[id].get() == y.synapses[id].get());
}

/// Delays that differ, in seconds.
numbers some_delays(std::size_t count, int most) {
  numbers all;
  for (std::size_t k = 0; k < count; ++k) all.push_back(1e-4 * (static_cast<int>(k * 7) % most));
  return all;
}

/// `i` and `j` in a step: by source, by target, and synapse by synapse.
struct reading {
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto z = state<"z">(one);
  static constexpr auto model =
      synapse(y, z, d(x) / dt = (i + 100 * post(i)) / ms | clock_driven,
              on_pre(y = i + 100 * post(i) + 10000 * pre(N) + 1000000 * post(N)),
              on_post(z = i + 100 * post(i)));
};
struct firing {
  static constexpr auto model = neuron(threshold(t >= 0 * second));
};
struct counted {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model = neuron(x);
};
/// A rule that takes no notice of what is asked for.
struct careless {
  nernst::connection_list list;
  nernst::connection_list build(nernst::executor const&, nernst::connection_request const&) const {
    return list;
  }
};

}  // namespace

TEST_CASE("a rule that does not fit a set is refused", "[sets]") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<cell>(20, "cells");
  CHECK_THROWS_WITH(net.connect<simple>(cells({1, 9}), cells, careless{{{0, 1}, {3}, {}}}),
                    "connect: expected the beginning of 2 rows, one for each source, and the end "
                    "of the last, found 2 numbers");
  CHECK_THROWS_WITH(net.connect<simple>(cells(0, 1), cells({1, 9}), careless{{{0, 1}, {3}, {}}}),
                    "connect: expected a target index below 2, found 3");
  net.run(1 * ms);
}

TEST_CASE("a set of neurons is a population", "[sets]") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<cell>(20, "cells");
  auto const some = cells({3, 7, 12});
  CHECK(some.size() == 3);
  CHECK(some.begin() == 3);
  CHECK(some.end() == 13);
  cells[cell::v] = i;
  CHECK(some[cell::v].get() == numbers{3, 7, 12});
  CHECK(some["v"][1] == 7);
  CHECK(some["i"].get() == numbers{0, 1, 2});
  CHECK(some["N"].get() == numbers{3, 3, 3});
  CHECK(cells({3, 4, 5})[cell::v].get() == numbers{3, 4, 5});
  CHECK(cells({11})[cell::v].get() == numbers{11});
  CHECK(cells({})[cell::v].get().empty());
  CHECK(cells(std::vector<int>{0, 19})[cell::v].get() == numbers{0, 19});
  CHECK(cells(std::vector<std::size_t>{0, 19})[cell::v].get() == numbers{0, 19});

  CHECK(some(1)[cell::v].get() == numbers{7});
  CHECK(some(1, 3)[cell::v].get() == numbers{7, 12});
  CHECK(some({0, 2})[cell::v].get() == numbers{3, 12});
  CHECK(cells(10, 20)({1, 3})[cell::v].get() == numbers{11, 13});

  some[cell::v] = 100 + i;
  cells({0, 19})[cell::v] = numbers{-1, -2};
  cells({1, 5})["v"]["i == 1"] = 55;
  some["v"][i > 0 && cell::v < 102] = 200.0;
  CHECK(cells[cell::v].get() ==
        numbers{-1, 1, 2, 100, 4, 55, 6, 200, 8, 9, 10, 11, 102, 13, 14, 15, 16, 17, 18, -2});
  CHECK(some[cell::v][cell::v > 150].get() == numbers{200});
}

TEST_CASE("a set of neurons is connected and recorded", "[sets]") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<cell>(20);
  auto const some = cells({3, 7, 12});
  some[cell::v] = 0.1 * (1 + i);
  auto synapses = net.connect<simple>(some, cells(10, 20)({1, 5, 6}), all_to_all(), 1 * ms);
  auto spikes = net.record_spikes(some);
  CHECK(cells["v"][7] == test::kept(0.1 * 2));
  CHECK(synapses.i() == indices{0, 0, 0, 1, 1, 1, 2, 2, 2});
  CHECK(synapses.j() == indices{0, 1, 2, 0, 1, 2, 0, 1, 2});
  CHECK(synapses.incoming() == indices{3, 3, 3});
  net.run(20 * ms);
  CHECK(spikes.counts().size() == 3);
}

TEST_CASE("a set of neurons draws the random numbers that each neuron has", "[sets]") {
  nernst::network few({.seed = 4}), all({.seed = 4});
  auto const x = few.population<cell>(200), y = all.population<cell>(200);
  x({3, 70, 120})[cell::v] = uniform();
  y[cell::v] = uniform();
  for (std::size_t const k : {3u, 70u, 120u}) CHECK(x["v"][k] == y["v"][k]);
  CHECK(x["v"][71] == 0);
}

TEST_CASE("a set of neurons that is none is refused", "[sets]") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<cell>(20, "cells");
  CHECK_THROWS_AS(cells({3, 20}), std::out_of_range);
  CHECK_THROWS_WITH(cells({3, 20}), "cells: expected neurons in [0, 20), found 20 at position 1");
  CHECK_THROWS_WITH(cells({-1, 3}), "cells: expected neurons in [0, 20), found -1 at position 0");
  CHECK_THROWS_AS(cells({3, 3}), std::invalid_argument);
  CHECK_THROWS_WITH(cells({3, 3}), "cells: expected a set of different neurons in ascending order, "
                                   "found 3 behind 3 at position 1");
  CHECK_THROWS_WITH(cells({1, 9, 7}), "cells: expected a set of different neurons in ascending "
                                      "order, found 7 behind 9 at position 2");
  CHECK_THROWS_WITH(cells({1, 9})({0, 2}),
                    "cells: expected neurons in [0, 2), found 2 at position 1");
  CHECK_THROWS_WITH(cells({1, 9})(0, 3), "cells: expected a slice inside [0, 2), found [0, 3)");
  CHECK_THROWS_WITH(cells({1, 9})[cell::v][2], "cells[v]: expected a neuron below 2, found 2");
  CHECK_THROWS_AS(cells({1, 9}).active(false), std::invalid_argument);
  CHECK_THROWS_WITH(net.connect<simple>(cells({1, 9}), cells, pairs({2}, {0})),
                    "pairs: expected a source index below 2 at position 0, found 2");
  CHECK_THROWS_WITH(net.connect<simple>(cells, cells({1, 9}), to_target("5")),
                    Catch::Matchers::Contains("expected a target index below 2"));
  CHECK_THROWS_WITH(net.connect<simple>(cells({1, 9}), cells({0, 5, 7}), one_to_one()),
                    "one_to_one: expected as many targets as sources, found 2 sources and 3 "
                    "targets");
}

TEST_CASE("sets are recorded", "[sets]") {
  nernst::network net({.dt = 0.1 * ms, .seed = 2});
  auto cells = net.population<cell>(40, "cells");
  cells[cell::v] = uniform();
  auto const some = cells({3, 7, 12, 39});
  auto all_spikes = net.record_spikes(cells, {"v", "i"}), few = net.record_spikes(some, {"v", "i"});
  auto counts = net.record_spikes(some, nernst::keep::counts);
  auto rate = net.record_rate(some);
  auto trace = net.record(some, {"v", "i"}, {1, 3}), whole = net.record(cells, {"v"});
  net.run(100 * ms);
  numbers times, values;
  std::vector<std::int32_t> neurons;
  for (std::size_t k = 0; k < all_spikes.count(); ++k) {
    std::int32_t const who = all_spikes.neurons()[k];
    std::int32_t const number = who == 3 ? 0 : who == 7 ? 1 : who == 12 ? 2 : who == 39 ? 3 : -1;
    if (number < 0) continue;
    times.push_back(all_spikes.times()[k]);
    neurons.push_back(number);
    values.push_back(all_spikes.values("v")[k]);
  }
  REQUIRE(times.size() > 10);
  CHECK(few.times() == times);
  CHECK(few.neurons() == neurons);
  CHECK(few.values("v") == values);
  CHECK(few.values("i") == numbers(neurons.begin(), neurons.end()));
  CHECK(few.train(3) == all_spikes.train(39));
  CHECK(counts.counts() == few.counts());
  CHECK(few.mean_rate() == Approx(static_cast<double>(times.size()) / 4 / 0.1));
  auto const rates = rate.rates();
  CHECK(std::accumulate(rates.begin(), rates.end(), 0.0) * 4 * 1e-4 ==
        Approx(static_cast<double>(times.size())));
  CHECK(trace.neurons() == indices{1, 3});
  CHECK(trace.trace("v", 1) == whole.trace("v", 7));
  CHECK(trace.trace("v", 3) == whole.trace("v", 39));
  CHECK(trace.trace("i", 3) == numbers(1000, 3));
  CHECK_THROWS_AS(trace.trace("v", 0), std::out_of_range);
  CHECK_THROWS_AS(net.record(some, {"v"}, {4}), std::out_of_range);
}

TEST_CASE("every rule connects sets as it connects slices of their sizes", "[sets]") {
  nernst::network net({.dt = 0.1 * ms, .seed = 3}), apart({.dt = 0.1 * ms, .seed = 3});
  auto cells = net.population<cell>(60), others = net.population<cell>(60);
  auto sources = apart.population<cell>(8), targets = apart.population<cell>(7);
  cells[cell::size] = i, others[cell::size] = i;
  sources[cell::size] = cells(from)[cell::size].get();
  targets[cell::size] = others(to)[cell::size].get();
  test::folder const folder;
  std::string const file = folder / "edges.csv";
  std::ofstream(file) << "0,0\n7,6\n3,2\n3,2\n";
  auto const check = [&](auto const& rule) {
    auto const set = net.connect<simple>(cells(from), others(to), rule);
    auto const slice = apart.connect<simple>(sources, targets, rule);
    CHECK(slice.size() > 0);
    CHECK(set.i() == slice.i());
    CHECK(set.j() == slice.j());
    CHECK(set.incoming() == slice.incoming());
    CHECK(set.outgoing() == slice.outgoing());
    set[simple::w] = i + 100 * j + 10000 * pre(N) + 1000000 * post(N);
    slice[simple::w] = i + 100 * j + 10000 * pre(N) + 1000000 * post(N);
    CHECK(set[simple::w].get() == slice[simple::w].get());
    CHECK(set[simple::w](3, 2).get() == slice[simple::w](3, 2).get());
    set[simple::w] = pre(cell::size) * post(cell::size);
    slice[simple::w] = pre(cell::size) * post(cell::size);
    CHECK(set[simple::w].get() == slice[simple::w].get());
  };
  check(all_to_all());
  check(pairs({7, 0, 3, 3, 0}, {6, 1, 2, 2, 0}));
  check(csr({0, 1, 1, 1, 3, 3, 3, 3, 4}, {6, 2, 3, 0}));
  check(edges_from(file));
  check(fixed_probability(0.3));
  check(fixed_in_degree(3).without_multapses());
  check(fixed_out_degree(3));
  check(fixed_total_number(20));
  check(fixed_total_number(20).without_multapses());
  check(pairwise_poisson(0.7));
  check(where(i != j && i < post(N) && pre(cell::size) < 50).probability(0.7).number(2));
  check("i != j and size_pre > size_post and j < N_pre");
  check(to_target((i + 1) % post(N)));
  check(to_target("k for k in sample(N_post, p=0.3)"));
  check(from_source("k for k in sample(N_pre, size=3) if size_pre > 4"));
}

TEST_CASE("an element that is in both sets has an autapse", "[sets]") {
  nernst::network net({.dt = 0.1 * ms, .seed = 3});
  auto cells = net.population<cell>(60);
  auto const autapses = [&](auto const& rule) {
    auto const s = net.connect<simple>(cells(from), cells(to), rule);
    auto const source = elements_of(s.i(), from), target = elements_of(s.j(), to);
    return std::make_pair(s.size(), std::inner_product(source.begin(), source.end(), target.begin(),
                                                       0, std::plus<>(), std::equal_to<>()));
  };
  CHECK(autapses(all_to_all()) == std::make_pair(std::size_t{56}, 3));
  CHECK(autapses(all_to_all().without_autapses()) == std::make_pair(std::size_t{53}, 0));
  CHECK(autapses(fixed_probability(1).without_autapses()) == std::make_pair(std::size_t{53}, 0));
  CHECK(autapses(fixed_in_degree(7).without_autapses().without_multapses()) ==
        std::make_pair(std::size_t{49}, 0));
  CHECK(autapses(fixed_out_degree(6).without_autapses().without_multapses()) ==
        std::make_pair(std::size_t{48}, 0));
  CHECK(autapses(fixed_total_number(53).without_autapses().without_multapses()) ==
        std::make_pair(std::size_t{53}, 0));
  CHECK(autapses(fixed_total_number(5000).without_autapses()) == std::make_pair(std::size_t{5000}, 0));
  CHECK(autapses(pairwise_poisson(3).without_autapses()).second == 0);
  CHECK_THROWS_WITH(autapses(fixed_total_number(54).without_autapses().without_multapses()),
                    "fixed_total_number: expected at least 54 pairs of elements that are not the "
                    "same, found 53");
  CHECK_THROWS_AS(autapses(fixed_in_degree(8).without_autapses().without_multapses()),
                  std::invalid_argument);
  auto const within = net.connect<simple>(cells(from), cells(from), one_to_one());
  CHECK(within.i() == within.j());
  CHECK(net.connect<simple>(cells(from), cells(from), one_to_one().without_autapses()).size() == 0);
}

TEST_CASE("synapses between sets are those between their neurons", "[sets]") {
  setting<simple> set(fixed_probability(0.4)), whole(set, 0);
  for (auto* s : {&set, &whole}) s->net.run(100 * ms);
  check_same(set, whole, {"w"});
  for (auto* s : {&set, &whole}) s->synapses[delay] = some_delays(s->synapses.size(), 30);
  for (auto* s : {&set, &whole}) s->net.run(100 * ms);
  check_same(set, whole, {"w"});
}

TEST_CASE("plastic synapses between sets are those between their neurons", "[sets]") {
  setting<plastic> set(where("i != j"), 2e-3), whole(set, 2e-3);
  auto const both = {&set, &whole};
  for (auto* s : both) s->net.run(100 * ms);
  check_same(set, whole, {"w", "before", "after", "seen"});
  for (auto* s : both) s->synapses[delay] = some_delays(s->synapses.size(), 30);
  for (auto* s : both) s->synapses.delay_of("back") = some_delays(s->synapses.size(), 11);
  for (auto* s : both) s->synapses.delay_of("second") = some_delays(s->synapses.size(), 5);
  for (auto* s : both) s->net.run(100 * ms);
  check_same(set, whole, {"w", "before", "after", "seen"});
#ifdef KOKKOS_ENABLE_SERIAL
  setting<plastic, Kokkos::Serial> alone(set, 2e-3);
  setting<plastic> again(where("i != j"), 2e-3);
  alone.net.run(150 * ms);
  again.net.run(150 * ms);
  check_same(alone, again, {"w", "before", "after", "seen"});
#endif
}

TEST_CASE("sums over synapses between sets are those of their neurons", "[sets]") {
  setting<summing> set(fixed_in_degree(3)), whole(set, 0);
  for (auto* s : {&set, &whole}) s->net.run(100 * ms);
  check_same(set, whole, {"w"});
  CHECK(set.cells[cell::drive].get() == whole.cells[cell::drive].get());
  CHECK(set.cells(to)[cell::drive][2] > 0);
}

TEST_CASE("sums of interleaved sets are apart, and others keep what they have", "[sets]") {
  setting<summing> s(all_to_all());
  CHECK_THROWS_WITH(s.net.connect<summing>(s.cells, s.cells({1, 58}), all_to_all()),
                    Catch::Matchers::Contains("to be no sum yet"));
  auto const between = s.cells({1, 2, 10, 57});
  s.net.connect<summing>(s.cells({0, 59}), between, all_to_all())[summing::w] = 2.0;
  s.cells[cell::drive] = 0.05;
  numbers const v = s.cells[cell::v].get(), w = s.synapses[summing::w].get();
  numbers expected(60, 0.05);
  for (std::uint32_t const n : {1u, 2u, 10u, 57u}) expected[n] = 2 * v[0] + 2 * v[59];
  for (std::uint32_t const n : to) expected[n] = 0;
  auto const sources = s.synapses.i(), targets = s.synapses.j();
  for (std::size_t k = 0; k < w.size(); ++k) expected[to[targets[k]]] += w[k] * v[from[sources[k]]];
  s.net.run(0.1 * ms);
  numbers const drive = s.cells[cell::drive].get();
  for (std::size_t n = 0; n < 60; ++n)
    CHECK(drive[n] == Approx(expected[n]).epsilon(test::up_to(1e-12)));
}

TEST_CASE("kernels read the number of a neuron within its set", "[sets]") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<firing>(20), others = net.population<firing>(30);
  auto synapses = net.connect<reading>(cells({3, 7, 12, 19}), others({0, 9, 29}), all_to_all());
  net.run(1 * ms);
  numbers x, y;
  for (int source = 0; source < 4; ++source)
    for (int target = 0; target < 3; ++target) {
      x.push_back(source + 100 * target);
      y.push_back(source + 100 * target + 10000 * 4 + 1000000 * 3);
    }
  CHECK(synapses[reading::y].get() == y);
  CHECK(synapses[reading::z].get() == x);
  auto const grown = synapses[reading::x].get();
  for (std::size_t k = 0; k < x.size(); ++k) CHECK(grown[k] == Approx(x[k]));
}

TEST_CASE("synapses between sets are added and removed, and their neurons grow", "[sets]") {
  setting<plastic> set(fixed_probability(0.5), 1e-3), whole(set, 1e-3);
  for (auto* s : {&set, &whole}) s->net.run(50 * ms);
  indices const sources{0, 7, 7, 2, 5, 0}, targets{6, 0, 3, 3, 2, 0};
  set.net.connect_more(set.synapses, pairs(sources, targets));
  whole.net.connect_more(whole.synapses,
                         pairs(elements_of(sources, from), elements_of(targets, to)));
  for (auto* s : {&set, &whole}) s->synapses[plastic::w] = 0.2 * uniform();
  for (auto* s : {&set, &whole}) s->net.run(50 * ms);
  check_same(set, whole, {"w", "before", "after", "seen"});
  for (auto* s : {&set, &whole}) s->net.remove(s->synapses, plastic::w < 0.05);
  CHECK(elements_of(set.synapses.i(), from) == whole.synapses.i());
  CHECK(elements_of(set.synapses.j(), to) == whole.synapses.j());
  for (auto* s : {&set, &whole}) s->net.run(50 * ms);
  for (auto* s : {&set, &whole}) s->net.grow(s->cells, 37);
  for (auto* s : {&set, &whole}) s->net.run(50 * ms);
  check_same(set, whole, {"w", "before", "after", "seen"});
  CHECK_THROWS_WITH(set.net.connect_more(set.synapses, pairs({8}, {0})),
                    "pairs: expected a source index below 8 at position 0, found 8");
  set.net.connect_more(set.synapses, all_to_all().without_autapses());
  CHECK(set.synapses.i().size() == set.synapses.size());
}

TEST_CASE("synapses between sets are stored and restored", "[sets]") {
  setting<plastic> stored(fixed_probability(0.5), 2e-3), restored(fixed_probability(0.5), 2e-3);
  test::folder const folder;
  std::string const path = folder / "state";
  stored.net.run(50 * ms);
  stored.net.store(path);
  restored.net.restore(path);
  for (auto* s : {&stored, &restored}) s->net.run(50 * ms);
  check_same(stored, restored, {"w", "before", "after", "seen"});
  setting<plastic> whole(stored, 2e-3);
  CHECK_THROWS_WITH(whole.net.restore(path), Catch::Matchers::Contains("from [0, 60)") &&
                                                 Catch::Matchers::Contains("8 of [1, 60)"));
}

TEST_CASE("variables are linked to those of a set", "[sets]") {
  using namespace two_populations;
  nernst::network net({});
  auto a = net.population<two_populations::cells>(20, "a");
  auto b = net.population<two_populations::cells>(3, "b");
  a[two_populations::cells::place] = i * um;
  b.link("leader", a({3, 7, 12}), "place");
  CHECK(b["leader"].get() == numbers{test::kept(3e-6), test::kept(7e-6), test::kept(12e-6)});
  b.link("leader", a({3, 7, 12}), "place", std::vector<std::int32_t>{2, 0, 2});
  CHECK(b["leader"].get() == numbers{test::kept(12e-6), test::kept(3e-6), test::kept(12e-6)});
  b[two_populations::cells::x] = 2 - i;
  b.link("leader", a({3, 7, 12}), "place", "x");
  CHECK(b["leader"].get() == numbers{test::kept(12e-6), test::kept(7e-6), test::kept(3e-6)});
  CHECK_THROWS_AS(b.link("leader", a({3, 7}), "place"), std::invalid_argument);
  CHECK_THROWS_WITH(b({0, 2}).link("leader", a({3, 7}), "place"),
                    Catch::Matchers::Contains("expected a whole population"));
}

TEST_CASE("Poisson input reaches the neurons of a set", "[sets]") {
  nernst::network net({.seed = 2}), apart({.seed = 2});
  auto cells = net.population<counted>(20), all = apart.population<counted>(20);
  net.poisson_input(cells({3, 7, 12}), counted::x, 100, 50 * Hz, 1 + i);
  apart.poisson_input(all, counted::x, 100, 50 * Hz, 1.0);
  net.run(20 * ms);
  apart.run(20 * ms);
  numbers expected = all({3, 7, 12})[counted::x].get();
  for (std::size_t k = 0; k < 3; ++k) expected[k] *= static_cast<double>(k + 1);
  CHECK(cells({3, 7, 12})[counted::x].get() == expected);
  CHECK(expected[0] > 0);
  CHECK(cells({0, 4, 8, 13, 19})[counted::x].get() == numbers(5, 0));
}
