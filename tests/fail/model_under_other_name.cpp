// EXPECT: not_a_model<.*cells.*no `static constexpr auto model`
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
#ifdef SHOULD_FAIL
  static constexpr auto equations = neuron(d(v) / dt = -v / (20 * ms));
#else
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms), threshold(v > -50 * mV));
#endif
};

void simulate(nernst::network<>& net) {
  auto all = net.population<cells>(100);  // mistake
  all[cells::v] = -60 * mV;
  auto spikes = net.record_spikes(all);
  net.run(100 * ms);
}
