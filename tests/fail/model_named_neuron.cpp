// EXPECT: incomplete type
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

namespace models {
#ifdef SHOULD_FAIL
struct neuron {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms));  // mistake
};
#else
struct neuron {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model =
      nernst::dsl::neuron(d(v) / dt = -v / (20 * ms), threshold(v > -50 * mV));
};
#endif
}  // namespace models

void simulate(nernst::network<>& net) {
  auto all = net.population<models::neuron>(100);
  auto spikes = net.record_spikes(all);
  net.run(100 * ms);
}
