// EXPECT: unknown_variable<.*tau .*line 1:12
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::neuron("dv/dt = -v/tau : volt");
#else
  static constexpr auto model = brian::neuron("dv/dt = -v/tau : volt\ntau : second");
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
