// EXPECT: wrong_arguments<.*clip .*line 1:5.*3.*2
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::neuron("x = clip(t/second, 1) : 1");
#else
  static constexpr auto model = brian::neuron("x = clip(t/second, 1, 2) : 1");
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
