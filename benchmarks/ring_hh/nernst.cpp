// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Rings of cells of 61 compartments with active dendrites, round each of which a spike goes.
#include "../ring/ring.hpp"

int main(int argc, char** argv) {
  using namespace nernst::dsl;
  return benchmarks::run(argc, argv, 256, 0.025 * ms,
                         [](benchmarks::network& net, std::uint32_t size) {
                           return ring::build(net, size, ring::dendrites(), {true, 16, 5 * ms});
                         });
}
