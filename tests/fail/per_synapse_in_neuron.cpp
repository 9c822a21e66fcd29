// EXPECT: misplaced_clause<.*neuron.*per_synapse
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(one);
#ifdef SHOULD_FAIL
  static constexpr auto model = neuron(d(v) / dt = -v / ms, per_synapse);
#else
  static constexpr auto model = neuron(d(v) / dt = -v / ms);
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
