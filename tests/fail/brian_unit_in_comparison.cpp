// EXPECT: dimension_mismatch<.*threshold: v > 50 \(line 1:3\).*"V".*"1"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::neuron("v : volt", brian::threshold("v > 50"));
#else
  static constexpr auto model = brian::neuron("v : volt", brian::threshold("v > 50*mV"));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
