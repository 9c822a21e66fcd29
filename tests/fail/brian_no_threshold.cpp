// EXPECT: missing_threshold<.*reset.*cells
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model =
      brian::neuron("dv/dt = -v/(20*ms) : volt", brian::reset("v = 0*mV"));
#else
  static constexpr auto model = brian::neuron(
      "dv/dt = -v/(20*ms) : volt", brian::threshold("v > 20*mV"), brian::reset("v = 0*mV"));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
