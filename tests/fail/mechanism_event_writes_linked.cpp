// EXPECT: misplaced_statement<.*event: far.*a linked variable
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct writer {
  static constexpr auto own = state<"own">(one);
  static constexpr auto far = linked<"far">(one);
  static constexpr auto model = artificial(initial(own = 0, send<"end">(1 * ms)),
#ifdef SHOULD_FAIL
                                           on_event<"end">(far += 1));
#else
                                           on_event<"end">(own += far));
#endif
};

constexpr bool valid = nernst::kernel::compiled<writer>::valid;
