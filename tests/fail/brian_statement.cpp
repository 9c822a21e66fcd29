// EXPECT: syntax_error<.*reset: \*2 .*line 1:5
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model =
      brian::neuron("x : 1", brian::threshold("x > 1"), brian::reset("x = *2"));
#else
  static constexpr auto model =
      brian::neuron("x : 1", brian::threshold("x > 1"), brian::reset("x *= 2"));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
