// EXPECT: misplaced_noise<.*xi .*line 1:5
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::neuron("x = xi : second**-0.5\ndv/dt = -v/second : 1");
#else
  static constexpr auto model = brian::neuron("dv/dt = xi*second**-0.5 : 1");
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
