// EXPECT: written_otherwise<.*to_target.*for_each
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
  constexpr auto k = parameter<"k">(integer);
#ifdef SHOULD_FAIL
  net.connect<excitation>(all, all, to_target(k, range(3)));  // mistake
#else
  net.connect<excitation>(all, all, to_target(i, for_each(k, range(3))));
#endif
  net.run(100 * ms);
}
