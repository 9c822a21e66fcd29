// EXPECT: unknown_function<.*f.*functions
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct sigmoid {
  double operator()(double x) const { return x / (1 + (x < 0 ? -x : x)); }
};

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto f = function<"f", sigmoid>(one, one);
#ifdef SHOULD_FAIL
  static constexpr auto model = neuron(d(v) / dt = -f(v / mV) * mV / ms);
#else
  static constexpr auto model = neuron(d(v) / dt = -f(v / mV) * mV / ms, functions(f));
#endif
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
