// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What it saves to compute synapses of one compartment as one: 256 cells of 61 compartments, each
// with 1000 synapses, of which those with one number get the spikes of one Poisson input of 5 Hz,
// in turns. Seconds are those of a simulated second.
//   coalesced [REPEATS]
#include <nernst/mechanisms/exp2_synapse.hpp>

#include "ring/ring.hpp"
#include <cstdlib>

namespace {
using namespace nernst::dsl;
using nernst::mechanisms::exp2_synapse;
using nernst::mechanisms::exp_synapse;

template <class Synapse>
void measure(char const* name, bool is_coalesced) {
  std::uint32_t const size = 256, each = 1000;
  nernst::network<> net({.dt = 0.025 * ms, .seed = 3});
  auto const shape = ring::dendrites();
  auto const cells = net.cells(size, ring::shape_of(shape), ring::pieces_of(shape));
  cells.paint(whole, axial_resistivity = 100 * ohm * cm);
  cells.paint<nernst::mechanisms::hh>(branch(0));
  cells.paint<nernst::mechanisms::passive>(!branch(0),
                                           nernst::mechanisms::passive::g = 0.1 * mS / cm2);
  auto const places = uniform(!branch(0), static_cast<int>(each), 1);
  auto const inputs = net.poisson(each, 5 * Hz);
  std::vector<std::uint32_t> from(size * each), to(size * each);
  for (std::uint32_t k = 0; k < to.size(); ++k) {
    from[k] = k % each;
    to[k] = k;
  }
  auto const connect = [&](auto const& synapses) {
    net.connect(inputs, synapses, pairs(from, to), 1 * ms)[Synapse::weight] = 0.2 * nS;
  };
  if (is_coalesced)
    connect(cells.place_coalesced<Synapse>(places));
  else
    connect(cells.place<Synapse>(places));
  auto const spikes = net.record_spikes(cells.detect(at(0, 0.5)), nernst::keep::counts);
  net.run(10 * ms);
  double const seconds = 0.1;
  auto const begin = std::chrono::steady_clock::now();
  net.run(seconds * second);
  std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begin;
  std::printf("%-32s %8.3f s  %6zu spikes\n", name, took.count() / seconds, spikes.count());
}
}  // namespace

int main(int argc, char** argv) {
  nernst::runtime const runtime(argc, argv);
  int const repeats = argc > 1 ? std::atoi(argv[1]) : 3;
  for (int k = 0; k < repeats; ++k) {
    measure<exp_synapse>("exp_synapse, one by one", false);
    measure<exp_synapse>("exp_synapse, coalesced", true);
    measure<exp2_synapse>("exp2_synapse, one by one", false);
    measure<exp2_synapse>("exp2_synapse, coalesced", true);
  }
}
