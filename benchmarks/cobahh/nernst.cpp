// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Brette et al. (2007), benchmark 3: Hodgkin-Huxley neurons, conductance-based synapses, 80 onto
// each.
#include "../program.hpp"

namespace cobahh {
using namespace nernst::dsl;

struct neurons {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto m = state<"m">(one);
  static constexpr auto n = state<"n">(one);
  static constexpr auto h = state<"h">(one);
  static constexpr auto g_e = state<"g_e">(siemens);
  static constexpr auto g_i = state<"g_i">(siemens);

  static constexpr auto C = 200 * pF, g_L = 10 * nS, g_Na = 20 * uS, g_K = 6 * uS;
  static constexpr auto E_L = -60 * mV, E_Na = 50 * mV, E_K = -90 * mV, E_e = 0 * mV,
                        E_i = -80 * mV, V_T = -63 * mV;
  static constexpr auto tau_e = 5 * ms, tau_i = 10 * ms;

  static constexpr auto u = v - V_T;
  static constexpr auto alpha_m = 0.32 * 4 / exprel((13 * mV - u) / (4 * mV)) / ms;
  static constexpr auto beta_m = 0.28 * 5 / exprel((u - 40 * mV) / (5 * mV)) / ms;
  static constexpr auto alpha_h = 0.128 * exp((17 * mV - u) / (18 * mV)) / ms;
  static constexpr auto beta_h = 4 / (1 + exp((40 * mV - u) / (5 * mV))) / ms;
  static constexpr auto alpha_n = 0.032 * 5 / exprel((15 * mV - u) / (5 * mV)) / ms;
  static constexpr auto beta_n = 0.5 * exp((10 * mV - u) / (40 * mV)) / ms;

  static constexpr auto model =
      neuron(d(v) / dt = (g_L * (E_L - v) + g_e * (E_e - v) + g_i * (E_i - v) +
                          g_Na * pow<3>(m) * h * (E_Na - v) + g_K * pow<4>(n) * (E_K - v)) /
                         C,
             d(m) / dt = alpha_m * (1 - m) - beta_m * m, d(n) / dt = alpha_n * (1 - n) - beta_n * n,
             d(h) / dt = alpha_h * (1 - h) - beta_h * h, d(g_e) / dt = -g_e / tau_e,
             d(g_i) / dt = -g_i / tau_i, threshold(v > -20 * mV), refractory(3 * ms),
             method(exponential_euler));
};
struct excitation {
  static constexpr auto model = synapse(on_pre(post(neurons::g_e) += 6 * nS));
};
struct inhibition {
  static constexpr auto model = synapse(on_pre(post(neurons::g_i) += 67 * nS));
};

benchmarks::contents build(benchmarks::network& net, std::uint32_t size) {
  auto const cells = net.population<neurons>(size);
  auto const excitatory = cells(0, size / 5 * 4), inhibitory = cells(size / 5 * 4, size);
  cells[neurons::v] = neurons::E_L + (5 * randn() - 5) * mV;
  cells[neurons::g_e] = (1.5 * randn() + 4) * 10 * nS;
  cells[neurons::g_i] = (12 * randn() + 20) * 10 * nS;

  auto const rule = fixed_probability(80.0 / size);
  auto const from_e = net.connect<excitation>(excitatory, cells, rule);
  auto const from_i = net.connect<inhibition>(inhibitory, cells, rule);
  return {{net.record_spikes(cells, nernst::keep::counts)}, size, from_e.size() + from_i.size()};
}
}  // namespace cobahh

int main(int argc, char** argv) {
  using namespace nernst::dsl;
  return benchmarks::run(argc, argv, 4000, 0.1 * ms, cobahh::build);
}
