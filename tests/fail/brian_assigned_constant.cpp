// EXPECT: misplaced_statement<.*k .*a constant
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model =
      brian::neuron("v : 1\nk : 1 (constant)", brian::threshold("v > 1"), brian::reset("k = 2"));
#else
  static constexpr auto model =
      brian::neuron("v : 1\nk : 1 (constant)", brian::threshold("v > 1"), brian::reset("v = k"));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
