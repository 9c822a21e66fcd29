// EXPECT: (use of|selected) deleted
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms));
};

void simulate(nernst::network<>& net) {
  auto all = net.population<cells>(100);
#ifdef SHOULD_FAIL
  auto first = all[0];  // mistake
#else
  auto first = all(0);
#endif
  first[cells::v] = 1 * mV;
}
