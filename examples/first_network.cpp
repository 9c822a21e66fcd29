// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// A first network, step by step; docs/first_network.md goes through it.
#include <nernst/nernst.hpp>

#include <cstdio>
#include <iostream>

namespace first {
using namespace nernst::dsl;

struct cell {
  static constexpr auto v = state<"v">(volt);           // membrane potential
  static constexpr auto I_syn = state<"I_syn">(ampere); // synaptic current
  static constexpr auto I = parameter<"I">(ampere);     // injected current: one value per neuron
  static constexpr auto E_L = shared<"E_L">(volt);      // resting potential: one value for all

  static constexpr auto R = 100 * Mohm;
  static constexpr auto tau = 10 * ms, tau_s = 5 * ms;

  static constexpr auto model =
      neuron(d(v) / dt = (E_L - v + R * (I + I_syn)) / tau | unless_refractory,
             d(I_syn) / dt = -I_syn / tau_s,
             threshold(v > -50 * mV),
             reset(v = E_L),
             refractory(2 * ms));
};

struct excitation {
  static constexpr auto w = parameter<"w">(ampere); // one value per synapse
  static constexpr auto model = synapse(on_pre(post(cell::I_syn) += w));
};

struct inhibition {
  static constexpr auto model = synapse(on_pre(post(cell::I_syn) -= 40 * pA));
};
} // namespace first

using namespace nernst::dsl;
using first::cell;

void one_neuron() {
  nernst::network net({.dt = 0.1 * ms});
  auto neuron = net.population<cell>(1);
  neuron[cell::E_L] = -70 * mV;
  neuron[cell::v] = -70 * mV;
  neuron[cell::I] = 0.3 * nA;

  auto spikes = net.record_spikes(neuron);
  auto trace = net.record(neuron, {"v"});
  net.run(50 * ms);

  for (double const time : spikes.times()) std::printf("a spike at %.1f ms\n", time * 1e3);
  for (std::size_t step : {0u, 50u, 100u, 120u, 140u})
    std::printf("%4.1f ms: %.2f mV\n", trace.time(step) * 1e3, trace.at(step, 0, 0) * 1e3);
}

void a_network(std::uint64_t seed) {
  nernst::network net({.dt = 0.1 * ms, .seed = seed});
  auto cells = net.population<cell>(100, "cells");
  auto excitatory = cells(0, 80), inhibitory = cells(80, 100);

  cells[cell::E_L] = -70 * mV;
  cells[cell::v] = cell::E_L + uniform() * 20 * mV; // drawn for each neuron
  excitatory[cell::I] = 0.22 * nA + i * 0.5 * pA;   // i counts from the start of the slice
  inhibitory[cell::I] = 0.19 * nA;

  auto recurrent = net.connect<first::excitation>(excitatory, cells, fixed_probability(0.1),
                                                  1.5 * ms, "recurrent");
  net.connect<first::inhibition>(inhibitory, excitatory, all_to_all(), 1 * ms);
  net.connect<first::inhibition>(cells(0, 20), inhibitory, one_to_one());
  auto extra = net.connect<first::excitation>(excitatory, inhibitory, pairs({0, 0, 7}, {1, 2, 19}));

  recurrent[first::excitation::w] = 20 * pA;
  extra[first::excitation::w] = {1e-11, 2e-11, 3e-11}; // amperes

  auto spikes = net.record_spikes(cells);
  auto trace = net.record(cells, {"v", "I_syn"}, {0, 80});

  net.run(100 * ms);
  std::printf("%.0f ms: %zu spikes\n", net.time() * 1e3, spikes.count());

  inhibitory[cell::I] = 0 * nA;
  net.run(100 * ms);
  std::printf("%.0f ms: %zu spikes, %.1f Hz\n", net.time() * 1e3, spikes.count(),
              spikes.mean_rate());

  std::vector<double> const v = cells[cell::v].get(); // volts
  std::printf("now v of the first neuron is %.2f mV, of the last %.2f mV\n", v.front() * 1e3,
              v.back() * 1e3);
  std::printf("the first spikes:");
  for (std::size_t k = 0; k < 3; ++k)
    std::printf(" neuron %d in step %d,", spikes.neurons()[k], static_cast<int>(spikes.steps()[k]));
  std::printf(" ...\nspikes per neuron and second in pieces of 50 ms:");
  for (double const rate : spikes.rates(50 * ms)) std::printf(" %.1f", rate);
  std::printf("\n");

  spikes.save("first_spikes.npy");
  trace.save("first_trace.npy");
  nernst::print_memory(std::cerr, net.memory());
}

int main(int argc, char** argv) {
  nernst::runtime runtime(argc, argv);
  one_neuron();
  std::printf("\n");
  a_network(1);
  std::printf("\nagain, with another seed\n");
  a_network(2);
}
