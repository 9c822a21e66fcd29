// EXPECT: dimension_mismatch<.*v \+ I \(line 1:12\).*"V".*"A"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::neuron("dv/dt = (v + I)/second : volt\nI : amp");
#else
  static constexpr auto model = brian::neuron("dv/dt = (v + I)/second : volt\nI : volt");
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
