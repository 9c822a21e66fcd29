// EXPECT: dimension_mismatch<.*I .*"A".*"A/m\^2"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells_of_density {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::spatial_neuron("Im = 0*amp/meter**2 : amp/meter**2; I : amp/meter**2 (point current)");
#else
  static constexpr auto model = brian::spatial_neuron("Im = 0*amp/meter**2 : amp/meter**2; I : amp (point current)");
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells_of_density>::valid;
