// EXPECT: name_too_long<.*31 characters
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::neuron("a_name_of_more_than_31_characters : 1");
#else
  static constexpr auto model = brian::neuron("a_name_of_less_characters : 1");
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
