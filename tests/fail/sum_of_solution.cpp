// EXPECT: misplaced_statement<.*"x".*has an equation
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(one);
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = parameter<"y">(one);
  static constexpr auto model =
      neuron(d(v) / dt = (y - v) / ms, d(x) / dt = -x / ms, threshold(v > 1));
};

struct coupling {
#ifdef SHOULD_FAIL
  static constexpr auto model = synapse(summed(post(cells::x) = pre(cells::v)));
#else
  static constexpr auto model = synapse(summed(post(cells::y) = pre(cells::v)));
#endif
};

void simulate(nernst::network<>& net) {
  auto all = net.population<cells>(100);
  net.connect<coupling>(all, all, all_to_all());  // mistake
}
