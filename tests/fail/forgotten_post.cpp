// EXPECT: variable_of_neuron<.*v.*post\(v\)
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
#ifdef SHOULD_FAIL
  static constexpr auto model = synapse(on_pre(cells::v += 1 * mV));
#else
  static constexpr auto model = synapse(on_pre(post(cells::v) += 1 * mV));
#endif
};

void simulate(nernst::network<>& net) {
  auto all = net.population<cells>(100);
  net.connect<excitation>(all, all, all_to_all());  // mistake
  net.run(100 * ms);
}
