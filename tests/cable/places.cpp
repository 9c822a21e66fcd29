// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/cable/places.hpp>
#include <nernst/language/functions.hpp>
#include <nernst/language/units.hpp>

#include "cable/peer_data.hpp"
#include "cable/stretches.hpp"
#include "catch.hpp"
#include <algorithm>

using namespace nernst::dsl;
using namespace nernst::language;
using nernst::morphology;
using nernst::places;
using nernst::cable::location;
using nernst::cable::stretches;
using test::check;

namespace {

using locations = std::vector<location>;

/// A soma of 20 um; at its end a dendrite of 100 um that forks into 50 and 30 um; in its middle an
/// axon of 200 um.
morphology neuron() {
  morphology cell(cylinder(20 * um, 20 * um).tagged(1));
  cell["dend"] = cylinder(100 * um, 2 * um).tagged(3);
  cell["dend"]["L"] = cylinder(50 * um, 1 * um).tagged(3);
  cell["dend"]["R"] = cylinder(30 * um, 1 * um).tagged(3);
  cell.all().child_at(0.5, "axon") = cylinder(200 * um, 1 * um).tagged(2);
  return cell;
}

void check(locations const& found, locations const& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t k = 0; k < found.size(); ++k) {
    CHECK(found[k].branch == expected[k].branch);
    CHECK(found[k].at == Approx(expected[k].at).margin(1e-12));
  }
}

}  // namespace

TEST_CASE("places: root, ends, fractions", "[cable]") {
  auto const cell = neuron();
  CHECK(root.on(cell) == locations{{0, 0}});
  CHECK(terminals.on(cell) == locations{{2, 1}, {3, 1}, {4, 1}});
  CHECK(at(1, 0.25).on(cell) == locations{{1, 0.25}});
  CHECK(on_branches(0.5).on(cell) == locations{{0, 0.5}, {1, 0.5}, {2, 0.5}, {3, 0.5}, {4, 0.5}});
  CHECK(places(cell["dend"]["L"].at(0.5)).on(cell) == locations{{2, 0.5}});
}

TEST_CASE("places: in regions, and together", "[cable]") {
  auto const cell = neuron();
  CHECK((terminals && dendrites).on(cell) == locations{{2, 1}, {3, 1}});
  CHECK((axon && terminals).on(cell) == locations{{4, 1}});
  CHECK((on_branches(0.5) && distance > 100 * um).on(cell) ==
        locations{{2, 0.5}, {3, 0.5}, {4, 0.5}});
  CHECK((root || at(0, 0) || at(1, 1)).on(cell) == locations{{0, 0}, {1, 1}});
  auto const dend = cell["dend"], axon_part = cell["axon"];
  CHECK((dend.at(0.5) || axon_part.at(1)).on(cell) == locations{{1, 0.5}, {4, 1}});
  CHECK((dend.at(0.5) || root).on(cell) == locations{{1, 0.5}, {0, 0}});
  CHECK((root || dend.at(0.5)).on(cell) == locations{{0, 0}, {1, 0.5}});
  CHECK(((dend.at(0.5) || axon_part.at(1)) && axon).on(cell) == locations{{4, 1}});
  CHECK((dend.at(0.5) && axon_part).on(cell).empty());
}

TEST_CASE("places: beginnings, ends and middles of regions", "[cable]") {
  auto const cell = neuron();
  check(centre(soma).on(cell), {{0, 0.5}});
  check(centre(axon).on(cell), {{4, 0.5}});
  // The longest way through the dendrites is 150 um.
  check(centre(dendrites).on(cell), {{1, 0.75}});
  CHECK(proximal(dendrites).on(cell) == locations{{1, 0}});
  CHECK(distal(dendrites).on(cell) == locations{{2, 1}, {3, 1}});
  CHECK(distal(soma).on(cell) == locations{{0, 1}});
  CHECK(proximal(whole).on(cell) == locations{{0, 0}});
  // Three parts that do not touch each other.
  auto const far = branch(1, 0.5, 0.75) || branch(2, 0.2, 0.4) || branch(3, 0, 0.5);
  check(centre(far).on(cell), {{1, 0.625}, {2, 0.3}, {3, 0.25}});
  CHECK(centre(nowhere).on(cell).empty());
  morphology const ball(sphere(20 * um));
  CHECK(centre(soma).on(ball) == locations{{0, 0.5}});
}

TEST_CASE("places: at random, by length", "[cable]") {
  auto const cell = neuron();
  auto const some = uniform(whole, 4000, 1).on(cell);
  REQUIRE(some.size() == 4000);
  CHECK(some == uniform(whole, 4000, 1).on(cell));
  CHECK(some != uniform(whole, 4000, 2).on(cell));
  // Of 400 um the axon has 200: 4 standard deviations are 126.
  auto const on_axon =
      std::count_if(some.begin(), some.end(), [](location const& x) { return x.branch == 4; });
  CHECK(std::abs(on_axon - 2000) < 126);
  auto const first = std::count_if(some.begin(), some.end(),
                                   [](location const& x) { return x.branch == 4 && x.at < 0.25; });
  CHECK(std::abs(first - 500) < 84);
  for (location const& x : uniform(branch(1, 0.2, 0.3), 100, 5).on(cell)) {
    CHECK(x.branch == 1);
    CHECK((x.at >= 0.2 && x.at <= 0.3));
  }
  CHECK(uniform(axon, 0, 1).on(cell).empty());
  CHECK_THROWS_WITH(uniform(tag(7), 1, 1).on(cell),
                    "uniform: expected a region with a length, found nothing in tag(7)");
  CHECK_THROWS_WITH(uniform(axon, -1, 1), "uniform: expected a number of places from 0, found -1");
}

TEST_CASE("places: what is near them along the branches", "[cable]") {
  auto const cell = neuron();
  check(distal(at(1, 0.5), 70 * um).in(cell), {{1, 0.5, 1}, {2, 0, 0.4}, {3, 0, 2 / 3.0}});
  check(distal(root, 15 * um).in(cell), {{0, 0, 0.75}, {4, 0, 0.025}});
  check(distal(root, 1 * metre).in(cell), whole.in(cell));
  check(proximal(at(2, 0.5), 80 * um).in(cell), {{1, 0.45, 1}, {2, 0, 0.5}});
  check(proximal(terminals && axon, 1 * mm).in(cell), {{0, 0, 0.5}, {4, 0, 1}});
  CHECK(distal(at(1, 0.5), 0 * um).in(cell).empty());
  CHECK_THROWS_WITH(distal(root, -1 * um),
                    "distal: expected a distance of 0 um or more, found -1 um");
}

TEST_CASE("places: what is not there", "[cable]") {
  auto const cell = neuron();
  CHECK_THROWS_WITH(at(9, 0.5).on(cell), "branch: expected a number from 0 to 4, found 9");
  CHECK_THROWS_WITH(at(0, 1.5), "at: expected a fraction in [0, 1], found 1.5");
  CHECK_THROWS_WITH(on_branches(-1), "on_branches: expected a fraction in [0, 1], found -1");
  CHECK_THROWS_WITH(places(location{0, 2}).on(cell),
                    "places: expected a fraction in [0, 1], found 2");
}

TEST_CASE("places and regions: Arbor finds the same", "[cable]") {
  auto const cell = morphology::from_swc(test::peer_path("arbor1.swc"), nernst::swc_reading::arbor);
  places const middle = at(0, 0.5);
  // In the order of the expressions in make_cable.py.
  std::vector<nernst::region> const regions{tag(3),
                                            tag(3) && radius < 0.8 * um,
                                            tag(2) && radius >= 1.1 * um,
                                            !tag(1),
                                            whole - (tag(2) || tag(4)),
                                            distal(at(3, 0.25), 60 * um),
                                            distal(middle, 50 * um),
                                            proximal(terminals, 40 * um),
                                            tag(3) && abs(position.z) > 20 * um,
                                            distal(middle, 120 * um) && !distal(middle, 70 * um)};
  std::vector<places> const sets{terminals,
                                 terminals && tag(3),
                                 proximal(distal(at(3, 0.25), 60 * um)),
                                 distal(tag(2)),
                                 distal(distal(middle, 50 * um)),
                                 on_branches(0.25)};
  auto const peer = test::peer_cells("arbor_places.txt");
  REQUIRE(peer.size() == regions.size() + sets.size());
  for (std::size_t k = 0; k < peer.size(); ++k) {
    INFO(peer[k].name);
    stretches pieces;
    locations found;
    for (auto const& line : peer[k].lines) {
      int const number = static_cast<int>(line.number(1));
      bool const is_point = k < regions.size() && line.number(2) == line.number(3);
      if (is_point) continue;  // what has no length is in no region here
      if (k < regions.size())
        pieces.push_back({number, line.number(2), line.number(3)});
      else
        found.push_back({number, line.number(2)});
    }
    if (k < regions.size())
      check(regions[k].in(cell), pieces);
    else
      check(sets[k - regions.size()].on(cell), found);
  }
}
