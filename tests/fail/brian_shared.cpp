// EXPECT: not_shared<.*x
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model =
      brian::neuron("x = y : 1 (shared)\ny : 1\ndv/dt = (x - v)/second : 1");
#else
  static constexpr auto model =
      brian::neuron("x = y : 1 (shared)\ny : 1 (shared)\ndv/dt = (x - v)/second : 1");
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
