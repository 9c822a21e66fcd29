// EXPECT: unknown_variable<.*h \(line 1:13\)
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
#ifdef SHOULD_FAIL
  static constexpr auto model =
      neuron(d(v) / dt = -v / (20 * ms), method(scheme("x_new = x + h*f(x,t)")));
#else
  static constexpr auto model =
      neuron(d(v) / dt = -v / (20 * ms), method(scheme("x_new = x + dt*f(x,t)")));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
