// EXPECT: dimension_mismatch<.*g \+= \.\.\..*S.*V
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct excitation {
  static constexpr auto g = state<"g">(siemens);
#ifdef SHOULD_FAIL
  static constexpr auto model = synapse(on_pre(post(g) += 6 * mV));
#else
  static constexpr auto model = synapse(on_pre(post(g) += 6 * nS));
#endif
};

constexpr bool valid = nernst::kernel::compiled<excitation>::valid;
