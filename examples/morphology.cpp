// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// The shape of a neuron: from a file or by hand, its regions and places, and its compartments.
#include <nernst/language.hpp>
#include <nernst/morphology.hpp>

#include <cstdio>
#include <numeric>

using namespace nernst::dsl;

/// What stands in SWC files: number, type (1 soma, 2 axon, 3 basal and 4 apical dendrite), x, y, z,
/// radius (um), parent.
constexpr auto file = R"(
  1 1    0    0   0  8    -1
  2 1    0   -8   0  8     1
  3 1    0    8   0  8     1
  4 4    0   10   0  2     1
  5 4    0  200   0  1.5   4
  6 4   80  300   0  0.5   5
  7 4  -80  300   0  0.5   5
  8 3   10  -10   0  1     1
  9 3  120  -90   0  0.4   8
 10 2  -10    0   0  0.75  1
 11 2 -400    0  50  0.5  10
)";

void show_branches(nernst::morphology const& cell) {
  for (auto const& b : cell.branches()) {
    std::printf("  %-8s %6.1f um", b.name.c_str(), b.length() * 1e6);
    if (b.parent != nernst::cable::none)
      std::printf(", begins at %g of %s", b.at,
                  cell.branches()[static_cast<std::size_t>(b.parent)].name.c_str());
    std::printf("\n");
  }
}

nernst::morphology built_by_hand() {
  nernst::morphology cell(sphere(20 * um));
  cell["axon"] = cylinder(400 * um, 1 * um).tagged(2);
  cell["stem"] = section({30 * um, 70 * um}, {4 * um, 3 * um, 2 * um}).tagged(3);
  cell["stem"]["L"] = cylinder(150 * um, 1 * um).tagged(3);
  cell["stem"]["R"] = section({{70 * um, 70 * um, 0 * um, 1.5 * um},
                               {90 * um, 150 * um, 0 * um, 1 * um},
                               {90 * um, 190 * um, 30 * um, 0.5 * um}})
                          .tagged(3);
  cell["stem"].child_at(0.5, "spine") = cylinder(1 * um, 0.2 * um).tagged(5);
  return cell;
}

int main() {
  auto const cell = nernst::morphology::from_swc_text(file);
  std::printf("from SWC:\n");
  show_branches(cell);

  auto const made = built_by_hand();
  std::printf("by hand:\n");
  show_branches(made);
  std::printf("  %.0f um from the soma to the end of R\n",
              made.distance(made["stem"]["R"].at(1.0)) * 1e6);

  nernst::region const thin = tag(4) && radius < 1 * um;
  nernst::region const far = dendrites && distance > 150 * um;
  std::printf("%s:\n", thin.text().c_str());
  for (auto const& s : thin.in(cell))
    std::printf("  branch %d from %.3f to %.3f\n", s.branch, s.from, s.to);

  auto const ends = terminals && dendrites;
  std::printf("%s:\n", ends.text().c_str());
  for (auto const& place : ends.on(cell)) std::printf("  branch %d at %g\n", place.branch, place.at);

  nernst::compartments const cut(cell, nernst::d_lambda(0.1));
  double const area = std::accumulate(cut.area.begin(), cut.area.end(), 0.0);
  std::printf("%d compartments, %.1f um2\n", cut.size(), area * 1e12);
  std::printf("%zu of them far from the soma, the soma's number is %d\n",
              cut.covered_by(far).size(), cut.holding(centre(soma)).front());

  auto const e = cut.values(-65 * mV + 0.1 * mV / um * distance, mV);
  std::printf("%.2f mV at the soma, %.2f mV at the end of the axon\n",
              e[static_cast<std::size_t>(cut.holding(cell["soma"].at(0.5)))],
              e[static_cast<std::size_t>(cut.holding(cell["axon"].at(1.0)))]);
}
