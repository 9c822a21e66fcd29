// EXPECT: written_otherwise<.*declaration without a unit.*state<..x..>\(volt\)
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto v = state<"v">();  // mistake
#else
  static constexpr auto v = state<"v">(volt);
#endif
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms), threshold(v > -50 * mV));
};

void simulate(nernst::network<>& net) {
  auto all = net.population<cells>(100);
  all[cells::v] = -60 * mV;
  auto spikes = net.record_spikes(all);
  net.run(100 * ms);
}
