// EXPECT: not_a_model<.*leaky.*"a mechanism with on_spike.*"one without it
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/cable.hpp>
#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct leaky {
  static constexpr auto g = state<"g">(siemens);
#ifdef SHOULD_FAIL
  static constexpr auto model = point(d(g) / dt = -g / (2 * ms), current((voltage - 0 * mV) * g));
#else
  static constexpr auto model =
      point(d(g) / dt = -g / (2 * ms), current((voltage - 0 * mV) * g), on_spike(g += 1 * nS));
#endif
};

void excite(nernst::network<>& net, nernst::morphology const& shape) {
  auto const cells = net.cells(2, shape, nernst::d_lambda(0.1));
  auto const synapses = cells.place<leaky>(terminals);
  auto const source = cells.detect(root, 0 * mV);
  net.connect(source, synapses, all_to_all(), 1 * ms);  // mistake
}
