// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// The network of ../brunel, in which synapses between excitatory neurons learn by the times of
// spikes.
#include "../program.hpp"

namespace brunel_plastic {
using namespace nernst::dsl;

struct neurons {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model =
      neuron(d(v) / dt = -v / (20 * ms) | unless_refractory, threshold(v > 20 * mV),
             reset(v = 0 * mV), refractory(2 * ms));
};
struct plastic {
  static constexpr auto w = state<"w">(volt);
  static constexpr auto before = state<"before">(one);  // trace of the source's spikes
  static constexpr auto after = state<"after">(one);    // trace of the target's
  static constexpr auto rate = 0.01, depression = 2.02;
  static constexpr auto w_max = 0.3 * mV;

  static constexpr auto model =
      synapse(d(before) / dt = -before / (20 * ms) | event_driven,
              d(after) / dt = -after / (20 * ms) | event_driven,
              on_pre(post(neurons::v) += w, before += 1, w -= rate * depression * w * after),
              on_post(after += 1, w += rate * (w_max - w) * before));
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

  auto const rule = fixed_probability(0.1);
  auto const learning = net.connect<plastic>(excitatory, excitatory, rule, 1.5 * ms);
  learning[plastic::w] = 0.1 * mV;
  auto const from_e = net.connect<excitation>(excitatory, inhibitory, rule, 1.5 * ms);
  auto const from_i = net.connect<inhibition>(inhibitory, cells, rule, 1.5 * ms);
  net.poisson_input(cells, neurons::v, 1000, 20 * Hz, 0.1 * mV);
  return {{net.record_spikes(cells, nernst::keep::counts)},
          size,
          learning.size() + from_e.size() + from_i.size()};
}
}  // namespace brunel_plastic

int main(int argc, char** argv) {
  using namespace nernst::dsl;
  return benchmarks::run(argc, argv, 10000, 0.1 * ms, brunel_plastic::build);
}
