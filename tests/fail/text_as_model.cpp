// EXPECT: not_a_model<.*cells.*a text .use brian::neuron
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model = "dv/dt = -v/(20*ms) : volt";
#else
  static constexpr auto model =
      nernst::brian::neuron("dv/dt = -v/(20*ms) : volt", nernst::brian::threshold("v > -50*mV"));
#endif
};

void simulate(nernst::network<>& net) {
  auto all = net.population<cells>(100);  // mistake
  all["v"] = -60 * mV;
  auto spikes = net.record_spikes(all);
  net.run(100 * ms);
}
