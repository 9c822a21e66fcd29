// EXPECT: not_a_base_unit<.*mV .*line 1:25.*volt
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::neuron("dv/dt = -v/(20*ms)    : mV");
#else
  static constexpr auto model = brian::neuron("dv/dt = -v/(20*ms)    : volt");
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
