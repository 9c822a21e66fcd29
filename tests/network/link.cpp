// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Linked variables. The numbers are those of Brian 2's tests of linked variables, except where a
// derivation stands beside them.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "precision.hpp"

using namespace nernst::dsl;

namespace {

using numbers = std::vector<double>;

struct leaky {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto y = parameter<"y">(one);
  static constexpr auto all = shared<"all">(volt);
  static constexpr auto model = neuron(d(v) / dt = -v / (10 * ms) + 0 / second * (y * volt + all));
};
struct watcher {
  static constexpr auto v = linked<"v">(volt);
  static constexpr auto doubled = subexpression<"doubled">(2 * v);
  static constexpr auto own = state<"own">(volt);
  static constexpr auto place = parameter<"place">(integer);
  static constexpr auto model =
      neuron(doubled, d(own) / dt = (v - own) / ms + 0 * volt / second * place, method(euler));
};
/// Sees what another watcher sees.
struct second_hand {
  static constexpr auto seen = linked<"seen">(volt);
  static constexpr auto model = neuron(every(dt, state<"copy">(volt) = seen).when(slot::end));
};

struct counted {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model = neuron(every(1 * second, x += 0));
};
struct resetting {
  static constexpr auto x = linked<"x_linked">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto model = neuron(threshold(y > 1), reset(y = 0, x += 1));
};

struct mirror {
  static constexpr auto x = parameter<"x">(one);
  static constexpr auto y = linked<"y">(one);
  static constexpr auto z = state<"z">(one);
  static constexpr auto model = neuron(every(dt, z = y + 0 * x));
};

/// Each is driven by another population's present state.
struct chain {
  static constexpr auto v = state<"v">(one);
  static constexpr auto from = linked<"from">(one);
  static constexpr auto model = neuron(d(v) / dt = (from + 1 - v) / ms, method(euler));
};

numbers ramp(std::size_t size, double step = 1) {
  numbers x;
  for (std::size_t k = 0; k < size; ++k) x.push_back(step * static_cast<double>(k));
  return x;
}

struct rising {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(d(v) / dt = 10 / ms, method(euler));
};
struct alerted {
  static constexpr auto seen = linked<"seen">(one);
  static constexpr auto model = neuron(threshold(seen > 2.5));
};

}  // namespace

TEST_CASE("a linked variable follows the other population") {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.population<leaky>(10);
  auto cells = net.population<watcher>(10);
  source[leaky::v] = ramp(10, 2e-3);
  cells.link(watcher::v, source, leaky::v);
  auto m1 = net.record(source, {"v"}), m2 = net.record(cells, {"v"}),
       m3 = net.record(cells, {"doubled"});
  CHECK(cells["v"].get() == source["v"].get());
  net.run(10 * ms);
  for (std::size_t s = 0; s < m1.steps(); ++s)
    for (std::size_t n = 0; n < 10; ++n) {
      REQUIRE(m1.at(s, 0, n) == m2.at(s, 0, n));
      REQUIRE(2 * m1.at(s, 0, n) == m3.at(s, 0, n));
    }
  CHECK(cells[watcher::doubled].get()[9] == 2 * source["v"][9]);
}

TEST_CASE("linked to the wrong thing") {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.population<leaky>(10, "source"), few = net.population<leaky>(5);
  auto cells = net.population<watcher>(10, "cells");
  CHECK_THROWS_WITH(net.run(0 * ms),
                    "cells[v]: expected to be linked to another variable before a run");
  CHECK_THROWS_WITH(cells.link("v", source, "y"),
                    "cells[v]: expected a variable in V, found one in 1");
  CHECK_THROWS_WITH(cells.link("v", few, "v"), "cells[v]: expected 10 neurons, found 5");
  CHECK_THROWS_WITH(cells.link("own", source, "v"),
                    "cells[own]: expected a linked variable, found another kind");
  CHECK_THROWS_AS(cells.link("v", source, "nothing"), std::invalid_argument);
  CHECK_THROWS_AS(cells.link("v", cells, "doubled"), std::invalid_argument);
  CHECK_THROWS_AS(cells.link("v", cells, "own"), std::invalid_argument);
  CHECK_THROWS_AS(cells(0, 5).link("v", few, "v"), std::invalid_argument);
  CHECK_THROWS_AS(cells["v"] = 1 * mV, std::invalid_argument);
  std::vector<std::int32_t> const five(5, 0);
  CHECK_THROWS_WITH(cells.link("v", source, "v", five), "cells[v]: expected 10 indices, found 5");
  std::vector<std::int32_t> high(10, 10), low(10, -1);
  CHECK_THROWS_WITH(cells.link("v", source, "v", high),
                    "cells[v]: expected an index in [0, 10), found 10");
  CHECK_THROWS_AS(cells.link("v", source, "v", low), std::out_of_range);
}

TEST_CASE("linked with an index, within a population too") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<mirror>(37);
  cells[mirror::x] = ramp(37);
  std::vector<std::int32_t> backwards;
  for (int k = 36; k >= 0; --k) backwards.push_back(k);
  cells.link(mirror::y, cells, mirror::x, backwards);
  net.run(0.1 * ms);
  for (std::size_t k = 0; k < 37; ++k) {
    CHECK(cells["y"][k] == static_cast<double>(36 - k));
    CHECK(cells["z"][k] == static_cast<double>(36 - k));
  }
}

TEST_CASE("linked with an index in a variable, which is read at each run") {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.population<leaky>(3);
  auto cells = net.population<watcher>(5);
  source[leaky::v] = numbers{0.5, 1.5, 2.5};
  cells[watcher::place] = numbers{0, 1, 2, 1, 0};
  cells.link(watcher::v, source, leaky::v, watcher::place);
  CHECK(cells["v"].get() == numbers{0.5, 1.5, 2.5, 1.5, 0.5});
  cells[watcher::place] = 2;
  net.run(0 * ms);
  CHECK(cells["v"].get() == numbers(5, 2.5));
  cells[watcher::place] = 3;
  CHECK_THROWS_AS(net.run(0 * ms), std::out_of_range);
  CHECK_THROWS_WITH(net.run(0 * ms),
                    "population 1[v]: expected an index in [0, 3), found 3 for neuron 0");
  cells[watcher::place] = 1;
  net.run(0 * ms);
  CHECK(cells["v"].get() == numbers(5, 1.5));
  CHECK_THROWS_AS(cells.link("v", source, "v", "own"), std::invalid_argument);
}

TEST_CASE("linked to slices, to one neuron, to a shared variable") {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.population<leaky>(10);
  source[leaky::v] = ramp(10);
  source[leaky::all] = 7 * volt;
  auto cells = net.population<watcher>(4);
  cells.link(watcher::v, source(5, 9), leaky::v);
  CHECK(cells["v"].get() == numbers{5, 6, 7, 8});
  cells.link(watcher::v, source(5, 9), leaky::v, std::vector<std::int32_t>{3, 2, 1, 0});
  CHECK(cells["v"].get() == numbers{8, 7, 6, 5});
  cells.link(watcher::v, source(2, 3), leaky::v);
  CHECK(cells["v"].get() == numbers{2, 2, 2, 2});
  cells.link(watcher::v, source, leaky::all);
  CHECK(cells["v"].get() == numbers{7, 7, 7, 7});
  net.run(0.1 * ms);
  CHECK(cells["own"][3] == Approx(0.7));
}

TEST_CASE("linked to what is linked") {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.population<leaky>(4);
  source[leaky::v] = ramp(4);
  auto between = net.population<watcher>(4);
  auto cells = net.population<second_hand>(2), more = net.population<second_hand>(4);
  CHECK_THROWS_AS(more.link(second_hand::seen, between, watcher::v), std::invalid_argument);
  between.link(watcher::v, source, leaky::v, std::vector<std::int32_t>{3, 2, 1, 0});
  more.link(second_hand::seen, between, watcher::v);
  cells.link(second_hand::seen, between(1, 4), watcher::v, std::vector<std::int32_t>{0, 2});
  CHECK(more["seen"].get() == numbers{3, 2, 1, 0});
  CHECK(cells["seen"].get() == numbers{2, 0});
  net.run(0.1 * ms);
  CHECK(cells["copy"].get() == numbers{source["v"][2], source["v"][0]});
}

TEST_CASE("a reset writes into the other population") {
  nernst::network net({.dt = 0.1 * ms});
  auto counts = net.population<counted>(3);
  auto cells = net.population<resetting>(3);
  cells.link(resetting::x, counts, counted::x);
  cells[resetting::y] = numbers{0, 1.1, 0};
  net.run(0.3 * ms);
  CHECK(counts["x"].get() == numbers{0, 1, 0});
}

TEST_CASE("many resets write into few neurons, each of them") {
  nernst::network net({.dt = 0.1 * ms});
  auto few = net.population<counted>(3);
  auto cells = net.population<resetting>(100);
  std::vector<std::int32_t> index;
  for (int k = 0; k < 100; ++k) index.push_back(k % 3);
  cells.link(resetting::x, few, counted::x, index);
  cells[resetting::y] = 2;
  net.run(0.3 * ms);
  CHECK(few["x"].get() == numbers{34, 33, 33});
}

TEST_CASE("a reset cannot write into one neuron, or a shared variable, for many") {
  nernst::network net({.dt = 0.1 * ms});
  auto single = net.population<counted>(1);
  auto cell = net.population<resetting>(1), cells = net.population<resetting>(2);
  cell.link(resetting::x, single, counted::x);
  cell[resetting::y] = 1.1;
  CHECK_THROWS_AS(cells.link(resetting::x, single, counted::x), std::invalid_argument);
}

TEST_CASE("populations act in the order in which they were made") {
  nernst::network net({.dt = 0.1 * ms});
  auto a = net.population<chain>(20), b = net.population<chain>(20);
  std::vector<std::int32_t> backwards;
  for (int k = 19; k >= 0; --k) backwards.push_back(k);
  a.link(chain::from, b, chain::v, backwards);
  b.link(chain::from, a, chain::v, backwards);
  a[chain::v] = ramp(20);
  net.run(1 * ms);
  numbers va = ramp(20), vb(20, 0);
  for (int step = 0; step < 10; ++step) {
    for (std::size_t k = 0; k < 20; ++k) va[k] += 0.1 * (vb[19 - k] + 1 - va[k]);
    for (std::size_t k = 0; k < 20; ++k) vb[k] += 0.1 * (va[19 - k] + 1 - vb[k]);
  }
  for (std::size_t k = 0; k < 20; ++k) {
    CHECK(a["v"][k] == Approx(va[k]).epsilon(test::up_to(1e-13)));
    CHECK(b["v"][k] == Approx(vb[k]).epsilon(test::up_to(1e-13)));
  }
}

TEST_CASE("a threshold finds linked variables after the update of their population, whichever was "
          "made first") {
  nernst::network net({.dt = 0.1 * ms});
  auto watching = net.population<alerted>(3);
  auto source = net.population<rising>(3);
  watching.link("seen", source, "v");
  auto spikes = net.record_spikes(watching);
  net.run(0.4 * ms);
  CHECK(spikes.steps() == std::vector<std::int64_t>{2, 2, 2, 3, 3, 3});
}
