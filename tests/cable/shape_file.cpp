// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/cable/shape_file.hpp>
#include <nernst/language/units.hpp>

#include "catch.hpp"
#include "io/folder.hpp"
#include <algorithm>
#include <cmath>

using namespace nernst::dsl;
using namespace nernst::language;
using Catch::Contains;

TEST_CASE("compartments are saved as truncated cones", "[cable]") {
  nernst::morphology shape(cylinder(20 * um, 20 * um).tagged(1));
  shape.attach(0, 1, section({30 * um, 70 * um}, {4 * um, 3 * um, 2 * um}).tagged(3), "dend");
  nernst::compartments const all(shape, nernst::fixed_per_branch(4));
  auto const cones = nernst::cable::detail::cones_of(all);
  // The third of the four pieces of the dendrite begins behind its joint, the second has both.
  REQUIRE(cones.tag.size() == 9);
  CHECK(std::count(cones.tag.begin(), cones.tag.end(), 3) == 5);
  std::vector<double> length(static_cast<std::size_t>(all.size()));
  for (std::size_t k = 0; k < cones.tag.size(); ++k) {
    double const way = std::hypot(cones.end[3 * k] - cones.begin[3 * k],
                                  cones.end[3 * k + 1] - cones.begin[3 * k + 1]);
    length[static_cast<std::size_t>(cones.compartment[k])] += way;
  }
  for (std::size_t c = 0; c < length.size(); ++c) CHECK(length[c] == Approx(all.length[c]));
  CHECK(cones.radius.back() == Approx(1e-6));

  test::folder const folder;
  nernst::save_shape(all, folder / "shape.npz");
  std::string const bytes = test::contents(folder / "shape.npz");
  for (char const* name : {"parent.npy", "distance.npy", "cone_begin.npy", "cone_radius.npy"})
    CHECK_THAT(bytes, Contains(name));
  CHECK_THROWS_WITH(nernst::save_shape(all, folder / "shape.csv"), Contains("ends with .npz"));
}
