// EXPECT: misplaced_clause<.*"density".*"on_spike"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct channel {
  static constexpr auto g = state<"g">(siemens);
  static constexpr auto w = connection<"w">(siemens);
#ifdef SHOULD_FAIL
  static constexpr auto model = density(on_spike(g += w));
#else
  static constexpr auto model = point(on_spike(g += w));
#endif
};

constexpr bool valid = nernst::kernel::compiled<channel>::valid;
