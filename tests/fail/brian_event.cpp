// EXPECT: unknown_event<.*high
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::neuron("v : 1", brian::on_event("high", "v = 0"));
#else
  static constexpr auto model =
      brian::neuron("v : 1", brian::event("high", "v > 1"), brian::on_event("high", "v = 0"));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
