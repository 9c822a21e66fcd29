// EXPECT: not_supported<.*syn.mod:3:29: a later net_event
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/nmodl/mechanism.hpp>

struct synapse {
#ifdef SHOULD_FAIL
  static constexpr auto model = nernst::nmodl::mechanism("syn.mod", R"(
    NEURON { POINT_PROCESS syn }
    NET_RECEIVE(weight) {   net_event(t + 1) }
  )");
#else
  static constexpr auto model = nernst::nmodl::mechanism("syn.mod", R"(
    NEURON { POINT_PROCESS syn RANGE x }
    ASSIGNED { x }
    NET_RECEIVE(weight) { x = x + weight }
  )");
#endif
};

constexpr bool valid = nernst::kernel::compiled<synapse>::valid;  // mistake
