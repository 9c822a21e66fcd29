// EXPECT: dimension_mismatch<.*array.*"A.*"V
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto current = timed_array<"current">(ampere);
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model =
      neuron(d(v) / dt = (current(t) * 10 * Mohm - v) / (20 * ms), method(euler));
};

#ifdef SHOULD_FAIL
constexpr auto unit = mV;
#else
constexpr auto unit = nA;
#endif

void simulate(nernst::network<>& net) {
  auto all = net.population<cells>(100);
  all[cells::current] = nernst::timed_values({0 * unit, 1 * unit}, 10 * ms);
  net.run(1 * ms);
}
