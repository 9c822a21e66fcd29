// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// A cell of 10,000 compartments with passive dendrites, which excites itself.
#include "../ring/ring.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace {
/// A binary tree, in which 2 k + 1 and 2 k + 2 are the children of k.
std::vector<ring::dendrite> tree() {
  std::vector<ring::dendrite> all;
  for (unsigned k = 0; k < 1111; ++k) {
    int const depth = std::bit_width(k + 1) - 1;
    double const diameter = std::max(0.5, 4 / std::pow(2, 2.0 / 3 * depth));
    all.push_back({k == 0 ? -1 : static_cast<int>((k - 1) / 2), 90, diameter, 9});
  }
  return all;
}
}  // namespace

int main(int argc, char** argv) {
  using namespace nernst::dsl;
  return benchmarks::run(argc, argv, 1, 0.025 * ms,
                         [](benchmarks::network& net, std::uint32_t size) {
                           return ring::build(net, size, tree(), {false, 1, 20 * ms});
                         });
}
