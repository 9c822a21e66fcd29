// EXPECT: lvalue|not assignable
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model =
      neuron(d(v) / dt = -v / (20 * ms), threshold(v > -50 * mV), reset(v = -60 * mV));
};

void simulate(nernst::network<>& net) {
  auto all = net.population<cells>(100);
#ifdef SHOULD_FAIL
  all[cells::v][3] = -60e-3;  // mistake
#else
  all(3, 4)[cells::v] = -60 * mV;
#endif
}
