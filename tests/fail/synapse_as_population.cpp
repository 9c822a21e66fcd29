// EXPECT: not_a_model<.*excitation.*a model of neurons.*a model of synapses
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model =
      neuron(d(v) / dt = -v / (20 * ms), threshold(v > -50 * mV), reset(v = -60 * mV));
};
struct excitation {
  static constexpr auto w = parameter<"w">(volt);
  static constexpr auto model = synapse(on_pre(post(cells::v) += w));
};

void simulate(nernst::network<>& net) {
#ifdef SHOULD_FAIL
  auto all = net.population<excitation>(100);  // mistake
#else
  auto all = net.population<cells>(100);
#endif
  auto spikes = net.record_spikes(all);
  net.run(100 * ms);
}
