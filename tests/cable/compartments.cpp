// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/cable/compartments.hpp>
#include <nernst/language/units.hpp>

#include "cable/peer_data.hpp"
#include "catch.hpp"
#include <numbers>
#include <numeric>

using namespace nernst::dsl;
using namespace nernst::language;
using nernst::compartments;
using nernst::morphology;

namespace {

double constexpr pi = std::numbers::pi;

nernst::passive_membrane const usual{.axial_resistivity = 100 * ohm * cm,
                                     .capacitance = 1 * uF / (cm * cm)};

double sum(std::vector<double> const& all) {
  return std::accumulate(all.begin(), all.end(), 0.0);
}

std::size_t at_index(int k) {
  return static_cast<std::size_t>(k);
}

/// A soma with an axon, and two dendrites on a stem.
morphology neuron() {
  morphology cell(cylinder(20 * um, 20 * um).tagged(1));
  cell["axon"] = cylinder(300 * um, 1 * um).tagged(2);
  cell.all().child_at(0.5, "stem") =
      section({50 * um, 50 * um}, {4 * um, 2 * um, 3 * um}).tagged(3);
  cell["stem"]["L"] = cylinder(100 * um, 1 * um).tagged(3);
  cell["stem"]["R"] = section({80 * um}, {2 * um, 0.5 * um}).tagged(4);
  return cell;
}

}  // namespace

TEST_CASE("compartments: area, axial resistance and diameter are NEURON's, cut by d_lambda",
          "[cable]") {
  int segments = 0;
  for (auto const& cell : test::peer_cells("neuron.txt")) {
    INFO(cell.name);
    auto const shape = morphology::from_swc(test::peer_path(cell.name + ".swc"));
    compartments const c(shape, nernst::d_lambda(0.1, usual));
    std::vector<double> const g = c.axial_conductance(usual.axial_resistivity);
    int next = 0;
    auto line = cell.lines.begin();
    // Here as there, sections stand in the order in which they are made; theirs by type.
    while (line != cell.lines.end()) {
      std::string name = line->words[1];
      int const count = static_cast<int>(line->number(5));
      INFO(name);
      bool is_known = false;
      for (auto const& b : shape.branches()) is_known = is_known || b.name == name;
      int const branch = shape.find(is_known ? name : name.substr(0, name.find('[')));
      int const first = c.holding(nernst::cable::location{branch, 0.5 / count});
      ++line;
      for (int k = first; k < first + count; ++k, ++line) {
        std::size_t const here = at_index(k);
        CHECK(c.centre[here].branch == branch);
        CHECK(c.centre[here].at == Approx((k - first + 0.5) / count).epsilon(1e-14));
        CHECK(c.area[here] * 1e12 == Approx(std::stod(line->words[0])).epsilon(1e-13));
        CHECK(1e-6 / g[here] == Approx(line->number(1)).epsilon(1e-13));
        CHECK(c.diameter[here] * 1e6 == Approx(line->number(2)).epsilon(1e-13));
        ++segments;
      }
      CHECK(c.holding(nernst::cable::location{branch, 1}) == first + count);
      next += count + 1;
    }
    CHECK(c.size() == next + 1);
  }
  CHECK(segments > 400);
}

TEST_CASE("compartments: areas, resistances and distances are Brian's, one for each frustum",
          "[cable]") {
  int count = 0;
  for (auto const& cell : test::peer_cells("brian.txt")) {
    INFO(cell.name);
    auto const shape =
        morphology::from_swc(test::peer_path(cell.name + ".swc"), nernst::swc_reading::brian);
    compartments const c(shape, nernst::each_frustum());
    auto const way = c.values(distance, um);
    int branch = -1, k = -1;
    for (auto const& line : cell.lines) {
      if (line.words[0] == "section") {
        ++branch;
        auto const& b = shape.branches().at(at_index(branch));
        CHECK(b.parent == static_cast<int>(line.number(1)));
        k = b.is_sphere ? 0 : c.holding(nernst::cable::location{branch, 1e-9});
        for (std::size_t name = 2; name < line.words.size(); ++name)
          if (line.words[name].size() == 1)
            CHECK(nernst::cable::part(shape, b.parent)[line.words[name]].number() == branch);
        continue;
      }
      std::size_t const here = at_index(k++);
      CHECK(c.centre[here].branch == branch);
      CHECK(c.area[here] * 1e12 == Approx(std::stod(line.words[0])).epsilon(1e-12));
      CHECK(way[here] == Approx(line.number(1)).epsilon(1e-12).margin(1e-12));
      if (shape.branches()[at_index(branch)].is_sphere) continue;
      CHECK(1e6 / c.resistance[here] == Approx(line.number(2)).epsilon(1e-12));
      CHECK(1e6 / c.resistance_in_parent[here + 1] == Approx(line.number(3)).epsilon(1e-12));
      ++count;
    }
    CHECK(branch + 1 == shape.size());
  }
  CHECK(count > 800);
}

TEST_CASE("compartments: parents stand before their children", "[cable]") {
  auto const cell = neuron();
  compartments const c(cell, nernst::fixed_per_branch(3));
  REQUIRE(c.size() == 1 + 5 * 4);
  CHECK(c.parent[0] == -1);
  for (int k = 1; k < c.size(); ++k) CHECK(c.parent[at_index(k)] < k);
  // The axon begins at the soma's end, the stem at its middle.
  CHECK(c.parent[at_index(c.holding(cell["axon"].at(0.1)))] == c.holding(cell["soma"].at(1.0)));
  CHECK(c.parent[at_index(c.holding(cell["stem"].at(0.1)))] == c.holding(cell["soma"].at(0.5)));
  CHECK(c.holding(cell["axon"].at(0.0)) == c.holding(cell["soma"].at(1.0)));
  CHECK(c.holding(cell["soma"].at(0.0)) == 0);
}

TEST_CASE("compartments: as many as a function says", "[cable]") {
  auto const cell = neuron();
  auto const nseg = [](nernst::cable::branch const& b) { return b.name == "soma" ? 1 : 101; };
  compartments const c(cell, nernst::fixed_per_branch(nseg));
  CHECK(c.size() == 1 + 2 + 4 * 102);
  CHECK(c.length[1] == Approx(20e-6));
}

TEST_CASE("compartments: nothing is lost, however a neuron is cut", "[cable]") {
  auto const cell = neuron();
  double const ring = 0;  // no step of the radius here
  double const side = pi * (2e-6 + 1e-6) * std::hypot(50e-6, 1e-6) +
                      pi * (1e-6 + 1.5e-6) * std::hypot(50e-6, 0.5e-6);
  double const area = pi * 20e-6 * 20e-6 + pi * 1e-6 * 300e-6 + side + pi * 1e-6 * 100e-6 +
                      pi * (1e-6 + 0.25e-6) * std::hypot(80e-6, 0.75e-6) + ring;
  for (auto const& how :
       {nernst::single_compartment(), nernst::fixed_per_branch(1), nernst::fixed_per_branch(7),
        nernst::greatest_length(11 * um), nernst::d_lambda(0.01, usual)}) {
    compartments const c(cell, how);
    CHECK(sum(c.area) == Approx(area).epsilon(1e-13));
    CHECK(sum(c.length) == Approx(600e-6).epsilon(1e-13));
  }
}

TEST_CASE("compartments: how many there are", "[cable]") {
  auto const cell = neuron();
  CHECK(compartments(cell, nernst::single_compartment()).size() == 1);
  compartments const longest(cell, nernst::greatest_length(100 * um));
  CHECK(longest.size() == 1 + (1 + 3 + 1 + 1 + 1) + 5);
  // arbor 0.12.2: arbor.cv_data(cable_cell(tree of arbor1.swc, ..., cv_policy_max_extent(7 um)))
  auto const tree = morphology::from_swc(test::peer_path("arbor1.swc"), nernst::swc_reading::arbor);
  std::vector<std::size_t> counts;
  for (auto const& b : tree.branches())
    counts.push_back(nernst::greatest_length(7 * um).ends(b).size());
  CHECK(counts == std::vector<std::size_t>{3, 11, 11, 15, 12, 11, 9,  4, 25, 10, 2, 3,  10, 5,
                                           7, 1,  19, 5,  14, 11, 15, 4, 16, 13, 8, 15, 4,  2});
  // Rounding does not make a fourth of three thirds.
  morphology const third(cylinder(0.3 * um, 1 * um));
  CHECK(compartments(third, nernst::greatest_length(0.1 * um)).size() == 3 + 2);
}

TEST_CASE("compartments: a sphere is one, without a resistance inside, as in Brian", "[cable]") {
  morphology cell(sphere(30 * um));
  cell["axon"] = cylinder(100 * um, 2 * um);
  compartments const c(cell, nernst::fixed_per_branch(2));
  // Brian 2.9: Soma(30*um) with Cylinder(100*um, 2*um, n=2): area 2827.43, 314.16, 314.16 um^2,
  // distance 25, 75 um; the conductance to the soma is that of a quarter of the axon.
  REQUIRE(c.size() == 4);
  CHECK(c.parent == std::vector<int>{-1, 0, 1, 2});
  CHECK(c.area[0] == Approx(pi * 30e-6 * 30e-6));
  CHECK(c.area[1] == Approx(pi * 2e-6 * 50e-6));
  CHECK(c.resistance[1] == Approx(25e-6 / (pi * 1e-12)));
  CHECK(c.resistance_in_parent[1] == 0);
  auto const path = c.values(distance, um);
  CHECK(path[0] == 0);
  CHECK(path[1] == Approx(25));
  CHECK(path[2] == Approx(75));
  CHECK(path[3] == Approx(100));
}

TEST_CASE("compartments: a resistivity for each", "[cable]") {
  morphology const cell(cylinder(90 * um, 2 * um));
  compartments const c(cell, nernst::fixed_per_branch(3));
  double const half = 15e-6 / (pi * 1e-12);
  auto const g = c.axial_conductance({1, 1, 2, 3, 5});
  CHECK(g[0] == 0);
  CHECK(1 / g[1] == Approx(half * 1));
  CHECK(1 / g[2] == Approx(half * (1 + 2)));
  CHECK(1 / g[3] == Approx(half * (2 + 3)));
  CHECK(1 / g[4] == Approx(half * 3));
  CHECK_THROWS_WITH(c.axial_conductance({1, 2}),
                    "axial_conductance: expected 5 resistivities, found 2");
  CHECK_THROWS_WITH(c.axial_conductance(0 * ohm * cm),
                    "axial_conductance: expected a resistivity above 0, found 0");
}

TEST_CASE("compartments: a region covers fractions of areas", "[cable]") {
  auto const cell = neuron();
  compartments const c(cell, nernst::fixed_per_branch(3));
  auto const axon_half = c.covered_by(cell["axon"](50 * um, 150 * um));
  REQUIRE(axon_half.size() == 2);
  CHECK(axon_half[0].compartment == c.holding(cell["axon"].at(0.2)));
  CHECK(axon_half[0].fraction == Approx(0.5));
  CHECK(axon_half[1].fraction == Approx(0.5));
  double area = 0;
  for (auto const& x : c.covered_by(tag(3) && radius < 1.5 * um))
    area += x.fraction * c.area[at_index(x.compartment)];
  // Of the stem from 25 um on (where it is thinner than 3 um) all, and all of L.
  double const stem = pi * (1.5e-6 + 1e-6) * std::hypot(25e-6, 0.5e-6) +
                      pi * (1e-6 + 1.5e-6) * std::hypot(50e-6, 0.5e-6);
  CHECK(area == Approx(stem + pi * 1e-6 * 100e-6).epsilon(1e-12));
  for (auto const& x : c.covered_by(whole)) CHECK(x.fraction == Approx(1).epsilon(1e-13));
  CHECK(c.covered_by(whole).size() == 15);
  compartments const one(cell, nernst::single_compartment());
  REQUIRE(one.covered_by(axon).size() == 1);
  CHECK(one.covered_by(axon)[0].fraction == Approx(pi * 300e-12 / one.area[0]));
  CHECK_THROWS_WITH(c.covered_by(tag(7) && radius > 1 * um),
                    "region: expected one with compartments, found none in (tag(7) && radius > "
                    "1*um)");
}

TEST_CASE("compartments: parameters vary in space", "[cable]") {
  auto const cell = neuron();
  compartments const c(cell, nernst::fixed_per_branch(1));
  auto const e = c.values(-65 * mV + 0.1 * mV / um * distance, mV);
  CHECK(e[at_index(c.holding(cell["axon"].at(0.5)))] == Approx(-65 + 0.1 * (20 + 150)));
  CHECK(e[at_index(c.holding(cell["stem"]["L"].at(0.5)))] == Approx(-65 + 0.1 * (10 + 100 + 50)));
  auto const r = c.values(2 * radius, um);
  CHECK(r[at_index(c.holding(cell["stem"].at(0.5)))] == Approx(2));
  auto const d = c.values(diameter, um);
  CHECK(r == d);
}

TEST_CASE("compartments: the pieces of branches that they are", "[cable]") {
  auto const cell = neuron();
  compartments const c(cell, nernst::fixed_per_branch(4));
  int const k = c.holding(cell["axon"].at(0.6));
  CHECK(c.pieces(k) == nernst::cable::stretches{{cell.find("axon"), 0.5, 0.75}});
  CHECK(c.pieces(0).empty());
  CHECK(compartments(cell, nernst::single_compartment()).pieces(0).size() == 5);
}

TEST_CASE("compartments: what cannot be cut", "[cable]") {
  auto const cell = neuron();
  CHECK_THROWS_WITH(nernst::d_lambda(0), "d_lambda: expected a fraction above 0, found 0");
  CHECK_THROWS_WITH(nernst::d_lambda(-0.1), "d_lambda: expected a fraction above 0, found -0.1");
  CHECK_THROWS_WITH(nernst::d_lambda(0.1, {}, 0 * Hz),
                    "d_lambda: expected a frequency above 0, found 0");
  CHECK_THROWS_WITH(nernst::d_lambda(0.1, {.axial_resistivity = 0 * ohm * cm}),
                    "d_lambda: expected an axial resistivity above 0, found 0");
  CHECK_THROWS_WITH(nernst::fixed_per_branch(0),
                    "fixed_per_branch: expected a number above 0, found 0");
  auto const none_in_root = [](nernst::cable::branch const& b) { return b.parent + 1; };
  CHECK_THROWS_WITH(compartments(cell, nernst::fixed_per_branch(none_in_root)),
                    "fixed_per_branch: expected at least 1 compartment in the branch 'soma', "
                    "found 0");
  CHECK_THROWS_WITH(nernst::greatest_length(0 * um),
                    "greatest_length: expected a length above 0, found 0");
  CHECK_THROWS_AS(compartments(cell, nernst::greatest_length(1e-9 * um)), std::length_error);
  CHECK_THROWS_WITH(compartments(cell, nernst::fixed_per_branch(1)).holding(at(5, 0.5)),
                    "branch: expected a number from 0 to 4, found 5");
}
