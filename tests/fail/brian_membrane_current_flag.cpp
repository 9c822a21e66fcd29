// EXPECT: unknown_flag<.*shared .*Im without a flag
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells_shared {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::spatial_neuron("Im = 0*amp/meter**2 : amp/meter**2 (shared)");
#else
  static constexpr auto model = brian::spatial_neuron("Im = 0*amp/meter**2 : amp/meter**2");
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells_shared>::valid;
