// EXPECT: not_supported<.*own events on a device.*a host space
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/device.hpp>
#include <nernst/nernst.hpp>
#include <nernst/nmodl.hpp>

using namespace nernst::dsl;

struct ticker {
  static constexpr auto model = nernst::nmodl::mechanism(R"(
    NEURON { ARTIFICIAL_CELL ticker }
    INITIAL { net_send(1, 1) }
    NET_RECEIVE(w) { if (flag == 1) { net_event(t) net_send(1, 1) } }
  )");
};

void simulate(nernst::network<nernst::device_space<Kokkos::Serial>>& net) {
#ifdef SHOULD_FAIL
  auto cells = net.population<ticker>(3);
#endif
  net.run(100 * ms);
}
