// EXPECT: unsuitable_method<.*event_driven \(line 2:1\).*dx/dt reads y
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

namespace brian = nernst::brian;

struct cells {
  static constexpr auto model = brian::neuron("dv/dt = -v/second : 1");
};
struct plastic {
#ifdef SHOULD_FAIL
  static constexpr auto model = brian::synapse(
      "dy/dt = -y/second : 1\ndx/dt = (y - x)/second : 1 (event-driven)", brian::on_pre("x += 1"));
#else
  static constexpr auto model = brian::synapse(
      "dy/dt = -y/second : 1\ndx/dt = (y - x)/second : 1 (clock-driven)", brian::on_pre("x += 1"));
#endif
};

constexpr bool valid = nernst::kernel::compiled<plastic, cells, cells>::valid;
