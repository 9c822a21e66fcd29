// EXPECT: unknown_variable<.*h.*cells
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto g = state<"g">(siemens);
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms), d(g) / dt = -g / (5 * ms),
                                       threshold(v > -50 * mV), reset(v = -60 * mV));
};

struct excitation {
#ifdef SHOULD_FAIL
  static constexpr auto g = state<"h">(siemens);
#else
  static constexpr auto g = state<"g">(siemens);
#endif
  static constexpr auto model = synapse(on_pre(post(g) += 6 * nS));
};

void simulate(nernst::network<>& net) {
  auto all = net.population<cells>(100);
  auto synapses = net.connect<excitation>(all, all, all_to_all());
  net.run(1 * ms);
}
