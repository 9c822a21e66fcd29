// EXPECT: missing_threshold<.*on_pre
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms), threshold(v > 20 * mV));
};

struct kick {
  static constexpr auto model = synapse(on_pre(post(cells::v) += 1 * mV));
};

void simulate(nernst::network<>& net) {
  auto all = net.population<cells>(100);
  auto synapses = net.connect<kick>(all, all, all_to_all());
#ifdef SHOULD_FAIL
  net.connect<kick>(synapses, all, all_to_all());
#endif
}
