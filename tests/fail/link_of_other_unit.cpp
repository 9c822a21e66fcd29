// EXPECT: dimension_mismatch<.*link.*"V.*"A
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto I = parameter<"I">(ampere);
  static constexpr auto partner = linked<"partner">(volt);
  static constexpr auto model =
      neuron(d(v) / dt = (partner + 10 * Mohm * I - v) / (20 * ms), method(euler));
};

void simulate(nernst::network<>& net) {
  auto some = net.population<cells>(100), others = net.population<cells>(100);
#ifdef SHOULD_FAIL
  some.link(cells::partner, others, cells::I);
#else
  some.link(cells::partner, others, cells::v);
#endif
  others.link(cells::partner, some, cells::v);
  net.run(1 * ms);
}
