// EXPECT: not_a_rule<.*between.*a number
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model =
      neuron(d(v) / dt = -v / (20 * ms), threshold(v > -50 * mV), reset(v = -60 * mV));
};
struct excitation {
  static constexpr auto w = parameter<"w">(volt);
  static constexpr auto model = synapse(on_pre(post(cells::v) += w));
};

void simulate(nernst::network<>& net) {
  auto all = net.population<cells>(100);
  auto rule = blocks();
#ifdef SHOULD_FAIL
  rule.between(all, all, 0.1);  // mistake
#else
  rule.between(all, all, all_to_all());
#endif
  net.connect<excitation>(all, all, rule);
  net.run(100 * ms);
}
