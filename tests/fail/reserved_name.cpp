// EXPECT: reserved_name<.*dt
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct cells {
#ifdef SHOULD_FAIL
  static constexpr auto v = state<"dt">(volt);
#else
  static constexpr auto v = state<"v">(volt);
#endif
  static constexpr auto model = neuron(d(v) / dt = -v / (20 * ms));
};

constexpr bool valid = nernst::kernel::compiled<cells>::valid;
