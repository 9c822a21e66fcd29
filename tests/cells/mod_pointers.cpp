// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What mechanisms write by POINTER, beside NEURON: see tests/nmodl/pointers/make_reference.py.

#include <nernst/cable.hpp>
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include <cmath>
#include <fstream>
#include <mod/driver.hpp>
#include <mod/follower.hpp>
#include <sstream>

using namespace nernst::dsl;

namespace {

/// The follower of the compartment behind, round each cell of three.
std::vector<std::int32_t> behind(int cells) {
  std::vector<std::int32_t> all;
  for (int k = 0; k < 3 * cells; ++k) all.push_back(k / 3 * 3 + (k + 1) % 3);
  return all;
}

/// The same in C++.
struct giver {
  static constexpr auto given = linked<"given">(siemens / metre2);
  static constexpr auto rest = state<"rest">(one);
  static constexpr auto model =
      density(d(rest) / dt = -rest / (5 * ms), initial(rest = 1, given = 2 * siemens / metre2),
              write(given = rest * siemens / metre2));
};

struct driven_cells {
  nernst::network<> net{{.dt = 0.025 * ms}};
  decltype(net.cells(1, nernst::morphology(cylinder(1 * um, 1 * um)),
                     nernst::fixed_per_branch(1))) all;
  decltype(all.paint<mod::driver>(whole)) drivers;
  decltype(all.paint<mod::follower>(whole)) followers;

  explicit driven_cells(std::uint32_t count)
      : all(net.cells(count, nernst::morphology(cylinder(300 * um, 2 * um)),
                      nernst::fixed_per_branch(3))),
        drivers(all.paint<mod::driver>(whole)), followers(all.paint<mod::follower>(whole)) {
    std::vector<double> tau;
    for (std::uint32_t cell = 0; cell < count; ++cell)
      for (std::uint32_t k = 0; k < 3; ++k) tau.push_back(1e-3 * (1 + cell % 2 + k));
    drivers["tau"] = tau;
    all.initialise(-55 * mV);
  }
  void link(std::vector<std::int32_t> const& to) {
    drivers.link("strength", followers, "g", to);
    drivers.link("level", followers, "level", to);
    drivers.link("count", followers, "count", to);
  }
  /// In the units of the file. Behind the ends of cells are compartments without an area.
  std::vector<double> get(std::string const& name) const {
    std::vector<double> found;
    if (name == "v") {
      std::vector<double> const v = all["v"].get();
      for (std::size_t k = 0; k < v.size(); ++k)
        if (k % 5 > 0 && k % 5 < 4) found.push_back(1e3 * v[k]);
    } else {
      found = followers[name].get();
    }
    if (name == "g")
      for (double& x : found) x *= 1e-4;
    return found;
  }
};

}  // namespace

TEST_CASE("mechanisms write by POINTER what they do in NEURON", "[cells][nmodl]") {
  driven_cells cells(2);
  cells.link(behind(2));
  std::ifstream file(NERNST_TEST_DATA "/../nmodl/pointers/reference.txt");
  int done = 0, lines = 0;
  for (std::string line; std::getline(file, line); ++lines) {
    std::istringstream words(line);
    int step = 0;
    std::string name;
    words >> step >> name;
    if (step > done) cells.net.run((step - done) * 0.025 * ms);
    done = step;
    std::vector<double> const ours = cells.get(name);
    REQUIRE(ours.size() == 6);
    for (double const our : ours) {
      double theirs = 0;
      words >> theirs;
      INFO(step << " " << name);
      CHECK(our == Approx(theirs).epsilon(1e-9));
    }
  }
  CHECK(lines == 20);
}

// The matrix of cells that stand alone is eliminated in another order, which rounds otherwise.
constexpr double alone = 1e-11;

TEST_CASE("what is written by POINTER does not depend on how many cells are beside",
          "[cells][nmodl]") {
  driven_cells two(2), many(25);
  two.link(behind(2));
  many.link(behind(25));
  two.net.run(3 * ms);
  many.net.run(3 * ms);
  for (char const* name : {"v", "g", "x"}) {
    std::vector<double> const few = two.get(name), more = many.get(name);
    for (std::size_t k = 0; k < more.size(); ++k) {
      CHECK(more[k] == more[k % 6]);
      CHECK(more[k] == Approx(few[k % 6]).epsilon(alone));
    }
  }
}

TEST_CASE("a POINTER that is written leads to a variable of its own in its cell",
          "[cells][nmodl]") {
  driven_cells cells(2);
  cells.link(behind(2));
  SECTION("not into another cell") {
    cells.drivers.link("level", cells.followers, "level", {1, 2, 3, 4, 5, 0});
    CHECK_THROWS_WITH(cells.net.run(1 * ms),
                      Catch::Contains("[level]: expected a variable of the same cell, as "
                                      "statements write it, found one of cell 1 for an element in "
                                      "cell 0"));
  }
  SECTION("not several to one") {
    cells.drivers.link("level", cells.followers, "level", {1, 1, 0, 4, 5, 3});
    CHECK_THROWS_WITH(cells.net.run(1 * ms),
                      Catch::Contains("[level]: expected a variable for each element, as "
                                      "statements write it, found one that several write"));
  }
  SECTION("not into other cells") {
    auto const others = cells.net.cells(2, nernst::morphology(cylinder(300 * um, 2 * um)),
                                        nernst::fixed_per_branch(3));
    auto const there = others.paint<mod::follower>(whole);
    cells.drivers.link("level", there, "level", behind(2));
    CHECK_THROWS_WITH(cells.net.run(1 * ms),
                      Catch::Contains("expected to be written by its own cells alone"));
  }
}

TEST_CASE("a mechanism in C++ writes into another one", "[cells]") {
  nernst::network net({.dt = 0.025 * ms});
  auto const cells =
      net.cells(2, nernst::morphology(cylinder(300 * um, 2 * um)), nernst::fixed_per_branch(3));
  auto const givers = cells.paint<giver>(whole);
  auto const followers = cells.paint<mod::follower>(whole);
  givers.link("given", followers, "g", behind(2));
  net.run(2 * ms);
  double const left = std::exp(-0.4);
  for (double const g : followers["g"].get()) CHECK(g == Approx(left).epsilon(1e-12));
}
