// EXPECT: unknown_method<.*rk5
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::neuron("dv/dt = -v/second : 1", brian::method("rk5"));
#else
  static constexpr auto model = brian::neuron("dv/dt = -v/second : 1", brian::method("rk4"));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
