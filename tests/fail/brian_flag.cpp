// EXPECT: unknown_flag<.*unless refractory .*constant, shared, linked
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::neuron("x : 1 (unless refractory)");
#else
  static constexpr auto model = brian::neuron("x : 1 (constant)");
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
