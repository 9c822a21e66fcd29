// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/cable/diffusion_tree.hpp>
#include <nernst/language/units.hpp>

#include "catch.hpp"
#include <numeric>

using namespace nernst::dsl;
using namespace nernst::language;

namespace {
/// Two compartments each: a trunk, two branches at its end, and two at its beginning.
nernst::compartments forked() {
  nernst::morphology cell(cylinder(40 * um, 4 * um));
  cell.attach(0, 1, cylinder(20 * um, 1 * um), "a");
  cell.attach(0, 1, cylinder(30 * um, 1 * um), "b");
  cell.attach(0, 0, cylinder(10 * um, 2 * um), "c");
  cell.attach(0, 0, cylinder(10 * um, 2 * um), "d");
  return {cell, nernst::fixed_per_branch(2)};
}
std::vector<int> counted(int count) {
  std::vector<int> all(static_cast<std::size_t>(count));
  std::iota(all.begin(), all.end(), 0);
  return all;
}
/// The compartments of a branch.
std::vector<int> of_branch(nernst::compartments const& cell, int number) {
  std::vector<int> all;
  for (int c = 0; c < cell.size(); ++c) {
    auto const k = static_cast<std::size_t>(c);
    if (cell.area[k] > 0 && cell.centre[k].branch == number) all.push_back(c);
  }
  return all;
}
std::vector<int> joined(std::vector<std::vector<int>> const& parts) {
  std::vector<int> all;
  for (auto const& p : parts) all.insert(all.end(), p.begin(), p.end());
  return all;
}
int parent_of(nernst::cable::diffusion_tree const& tree, int compartment) {
  for (auto const& r : tree.rows())
    if (r.row == compartment) return r.parent;
  return -2;
}
}  // namespace

TEST_CASE("neighbours in which something diffuses have an area", "[cable]") {
  nernst::compartments const cell = forked();
  std::vector<std::vector<int>> branches;
  for (int k = 0; k < 5; ++k) branches.push_back(of_branch(cell, k));
  nernst::cable::diffusion_tree const tree(cell, counted(cell.size()), joined(branches));
  CHECK(tree.rows().size() == 10);
  CHECK(parent_of(tree, branches[0][0]) == -1);
  CHECK(parent_of(tree, branches[0][1]) == branches[0][0]);
  for (int const k : {1, 2})
    CHECK(parent_of(tree, branches[static_cast<std::size_t>(k)][0]) == branches[0][1]);
  for (int const k : {3, 4})
    CHECK(parent_of(tree, branches[static_cast<std::size_t>(k)][0]) == branches[0][0]);
  for (auto const& r : tree.rows()) {
    if (r.row == branches[2][0]) CHECK(r.distance == Approx(17.5e-6));
    if (r.row == branches[2][1]) CHECK(r.distance == Approx(15e-6));
  }
}

TEST_CASE("nothing diffuses past compartments without the mechanism", "[cable]") {
  nernst::compartments const cell = forked();
  auto const a = of_branch(cell, 1), b = of_branch(cell, 2);
  nernst::cable::diffusion_tree const tree(cell, counted(cell.size()), joined({a, b}));
  CHECK(tree.rows().size() == 4);
  CHECK(parent_of(tree, a[0]) == -1);
  CHECK(parent_of(tree, b[0]) == -1);
  CHECK(parent_of(tree, b[1]) == b[0]);
}
