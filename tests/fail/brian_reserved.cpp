// EXPECT: reserved_name<.*mV .*line 1:1.*no unit
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::neuron("mV : 1");
#else
  static constexpr auto model = brian::neuron("milli : 1");
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
