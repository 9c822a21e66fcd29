// EXPECT: dimension_mismatch<.*exp\(-v\) \(line 2:5\).*"1".*"V"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::neuron("v : volt\nx = exp(-v) : 1");
#else
  static constexpr auto model = brian::neuron("v : volt\nx = exp(-v/volt) : 1");
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
