// EXPECT: unknown_function<.*sine .*line 1:5
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::neuron("x = sine(1) : 1");
#else
  static constexpr auto model = brian::neuron("x = sin(1) : 1");
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
