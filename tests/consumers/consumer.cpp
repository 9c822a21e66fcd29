// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

namespace consumer {
using namespace nernst::dsl;

struct neurons {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model =
      neuron(d(v) / dt = (30 * mV - v) / (10 * ms), threshold(v > 20 * mV), reset(v = 0 * mV));
};
}  // namespace consumer

/// Every neuron drives itself over the threshold each 10 ms * log(3), so ten of them fire 90 times
/// in 100 ms.
int main(int argc, char** argv) {
  using namespace nernst::dsl;
  nernst::runtime runtime(argc, argv);
  nernst::network net({.dt = 0.1 * ms, .seed = 1});
  auto cells = net.population<consumer::neurons>(10);
  auto spikes = net.record_spikes(cells);
  net.run(100 * ms);
  return spikes.count() == 90 ? 0 : 1;
}
