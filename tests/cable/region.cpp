// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/cable/region.hpp>
#include <nernst/language/functions.hpp>
#include <nernst/language/units.hpp>

#include "cable/peer_data.hpp"
#include "cable/stretches.hpp"
#include "catch.hpp"
#include <random>

using namespace nernst::dsl;
using namespace nernst::language;
using nernst::morphology;
using nernst::region;
using nernst::cable::location;
using nernst::cable::stretches;
using test::check;

namespace {

/// A soma of 20 um, an axon of 200 um, a dendrite that tapers from 4 to 1 um over 60 um.
morphology neuron() {
  morphology cell(cylinder(20 * um, 20 * um).tagged(1));
  cell["axon"] = cylinder(200 * um, 1 * um).tagged(2);
  cell["dend"] = section({60 * um}, {4 * um, 1 * um}).tagged(3);
  return cell;
}

}  // namespace

TEST_CASE("region: tags, branches, everything and nothing", "[cable]") {
  auto const cell = neuron();
  CHECK(tag(2).in(cell) == stretches{{1, 0, 1}});
  CHECK(soma.in(cell) == stretches{{0, 0, 1}});
  CHECK(axon.in(cell) == stretches{{1, 0, 1}});
  CHECK(dendrites.in(cell) == stretches{{2, 0, 1}});
  CHECK(branch(2).in(cell) == stretches{{2, 0, 1}});
  CHECK(branch(2, 0.25, 0.5).in(cell) == stretches{{2, 0.25, 0.5}});
  CHECK(whole.in(cell).size() == 3);
  CHECK(nowhere.in(cell).empty());
  CHECK(tag(9).in(cell).empty());
  CHECK_THROWS_WITH(branch(3).in(cell), "branch: expected a number from 0 to 2, found 3");
  CHECK_THROWS_WITH(branch(0, 0.5, 0.5),
                    "branch: expected ascending fractions in [0, 1], found 0.5 and 0.5");
}

TEST_CASE("region: tags may change along a branch", "[cable]") {
  auto const cell = morphology::from_swc_text("1 1 0 0 0 5 -1\n"
                                              "2 1 10 0 0 5 1\n"
                                              "3 2 20 0 0 1 2\n"
                                              "4 2 40 0 0 1 3\n",
                                              nernst::swc_reading::arbor);
  CHECK(soma.in(cell) == stretches{{0, 0, 0.25}});
  CHECK(axon.in(cell) == stretches{{0, 0.25, 1}});
  check((tag(2) && radius < 2 * um).in(cell), {{0, 0.25 + 0.25 * 0.75, 1}});
}

TEST_CASE("region: conditions on distance, radius and position, with units", "[cable]") {
  auto const cell = neuron();
  // The dendrite begins 20 um from the root and loses 1 um of its radius in 40 um.
  check(region(distance > 50 * um).in(cell), {{1, 0.15, 1}, {2, 0.5, 1}});
  check((dendrites && distance > 50 * um).in(cell), {{2, 0.5, 1}});
  check((tag(3) && radius < 1 * um).in(cell), {{2, 2 / 3.0, 1}});
  check((radius < 1 * um && tag(3)).in(cell), {{2, 2 / 3.0, 1}});
  check((tag(3) && diameter > 3 * um).in(cell), {{2, 0, 1 / 3.0}});
  check((tag(2) && position.x > 100 * um).in(cell), {{1, 0.4, 1}});
  // Equal everywhere: strict and not.
  CHECK((axon && radius < 0.5 * um).in(cell).empty());
  CHECK((axon && radius <= 0.5 * um).in(cell) == axon.in(cell));
  // Several turns in one frustum, also of what is no straight line.
  check((axon && distance > 50 * um && distance < 100 * um).in(cell), {{1, 0.15, 0.4}});
  check((axon && abs(distance - 120 * um) < 10 * um).in(cell), {{1, 0.45, 0.55}});
  check((axon && pow<2>(distance) > pow<2>(120 * um)).in(cell), {{1, 0.5, 1}});
  check((axon && (distance < 30 * um || distance > 210 * um)).in(cell),
        {{1, 0, 0.05}, {1, 0.95, 1}});
  // Between the roots of 2.5 x - x^2/40 = 50, where x is the distance in um.
  double const half = std::sqrt(500) / 60;
  check((dendrites && distance * radius > 50 * um * um).in(cell), {{2, 0.5 - half, 0.5 + half}});
}

TEST_CASE("region: distances from somewhere else", "[cable]") {
  auto cell = neuron();
  cell.measure_from({1, 0.5});
  check(region(distance < 1 * um).in(cell), {{1, 0.495, 0.505}});
  check(region(distance < 110 * um).in(cell), {{0, 0.5, 1}, {1, 0, 1}, {2, 0, 1 / 6.0}});
  check((axon && distance > 99 * um).in(cell), {{1, 0, 0.005}, {1, 0.995, 1}});
  cell.measure_from({1, 0.53});
  check(region(distance < 1 * um).in(cell), {{1, 0.525, 0.535}});
}

TEST_CASE("region: sets", "[cable]") {
  auto const cell = neuron();
  region const a = branch(1, 0.2, 0.6), b = branch(1, 0.4, 0.8);
  CHECK((a && b).in(cell) == stretches{{1, 0.4, 0.6}});
  CHECK((a || b).in(cell) == stretches{{1, 0.2, 0.8}});
  CHECK((a - b).in(cell) == stretches{{1, 0.2, 0.4}});
  CHECK((!a).in(cell) == stretches{{0, 0, 1}, {1, 0, 0.2}, {1, 0.6, 1}, {2, 0, 1}});
  CHECK((whole - axon).in(cell) == stretches{{0, 0, 1}, {2, 0, 1}});
  CHECK((!whole).in(cell).empty());
  CHECK((a && !a).in(cell).empty());
}

TEST_CASE("region: set algebra holds for random sets", "[cable]") {
  auto const cell = neuron();
  std::mt19937 draw(3);
  std::uniform_real_distribution<double> number(0, 1);
  auto const some = [&] {
    stretches all;
    for (int k = 0; k < 6; ++k) {
      double const from = number(draw), to = number(draw);
      all.push_back({static_cast<int>(draw() % 3), std::min(from, to), std::max(from, to)});
    }
    return region(all);
  };
  for (int k = 0; k < 50; ++k) {
    region const a = some(), b = some(), c = some();
    CHECK((!(a || b)).in(cell) == (!a && !b).in(cell));
    CHECK((a - b).in(cell) == (a && !b).in(cell));
    CHECK((a && (b || c)).in(cell) == ((a && b) || (a && c)).in(cell));
    for (int n = 0; n < 20; ++n) {
      location const x{static_cast<int>(draw() % 3), number(draw)};
      auto const has = [&](region const& r) { return nernst::cable::contains(r.in(cell), x); };
      CHECK(has(a && b) == (has(a) && has(b)));
      CHECK(has(a || b) == (has(a) || has(b)));
      CHECK(has(!a) == !has(a));
    }
  }
}

TEST_CASE("region: parts of a morphology", "[cable]") {
  auto const cell = neuron();
  CHECK(region(cell["axon"]).in(cell) == stretches{{1, 0, 1}});
  check((cell["dend"] && radius < 1 * um).in(cell), {{2, 2 / 3.0, 1}});
  check((!cell["dend"] && distance < 10 * um).in(cell), {{0, 0, 0.5}});
  CHECK((cell["dend"] || cell["axon"]).in(cell) == stretches{{1, 0, 1}, {2, 0, 1}});
  CHECK((region(cell["axon"](0 * um, 100 * um)) - cell["axon"](0 * um, 50 * um)).in(cell) ==
        stretches{{1, 0.25, 0.5}});
  CHECK((cell["dend"].main() || cell["axon"](0 * um, 50 * um)).in(cell) ==
        stretches{{1, 0, 0.25}, {2, 0, 1}});
  CHECK((cell["axon"].main() - cell["axon"](0 * um, 50 * um)).in(cell) == stretches{{1, 0.25, 1}});
  CHECK((cell["axon"](0 * um, 100 * um) && cell["axon"]).in(cell) == stretches{{1, 0, 0.5}});
  CHECK((axon && cell["axon"](0 * um, 100 * um)).in(cell) == stretches{{1, 0, 0.5}});
  check((radius < 1 * um && cell["dend"].main()).in(cell), {{2, 2 / 3.0, 1}});
  CHECK((!cell["dend"].main() && axon).in(cell) == stretches{{1, 0, 1}});
}

TEST_CASE("region: its text says what it is", "[cable]") {
  CHECK((tag(3) && radius < 2 * um).text() == "(tag(3) && radius < 2*um)");
  CHECK((!whole - branch(3)).text() == "(!whole - branch(3))");
}

TEST_CASE("region: what does not vary along neurons", "[cable]") {
  auto const cell = neuron();
  constexpr auto g = parameter<"g">(siemens);
  CHECK_THROWS_WITH(region(g > 1 * nS).in(cell),
                    "g > 1*nS: expected an expression of distance, radius, diameter, position.x, "
                    "position.y, position.z, found 'g'");
  CHECK_THROWS_WITH(region(uniform() < 0.5).in(cell),
                    Catch::Matchers::Contains("found a random number"));
}
