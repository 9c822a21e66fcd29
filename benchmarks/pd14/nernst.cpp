// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// The cortical microcircuit of Potjans and Diesmann (2014) with Poisson input, as in
// examples/pd14.cpp: with as many of its neurons as asked for and that part of the synapses of
// each.
#include "../program.hpp"

#define main example_main
#include "../../examples/pd14.cpp"
#undef main

int main(int argc, char** argv) {
  using namespace nernst::dsl;
  return benchmarks::run(
      argc, argv, 7717, 0.1 * ms, [](benchmarks::network& net, std::uint32_t size) {
        pd14::microcircuit const circuit(net, size / 77169.0, pd14::drive::poisson);
        return benchmarks::contents{{net.record_spikes(circuit.cells(), nernst::keep::counts)},
                                    circuit.cells().size(),
                                    circuit.synapses()};
      });
}
