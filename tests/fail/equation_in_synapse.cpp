// EXPECT: misplaced_clause<.*synapse.*dt
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct plastic {
  static constexpr auto w = state<"w">(volt);
  static constexpr auto g = state<"g">(volt);
#ifdef SHOULD_FAIL
  static constexpr auto model = synapse(d(w) / dt = -w / (20 * ms), on_pre(post(g) += w));
#else
  static constexpr auto model = synapse(on_pre(post(g) += w, w *= 0.5));
#endif
};

constexpr bool valid = nernst::kernel::compiled<plastic>::valid;
