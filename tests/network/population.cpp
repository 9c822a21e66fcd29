// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "precision.hpp"
#include <set>

using namespace nernst::dsl;
using Catch::Matchers::Contains;

namespace {

struct leaky {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto tau = parameter<"tau">(second);
  static constexpr auto E = shared<"E">(volt);
  static constexpr auto model =
      neuron(d(v) / dt = (E - v) / tau, threshold(v > 1 * volt), reset(v = 0 * volt));
};

}  // namespace

TEST_CASE("a population knows its size, a slice its place") {
  nernst::network net({});
  auto cells = net.population<leaky>(100);
  CHECK(cells.size() == 100);
  CHECK(cells.begin() == 0);
  CHECK(cells.end() == 100);
  auto slice = cells(20, 60), inner = slice(10, 15);
  CHECK(slice.size() == 40);
  CHECK(inner.begin() == 30);
  CHECK(inner.end() == 35);
  CHECK(cells(0, 100).size() == 100);
  CHECK(cells(100, 100).size() == 0);
}

TEST_CASE("a slice that is not there is refused") {
  nernst::network net({});
  auto cells = net.population<leaky>(10, "cells");
  CHECK_THROWS_AS(cells(0, 11), std::out_of_range);
  CHECK_THROWS_WITH(cells(0, 11), "cells: expected a slice inside [0, 10), found [0, 11)");
  CHECK_THROWS_WITH(cells(-1, 5), Contains("found [-1, 5)"));
  CHECK_THROWS_AS(cells(6, 5), std::out_of_range);
  CHECK_THROWS_WITH(cells(2, 8)(3, 7), "cells: expected a slice inside [0, 6), found [3, 7)");
  CHECK_THROWS_AS(cells(0, std::int64_t{1} << 32), std::out_of_range);
}

TEST_CASE("values start at 0 and are set by expressions, lists and slices") {
  nernst::network net({});
  auto cells = net.population<leaky>(50);
  for (double const v : cells[leaky::v].get()) REQUIRE(v == 0);

  cells[leaky::v] = -60 * mV + i * mV;
  CHECK(cells[leaky::v][0] == Approx(-0.060));
  CHECK(cells[leaky::v][49] == Approx(-0.011));

  cells(10, 20)[leaky::v] = i * volt;
  CHECK(cells[leaky::v][9] == Approx(-0.051));
  CHECK(cells[leaky::v][10] == 0);
  CHECK(cells[leaky::v][19] == 9);
  CHECK(cells[leaky::v][20] == Approx(-0.040));
  CHECK(cells(10, 20)[leaky::v].get().size() == 10);

  cells(0, 3)[leaky::v] = std::vector<double>{0.25, 0.5, 0.75};
  CHECK(cells[leaky::v][2] == 0.75);
  cells[leaky::tau] = 10 * ms;
  cells[leaky::v] = leaky::v * (leaky::tau / ms);
  CHECK(cells[leaky::v][2] == 7.5);
}

TEST_CASE("a shared variable has one value") {
  nernst::network net({});
  auto cells = net.population<leaky>(50);
  cells[leaky::E] = 3 * volt;
  CHECK(cells[leaky::E].get() == std::vector<double>{3});
  cells[leaky::v] = leaky::E * 2;
  CHECK(cells[leaky::v][49] == 6);
  cells[leaky::E] = leaky::E + 1 * volt;
  CHECK(cells[leaky::E][0] == 4);
  cells[leaky::E] = std::vector<double>{5};
  CHECK(cells["E"][0] == 5);
  CHECK_THROWS_AS((cells[leaky::E] = leaky::v), std::invalid_argument);
}

TEST_CASE("variables are found by name") {
  nernst::network net({});
  auto cells = net.population<leaky>(3, "cells");
  cells["v"] = std::vector<double>{1, 2, 3};
  CHECK(cells["v"].get() == cells[leaky::v].get());
  CHECK_THROWS_AS(cells["u"], std::invalid_argument);
  CHECK_THROWS_WITH(cells["u"],
                    Contains("v, tau, E") || (Contains("cells") && Contains("found 'u'")));
}

TEST_CASE("a wrong number of values is refused") {
  nernst::network net({});
  auto cells = net.population<leaky>(3, "cells");
  CHECK_THROWS_WITH((cells[leaky::v] = std::vector<double>{1, 2}),
                    "cells[v]: expected 3 values, found 2");
  CHECK_THROWS_WITH((cells(0, 2)[leaky::v] = std::vector<double>{1, 2, 3}),
                    "cells[v]: expected 2 values, found 3");
  CHECK_THROWS_WITH((cells[leaky::E] = std::vector<double>{}),
                    "cells[E]: expected 1 values, found 0");
}

TEST_CASE("random values depend on the seed and on nothing else") {
  auto const drawn = [](std::uint64_t seed) {
    nernst::network net({.seed = seed});
    auto cells = net.population<leaky>(3000), others = net.population<leaky>(3000);
    cells[leaky::v] = uniform() * volt;
    auto const first = cells[leaky::v].get();
    others[leaky::v] = uniform() * volt;
    CHECK(first != others[leaky::v].get());
    cells[leaky::v] = uniform() * volt;
    CHECK(first != cells[leaky::v].get());
    CHECK(std::set<double>(first.begin(), first.end()).size() > 2990);
    return first;
  };
  CHECK(drawn(1) == drawn(1));
  CHECK(drawn(1) != drawn(2));
}

TEST_CASE("exact integration has a time constant for each neuron") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<leaky>(37);
  cells[leaky::tau] = (1 + i) * ms;
  cells[leaky::E] = 0.5 * volt;
  cells[leaky::v] = 0.9 * volt;
  net.run(7 * ms);
  auto const v = cells[leaky::v].get();
  for (std::size_t n = 0; n < v.size(); ++n)
    CHECK(v[n] == Approx(0.5 + 0.4 * std::exp(-7.0 / static_cast<double>(n + 1)))
                      .epsilon(test::up_to(1e-12)));
  cells[leaky::tau] = 1 * ms;  // and another in the next run
  net.run(1 * ms);
  CHECK(cells[leaky::v][36] ==
        Approx(0.5 + (v[36] - 0.5) * std::exp(-1.0)).epsilon(test::up_to(1e-12)));
}

TEST_CASE("populations may be empty, single, and many") {
  nernst::network net({.dt = 0.1 * ms});
  auto nobody = net.population<leaky>(0);
  auto none = net.record_spikes(nobody);
  nobody[leaky::v] = 1 * volt;
  CHECK(nobody[leaky::v].get().empty());
  std::vector<decltype(nobody)> all;
  std::vector<nernst::spike_record> spikes;
  for (std::uint32_t k = 0; k < 40; ++k) {
    all.push_back(net.population<leaky>(1 + k % 3 * 17));
    all.back()[leaky::tau] = 1 * ms;
    all.back()[leaky::E] = 2 * volt;
    all.back()[leaky::v] = i / 100.0 * volt;
    spikes.push_back(net.record_spikes(all.back()));
  }
  net.run(5 * ms);
  CHECK(none.count() == 0);
  CHECK(none.mean_rate() == 0);
  CHECK(spikes[0].steps() ==
        std::vector<std::int64_t>{6, 13, 20, 27, 34, 41,
                                  48});  // the least k with 2 (1 - exp(-k/10)) > 1 is 7
  for (std::size_t k = 3; k < 40; ++k) {
    CHECK(spikes[k].steps() == spikes[k % 3].steps());
    CHECK(all[k][leaky::v].get() == all[k % 3][leaky::v].get());
  }
}

TEST_CASE("reading one value outside of a slice says where it ends", "[population]") {
  nernst::network net({});
  auto cells = net.population<leaky>(5, "cells");
  CHECK_THROWS_WITH(cells(1, 4)[leaky::v][3], "cells[v]: expected a neuron below 3, found 3");
}
