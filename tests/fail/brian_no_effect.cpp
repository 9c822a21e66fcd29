// EXPECT: no_effect<.*on_pre.*an assignment
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
  static constexpr auto model = brian::neuron("dge/dt = -ge/second : 1");
};
struct excitation {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::synapse("w : 1", brian::on_pre("g_e = 2*w"));
#else
  static constexpr auto model = brian::synapse("w : 1", brian::on_pre("ge = 2*w"));
#endif
};

constexpr bool valid = nernst::kernel::compiled<excitation, cells, cells>::valid;
