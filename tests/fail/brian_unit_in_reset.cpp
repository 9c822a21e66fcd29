// EXPECT: dimension_mismatch<.*reset: v \+= 1 \(line 2:3\).*"V".*"1"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::neuron("v : volt\nn : 1", brian::threshold("v > 50*mV"),
                                              brian::reset("n += 1\nv += 1"));
#else
  static constexpr auto model = brian::neuron("v : volt\nn : 1", brian::threshold("v > 50*mV"),
                                              brian::reset("n += 1\nv += 1*mV"));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
