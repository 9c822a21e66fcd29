// EXPECT: syntax_error<.*3 : 1 \(line 1:.*an operator
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::neuron("x = 2 3 : 1");
#else
  static constexpr auto model = brian::neuron("x = 2*3 : 1");
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
