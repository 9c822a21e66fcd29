// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// A balanced network after Brunel (2000): delta synapses between 10 % of all pairs, delay 1.5 ms,
// Poisson input from outside.
#include "../program.hpp"

namespace brunel {
using namespace nernst::dsl;

struct neurons {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model =
      neuron(d(v) / dt = -v / (20 * ms) | unless_refractory, threshold(v > 20 * mV),
             reset(v = 0 * mV), refractory(2 * ms));
};
struct excitation {
  static constexpr auto model = synapse(on_pre(post(neurons::v) += 0.1 * mV));
};
struct inhibition {
  static constexpr auto model = synapse(on_pre(post(neurons::v) -= 0.5 * mV));
};

benchmarks::contents build(benchmarks::network& net, std::uint32_t size) {
  auto const cells = net.population<neurons>(size);
  auto const excitatory = cells(0, size / 5 * 4), inhibitory = cells(size / 5 * 4, size);

  auto const from_e = net.connect<excitation>(excitatory, cells, fixed_probability(0.1), 1.5 * ms);
  auto const from_i = net.connect<inhibition>(inhibitory, cells, fixed_probability(0.1), 1.5 * ms);
  net.poisson_input(cells, neurons::v, 1000, 20 * Hz, 0.1 * mV);
  return {{net.record_spikes(cells, nernst::keep::counts)}, size, from_e.size() + from_i.size()};
}
}  // namespace brunel

int main(int argc, char** argv) {
  using namespace nernst::dsl;
  return benchmarks::run(argc, argv, 10000, 0.1 * ms, brunel::build);
}
