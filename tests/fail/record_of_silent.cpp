// EXPECT: missing_threshold<.*record_spikes.*silent
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

std::size_t spikes(nernst::network<>& net) {
  auto const record = net.record_spikes(net.population<silent>(100));
  net.run(1 * ms);
  return record.count();
}
