// EXPECT: no_suitable_method<.*v
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
#ifdef SHOULD_FAIL
  static constexpr auto model = neuron(d(v) / dt = mV * xi * xi - v / (20 * ms),
                                       threshold(v > -50 * mV), reset(v = -60 * mV));
#else
  static constexpr auto model =
      neuron(d(v) / dt = -v / (20 * ms), threshold(v > -50 * mV), reset(v = -60 * mV));
#endif
};
struct excitation {
  static constexpr auto model = synapse(on_pre(post(cells::v) += 1 * mV));
};

void simulate(nernst::network<>& net) {
  auto all = net.population<cells>(100);
  all[cells::v] = -60 * mV;
  auto synapses = net.connect<excitation>(all, all, all_to_all());
  auto spikes = net.record_spikes(all);
  net.run(1 * ms);
}
