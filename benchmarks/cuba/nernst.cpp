// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Brette et al. (2007), benchmark 2: integrate-and-fire neurons, current-based synapses, 80 onto
// each.
#include "../program.hpp"

namespace cuba {
using namespace nernst::dsl;

struct neurons {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto g_e = state<"g_e">(volt);
  static constexpr auto g_i = state<"g_i">(volt);

  static constexpr auto tau_m = 20 * ms, tau_e = 5 * ms, tau_i = 10 * ms;
  static constexpr auto V_t = -50 * mV, V_r = -60 * mV, E_L = -49 * mV;

  static constexpr auto model = neuron(
      d(v) / dt = (g_e + g_i - (v - E_L)) / tau_m | unless_refractory, d(g_e) / dt = -g_e / tau_e,
      d(g_i) / dt = -g_i / tau_i, threshold(v > V_t), reset(v = V_r), refractory(5 * ms));
};
struct excitation {
  static constexpr auto model = synapse(on_pre(post(neurons::g_e) += 1.62 * mV));
};
struct inhibition {
  static constexpr auto model = synapse(on_pre(post(neurons::g_i) -= 9 * mV));
};

benchmarks::contents build(benchmarks::network& net, std::uint32_t size) {
  auto const cells = net.population<neurons>(size);
  auto const excitatory = cells(0, size / 5 * 4), inhibitory = cells(size / 5 * 4, size);
  cells[neurons::v] = neurons::V_r + uniform() * (neurons::V_t - neurons::V_r);

  auto const rule = fixed_probability(80.0 / size);
  auto const from_e = net.connect<excitation>(excitatory, cells, rule);
  auto const from_i = net.connect<inhibition>(inhibitory, cells, rule);
  return {{net.record_spikes(cells, nernst::keep::counts)}, size, from_e.size() + from_i.size()};
}
}  // namespace cuba

int main(int argc, char** argv) {
  using namespace nernst::dsl;
  return benchmarks::run(argc, argv, 4000, 0.1 * ms, cuba::build);
}
