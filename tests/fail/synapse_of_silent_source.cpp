// EXPECT: missing_threshold<.*on_pre.*silent
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct silent {
  static constexpr auto v = state<"v">(volt);
#ifdef SHOULD_FAIL
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms));
#else
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms), threshold(v > 20 * mV));
#endif
};

struct kick {
  static constexpr auto model = synapse(on_pre(post(silent::v) += 1 * mV));
};

void simulate(nernst::network<>& net) {
  auto all = net.population<silent>(100);
  auto synapses = net.connect<kick>(all, all, all_to_all());
  net.run(1 * ms);
}
