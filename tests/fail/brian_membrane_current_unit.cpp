// EXPECT: dimension_mismatch<.*Im .*"A/m\^2".*"A"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells_in_amp {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::spatial_neuron("Im = 1*amp : amp");
#else
  static constexpr auto model = brian::spatial_neuron("Im = 1*amp/area : amp/meter**2");
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells_in_amp>::valid;
