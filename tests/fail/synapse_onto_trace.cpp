// EXPECT: not_supported<.*before.*per_synapse
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model =
      neuron(d(v) / dt = -v / (20 * ms), threshold(v > -50 * mV), reset(v = -60 * mV));
};

struct plastic {
  static constexpr auto w = state<"w">(volt);
  static constexpr auto before = state<"before">(volt);
  static constexpr auto of_before = d(before) / dt = -before / (20 * ms) | event_driven;
  static constexpr auto fires = on_pre(post(cells::v) += w, before += 1 * mV);
  static constexpr auto fired = on_post(w += before);
#ifdef SHOULD_FAIL
  static constexpr auto model = synapse(of_before, fires, fired);
#else
  static constexpr auto model = synapse(of_before, fires, fired, per_synapse);
#endif
};
struct above {
  static constexpr auto model = synapse(on_pre(post(plastic::before) *= 0.5));
};

void simulate(nernst::network<>& net) {
  auto all = net.population<cells>(100);
  auto synapses = net.connect<plastic>(all, all, all_to_all());
  net.connect<above>(all, synapses, all_to_all());
  net.run(1 * ms);
}
