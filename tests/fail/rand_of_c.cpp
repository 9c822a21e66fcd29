// EXPECT: 'rand\(\)' is ambiguous|call to 'rand' is ambiguous
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

#include <cstdlib>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms));
};

void simulate(nernst::network<>& net) {
  auto all = net.population<cells>(100);
#ifdef SHOULD_FAIL
  all[cells::v] = -60 * mV + rand() * mV;  // mistake
#else
  all[cells::v] = -60 * mV + uniform() * mV;
#endif
}
