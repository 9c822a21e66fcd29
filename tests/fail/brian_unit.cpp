// EXPECT: dimension_mismatch<.*dv/dt \(line 1:1\).*"V/s".*"V"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::neuron("dv/dt = -v : volt");
#else
  static constexpr auto model = brian::neuron("dv/dt = -v/(20*ms) : volt");
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
