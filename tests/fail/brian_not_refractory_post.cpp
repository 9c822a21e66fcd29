// EXPECT: missing_refractory<.*not_refractory_post \(line 1:15\)
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
#ifdef SHOULD_FAIL
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms), threshold(v > -50 * mV));
#else
  static constexpr auto model =
      neuron(d(v) / dt = -v / (20 * ms), threshold(v > -50 * mV), refractory(2 * ms));
#endif
};

struct kick {
  static constexpr auto model =
      nernst::brian::synapse(nernst::brian::on_pre("v += 1*mV*int(not_refractory_post)"));
};

void simulate(nernst::network<>& net) {
  auto all = net.population<cells>(100);
  auto synapses = net.connect<kick>(all, all, all_to_all());
  net.run(1 * ms);
}
