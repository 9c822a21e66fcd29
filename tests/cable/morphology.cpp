// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/cable/part.hpp>
#include <nernst/language/units.hpp>

#include "cable/peer_data.hpp"
#include "catch.hpp"
#include <numbers>

using namespace nernst::dsl;
using namespace nernst::language;
using nernst::morphology;
using nernst::cable::location;
using nernst::cable::stretches;

namespace {

double constexpr pi = std::numbers::pi;

/// A soma with an axon that forks twice.
morphology neuron() {
  morphology cell(sphere(30 * um));
  cell["axon"] = cylinder(100 * um, 2 * um).tagged(2);
  cell["axon"]["L"] = cylinder(50 * um, 1 * um).tagged(2);
  cell["axon"]["R"] = cylinder(60 * um, 1 * um).tagged(2);
  cell["axon"]["R"]["1"] = cylinder(20 * um, 0.5 * um).tagged(2);
  cell["dend"] = section({10 * um, 30 * um}, {3 * um, 2 * um, 1 * um}).tagged(3);
  cell["dend"].child_at(0.5, "spine") = cylinder(1 * um, 0.2 * um);
  return cell;
}

}  // namespace

TEST_CASE("morphology: branches stand behind their parents, with names", "[cable]") {
  auto const cell = neuron();
  REQUIRE(cell.size() == 7);
  std::string names;
  for (auto const& b : cell.branches()) names += b.name + " ";
  CHECK(names == "soma axon L R 1 dend spine ");
  CHECK(cell.children(cell.find("axon")) == std::vector<int>{2, 3});
  CHECK(cell.branches()[6].at == 0.5);
  CHECK(cell.branches()[6].parent == 5);
}

TEST_CASE("morphology: parts by names, as in Brian", "[cable]") {
  auto const cell = neuron();
  CHECK(cell["soma"].number() == 0);
  CHECK(cell["axon"]["R"]["1"].number() == 4);
  CHECK(cell["axon"]["R1"].number() == 4);
  CHECK(cell["axon"]["R"]["L"].number() == 4);  // its only child
  CHECK(cell["2"].number() == 5);               // the soma's second
  CHECK(cell["1R"].number() == 3);
  CHECK(cell["spine"].number() == 6);  // there is just one of that name
  CHECK_FALSE(cell["axon"]["3"].exists());
  CHECK(cell["axon"].whole() == stretches{{1, 0, 1}, {2, 0, 1}, {3, 0, 1}, {4, 0, 1}});
  CHECK(cell["axon"].main() == stretches{{1, 0, 1}});
  CHECK(cell["axon"](10 * um, 50 * um) == stretches{{1, 0.1, 0.5}});
  CHECK(cell["axon"].at(0.25) == location{1, 0.25});
  CHECK(cell["axon"].at(25 * um) == location{1, 0.25});
  CHECK(cell.all().whole().size() == 7);
  CHECK_FALSE(cell["axon"]["X"].exists());
  CHECK_THROWS_WITH(cell["axno"].number(),
                    "morphology: expected a part 'axno', found soma, axon, L, R, 1, dend, spine");
  CHECK_THROWS_WITH(cell["axon"](10 * um, 150 * um),
                    "morphology: expected a place on the 100 um of 'axon', found 150 um");
  CHECK_THROWS_WITH(cell["axon"](50 * um, 10 * um),
                    "morphology: expected ascending distances, found 50 um and 10 um");
  CHECK_THROWS_WITH(cell["axon"].at(1.5), "morphology: expected a fraction in [0, 1], found 1.5");
}

TEST_CASE("morphology: what frusta amount to", "[cable]") {
  auto const cell = neuron();
  auto const& soma = cell.branches()[0];
  auto const all = soma.between(0, 1);
  CHECK(all.area == Approx(pi * 900e-12));
  auto const& dend = cell.branches()[5];
  CHECK(dend.length() == Approx(40e-6));
  // The integral over half of the second frustum, from a radius of 1 um to 0.75 um.
  auto const part = dend.between(0.25, 0.625);
  CHECK(part.length == Approx(15e-6));
  CHECK(part.area == Approx(pi * 1.75e-6 * std::hypot(15e-6, 0.25e-6)));
  CHECK(part.resistance == Approx(15e-6 / (pi * 1e-6 * 0.75e-6)));
  CHECK(part.volume == Approx(pi * 15e-6 * (1 + 0.75 + 0.5625) / 3 * 1e-12));
  CHECK(part.thickness == Approx(15e-6 * 1.75e-6));
  CHECK(dend.point_at(0.625).radius == Approx(0.75e-6));
}

TEST_CASE("morphology: a step of the radius has the area of a ring", "[cable]") {
  // NEURON 9.0.2: pt3dadd(0,0,0,4), (10,0,0,2), (10,0,0,1), (30,0,0,3), nseg = 3: areas
  // 97.07404075260598, 47.18275789651044, 78.63792982751741 um2; ri() with Ra 35.4:
  // 0.18780283284843652, 1.8780283284843657, 1.2019381302299936 Mohm.
  morphology const cell(section({{0 * um, 0 * um, 0 * um, 4 * um},
                                 {10 * um, 0 * um, 0 * um, 2 * um},
                                 {10 * um, 0 * um, 0 * um, 1 * um},
                                 {30 * um, 0 * um, 0 * um, 3 * um}}));
  auto const& b = cell.branches()[0];
  double const third = 1 / 3.0;
  CHECK(b.between(0, third).area * 1e12 == Approx(97.07404075260598));
  CHECK(b.between(third, 2 * third).area * 1e12 == Approx(47.18275789651044));
  CHECK(b.between(2 * third, 1).area * 1e12 == Approx(78.63792982751741));
  CHECK(b.between(0, third / 2).resistance * 0.354e-6 == Approx(0.18780283284843652));
  CHECK(b.between(third / 2, third * 1.5).resistance * 0.354e-6 == Approx(1.8780283284843657));
  CHECK(b.between(third * 1.5, third * 2.5).resistance * 0.354e-6 == Approx(1.2019381302299936));
}

TEST_CASE("morphology: distances along branches, and places in space", "[cable]") {
  auto const cell = neuron();
  CHECK(cell.distance({0, 1}) == 0);
  CHECK(cell.distance(cell["axon"].at(0.5)) == Approx(50e-6));
  CHECK(cell.distance(cell["axon"]["R1"].at(1.0)) == Approx(180e-6));
  CHECK(cell.distance(cell["spine"].at(0.0)) == Approx(20e-6));
  // What was built without coordinates begins where its parent is, and is as long as it should be.
  for (auto const& b : cell.branches()) {
    if (b.parent == nernst::cable::none) continue;
    auto const from = cell.point_at({b.parent, b.at});
    auto const &first = b.frusta.front().proximal, &last = b.frusta.back().distal;
    CHECK(std::hypot(first.x - from.x, first.y - from.y, first.z - from.z) < 1e-15);
    CHECK(std::hypot(last.x - first.x, last.y - first.y, last.z - first.z) == Approx(b.length()));
  }
}

TEST_CASE("morphology: distances from somewhere else", "[cable]") {
  // NEURON 9.0.2: h.distance(0, axon(0.25)), a centre where nseg is 2, then h.distance(segment), of
  // a soma of 20 um, an axon of 100 um at its end, L (50 um) at the axon's end, and dend (40 um) at
  // soma(0.5): 25, 0, 75, 100, 35 and 55 um for soma(1), axon(0.25), axon(1), L(0.5), soma(0.5) and
  // dend(0.5).
  morphology cell(cylinder(20 * um, 20 * um));
  cell["axon"] = cylinder(100 * um, 2 * um);
  cell["axon"]["L"] = cylinder(50 * um, 1 * um);
  cell.all().child_at(0.5, "dend") = cylinder(40 * um, 1 * um);
  cell.measure_from(cell["axon"].at(0.25));
  CHECK(cell.distance(cell["soma"].at(1.0)) == Approx(25e-6));
  CHECK(cell.distance(cell["axon"].at(0.25)) == 0);
  CHECK(cell.distance(cell["axon"].at(1.0)) == Approx(75e-6));
  CHECK(cell.distance(cell["axon"]["L"].at(0.5)) == Approx(100e-6));
  CHECK(cell.distance(cell["soma"].at(0.5)) == Approx(35e-6));
  CHECK(cell.distance(cell["dend"].at(0.5)) == Approx(55e-6));
  CHECK_THROWS_WITH(cell.measure_from({7, 0}),
                    "morphology: expected a place on a branch from 0 to 3, at a fraction in [0, "
                    "1], found branch 7 at 0");
  CHECK_THROWS_AS(cell.distance({0, 1.5}), std::invalid_argument);
  CHECK_THROWS_AS(cell.point_at({-1, 0}), std::invalid_argument);
  cell["axon"].remove();
  CHECK(cell.distance({0, 1}) == Approx(20e-6));
}

TEST_CASE("morphology: points in space stay where they are", "[cable]") {
  morphology cell(sphere(20 * um));
  cell["dend"] = section({{10 * um, 0 * um, 0 * um, 2 * um}, {10 * um, 30 * um, 40 * um, 1 * um}});
  auto const middle = cell.point_at(cell["dend"].at(0.5));
  CHECK(middle.y == Approx(15e-6));
  CHECK(middle.z == Approx(20e-6));
  CHECK(middle.radius == Approx(0.75e-6));
  CHECK(cell.branches()[1].length() == Approx(50e-6));
}

TEST_CASE("morphology: what is removed takes along what is behind it", "[cable]") {
  auto cell = neuron();
  cell["axon"]["R"].remove();
  std::string names;
  for (auto const& b : cell.branches()) names += b.name + " ";
  CHECK(names == "soma axon L dend spine ");
  CHECK(cell.branches()[4].parent == 3);
  cell["axon"]["R"] = cylinder(10 * um, 1 * um);
  CHECK(cell["axon"]["R"].number() == 5);
  CHECK(cell["L"].number() == 1);  // the first child, as yet
  cell["L"] = cylinder(10 * um, 1 * um);
  CHECK(cell["L"].number() == 6);
  CHECK_THROWS_WITH(cell["soma"].remove(),
                    "morphology: expected a branch from 1 to 6 to remove, found 0");
}

TEST_CASE("morphology: what cannot be built", "[cable]") {
  auto cell = neuron();
  CHECK_THROWS_WITH(cylinder(0 * um, 1 * um), "cylinder: expected a length above 0 um, found 0 um");
  CHECK_THROWS_WITH(cylinder(1 * um, -1 * um),
                    "cylinder: expected a diameter above 0 um, found -1 um");
  CHECK_THROWS_WITH(sphere(NAN * um), "sphere: expected a diameter above 0 um, found nan um");
  CHECK_THROWS_WITH(section({1 * um}, {1 * um}),
                    "section: expected lengths, and one more diameter, found 1 lengths and 1 "
                    "diameters");
  CHECK_THROWS_WITH(section({{0 * um, 0 * um, 0 * um, 1 * um}}),
                    "section: expected at least two points, found 1");
  CHECK_THROWS_WITH(section({{0 * um, 0 * um, 0 * um, 1 * um}, {0 * um, 0 * um, 0 * um, 2 * um}}),
                    "section: expected points at different places, found 2 at the same");
  CHECK_THROWS_WITH(
      section({{0 * um, 0 * um, 0 * um, 1 * um}, {INFINITY * um, 0 * um, 0 * um, 2 * um}}),
      "section: expected finite coordinates, found inf");
  CHECK_THROWS_WITH((cell["axon"] = cylinder(1 * um, 1 * um)),
                    "morphology: expected a new name, found the branch 'axon'");
  CHECK_THROWS_WITH(cell.attach(1, 1, cylinder(1 * um, 1 * um), "L"),
                    "morphology: expected a new name behind 'axon', found 'L'");
  CHECK_THROWS_WITH(cell.attach(9, 1, cylinder(1 * um, 1 * um), "x"),
                    "morphology: expected a branch from 0 to 6 to attach 'x' to, found 9");
  CHECK_THROWS_WITH((cell["axon"].child_at(2, "x") = cylinder(1 * um, 1 * um)),
                    "morphology: expected 'x' to begin at a fraction in [0, 1], found 2");
  CHECK_THROWS_WITH((cell["ball"] = sphere(1 * um)),
                    "morphology: expected a sphere as the root alone, found 'ball' behind 'soma'; "
                    "a cylinder as long as thick has the same area");
}
