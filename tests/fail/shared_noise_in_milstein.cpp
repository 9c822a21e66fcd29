// EXPECT: unsuitable_method<.*milstein.*dw/dt shares its noise
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto w = state<"w">(volt);
#ifdef SHOULD_FAIL
  static constexpr auto source = xi_<"a">;
#else
  static constexpr auto source = xi_<"b">;
#endif
  static constexpr auto model =
      neuron(d(v) / dt = (w - v + v * sqrt(20 * ms) * xi_<"a">) / (20 * ms),
             d(w) / dt = w * source / sqrt(20 * ms), method(milstein));
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
