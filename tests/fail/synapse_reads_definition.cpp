// EXPECT: not_supported<.*drive_pre.*a variable that the neuron stores
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto drive = subexpression<"drive">(-v / (20 * ms));
  static constexpr auto model =
      neuron(drive, d(v) / dt = drive, threshold(v > -50 * mV), reset(v = -60 * mV));
};

struct excitation {
#ifdef SHOULD_FAIL
  static constexpr auto model = synapse(on_pre(post(cells::v) += pre(cells::drive) * ms));
#else
  static constexpr auto model = synapse(on_pre(post(cells::v) += pre(cells::v)));
#endif
};

void simulate(nernst::network<>& net) {
  auto all = net.population<cells>(100);
  net.connect<excitation>(all, all, all_to_all());
  net.run(1 * ms);
}
