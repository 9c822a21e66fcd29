// EXPECT: not_a_condition<.*threshold.*V
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::neuron("v : volt", brian::threshold("v"));
#else
  static constexpr auto model = brian::neuron("v : volt", brian::threshold("v > 1*mV"));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
