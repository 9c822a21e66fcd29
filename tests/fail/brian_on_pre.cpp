// EXPECT: misplaced_clause<.*neuron.*on_pre
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model =
      brian::neuron("v : 1", brian::threshold("v > 1"), brian::on_pre("v += 1"));
#else
  static constexpr auto model =
      brian::neuron("v : 1", brian::threshold("v > 1"), brian::reset("v += 1"));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
