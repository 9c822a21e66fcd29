// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Vogels and Abbott (2005): integrate-and-fire neurons, conductance-based synapses, 80 onto each, a
// delay of 0.8 ms.
#include "../program.hpp"

namespace coba {
using namespace nernst::dsl;

struct neurons {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto g_e = state<"g_e">(siemens);
  static constexpr auto g_i = state<"g_i">(siemens);

  static constexpr auto C = 200 * pF, g_L = 10 * nS, I = 200 * pA;
  static constexpr auto E_L = -60 * mV, E_e = 0 * mV, E_i = -80 * mV;
  static constexpr auto tau_e = 5 * ms, tau_i = 10 * ms;
  static constexpr auto V_t = -50 * mV, V_r = -60 * mV;

  static constexpr auto model = neuron(
      d(v) / dt = (g_L * (E_L - v) + g_e * (E_e - v) + g_i * (E_i - v) + I) / C | unless_refractory,
      d(g_e) / dt = -g_e / tau_e, d(g_i) / dt = -g_i / tau_i, threshold(v > V_t), reset(v = V_r),
      refractory(5 * ms), method(euler));
};
struct excitation {
  static constexpr auto model = synapse(on_pre(post(neurons::g_e) += 4 * nS));
};
struct inhibition {
  static constexpr auto model = synapse(on_pre(post(neurons::g_i) += 51 * nS));
};

benchmarks::contents build(benchmarks::network& net, std::uint32_t size) {
  auto const cells = net.population<neurons>(size);
  auto const excitatory = cells(0, size / 5 * 4), inhibitory = cells(size / 5 * 4, size);
  cells[neurons::v] = neurons::V_r + uniform() * (neurons::V_t - neurons::V_r);

  auto const rule = fixed_probability(80.0 / size);
  auto const from_e = net.connect<excitation>(excitatory, cells, rule, 0.8 * ms);
  auto const from_i = net.connect<inhibition>(inhibitory, cells, rule, 0.8 * ms);
  return {{net.record_spikes(cells, nernst::keep::counts)}, size, from_e.size() + from_i.size()};
}
}  // namespace coba

int main(int argc, char** argv) {
  using namespace nernst::dsl;
  return benchmarks::run(argc, argv, 4000, 0.1 * ms, coba::build);
}
