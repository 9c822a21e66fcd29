// EXPECT: dimension_mismatch<.*2\*\*v \(line 2:6\).*"1".*"V"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::neuron("v : volt\nx = 2**v : 1");
#else
  static constexpr auto model = brian::neuron("v : volt\nx = 2**(v/volt) : 1");
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
