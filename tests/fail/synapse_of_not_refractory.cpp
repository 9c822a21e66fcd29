// EXPECT: missing_refractory<.*not_refractory_post
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
      synapse(on_pre(post(cells::v) += where(post(not_refractory), 1 * mV, 0 * mV)));
};

void simulate(nernst::network<>& net) {
  auto all = net.population<cells>(100);
  auto synapses = net.connect<kick>(all, all, all_to_all());
  net.run(1 * ms);
}
