// EXPECT: unknown_variable<.*n.*counter
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>
#include <nernst/nmodl/mechanism.hpp>

using namespace nernst::dsl;

struct counter {
  static constexpr auto n = parameter<"n">(one);
  static constexpr auto step = parameter<"step">(one);
  static constexpr auto model = nernst::nmodl::mechanism("counter.mod", R"(
    NEURON { ARTIFICIAL_CELL counter RANGE n, step, sum }
    PARAMETER { n = 3 step = 1 }
    ASSIGNED { sum }
    NET_RECEIVE(w) { FROM k = 1 TO n { sum = sum + step*k } }
  )");
};

void simulate(nernst::network<>& net) {
  auto counters = net.population<counter>(100);
  counters[counter::step] = 2;
#ifdef SHOULD_FAIL
  counters[counter::n] = 2;  // it bounds a loop: a constant
#endif
  net.run(1 * ms);
}
