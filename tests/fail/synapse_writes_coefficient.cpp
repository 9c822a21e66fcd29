// EXPECT: misplaced_statement<.*tau.*relies on
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto tau = parameter<"tau">(second);
  static constexpr auto model =
      neuron(d(v) / dt = -v / tau, threshold(v > -50 * mV), reset(v = -60 * mV), method(exact));
};

struct slowing {
#ifdef SHOULD_FAIL
  static constexpr auto model = synapse(on_pre(post(cells::tau) += 1 * ms));
#else
  static constexpr auto model = synapse(on_pre(post(cells::v) += 1 * mV));
#endif
};

void simulate(nernst::network<>& net) {
  auto all = net.population<cells>(100);
  net.connect<slowing>(all, all, all_to_all());
  net.run(1 * ms);
}
