// EXPECT: unknown_variable<.*g.*plastic
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
  static constexpr auto model = brian::neuron("dv/dt = (g - v)/second : 1\ng : 1");
};
struct plastic {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::synapse("w : 1\ng = w*v_pre : 1 (summed)");
#else
  static constexpr auto model = brian::synapse("w : 1\ng_post = w*v_pre : 1 (summed)");
#endif
};

constexpr bool valid = nernst::kernel::compiled<plastic, cells, cells>::valid;
