// EXPECT: dimension_mismatch<.*dv/dt.*V/s.*A
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto I = parameter<"I">(ampere);
  static constexpr auto g = state<"g">(volt);
#ifdef SHOULD_FAIL
  static constexpr auto model = neuron(d(v) / dt = I, d(g) / dt = -g / (5 * ms));  // mistake
#else
  static constexpr auto model = neuron(d(v) / dt = I * (1 * ohm / second),
                                       d(g) / dt = -g / (5 * ms), threshold(v > -50 * mV));
#endif
};
struct excitation {
  static constexpr auto model = synapse(on_pre(post(cells::g) += 1 * mV));
};

void simulate(nernst::network<>& net) {
  auto all = net.population<cells>(100);
  all[cells::I] = 1 * nA;
  auto synapses = net.connect<excitation>(all, all, all_to_all());
  auto trace = net.record(all, {"v", "I"});
  net.run(100 * ms);
}
