// EXPECT: not_supported<.*"own events in the C interface".*"on_spike"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/c_abi/export.hpp>
#include <nernst/nmodl/mechanism.hpp>

#ifdef SHOULD_FAIL
#define EVENT "net_send(1, 1)"
#else
#define EVENT "g = g + w"
#endif

struct pulse {
  static constexpr auto model = nernst::nmodl::mechanism(
      "NEURON { POINT_PROCESS pulse NONSPECIFIC_CURRENT i }\n"
      "STATE { g (uS) }\n"
      "ASSIGNED { v (mV) i (nA) }\n"
      "BREAKPOINT { i = g*v }\n"
      "NET_RECEIVE(w (uS)) { " EVENT " }\n");
};

constexpr bool valid = nernst::c_abi::detail::exported_mechanism<pulse>::valid;
