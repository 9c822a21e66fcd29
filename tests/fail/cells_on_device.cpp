// EXPECT: not_supported<.*cells on a device.*a host space
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/device.hpp>
#include <nernst/nernst.hpp>

using namespace nernst::dsl;

void simulate(nernst::network<nernst::device_space<Kokkos::Serial>>& net) {
#ifdef SHOULD_FAIL
  auto cells = net.cells(3);
#endif
  net.run(100 * ms);
}
