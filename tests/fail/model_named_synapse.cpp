// EXPECT: incomplete type
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms), threshold(v > -50 * mV));
};
namespace models {
#ifdef SHOULD_FAIL
struct synapse {
  static constexpr auto model = synapse(on_pre(post(cells::v) += 1 * mV));  // mistake
};
#else
struct synapse {
  static constexpr auto model = nernst::dsl::synapse(on_pre(post(cells::v) += 1 * mV));
};
#endif
}  // namespace models

void simulate(nernst::network<>& net) {
  auto all = net.population<cells>(100);
  net.connect<models::synapse>(all, all, all_to_all());
  net.run(100 * ms);
}
