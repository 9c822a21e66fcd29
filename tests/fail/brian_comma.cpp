// EXPECT: syntax_error<.*, volt \(line 1:18\).*": and a unit"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::neuron("dv/dt = -v/second, volt\nw : 1");
#else
  static constexpr auto model = brian::neuron("dv/dt = -v/second : volt\nw : 1");
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
