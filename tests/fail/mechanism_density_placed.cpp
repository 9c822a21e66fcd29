// EXPECT: not_a_model<.*"channel".*"a mechanism made by point
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct channel {
  static constexpr auto x = parameter<"x">(one);
#ifdef SHOULD_FAIL
  static constexpr auto model = density(x);
#else
  static constexpr auto model = point(x);
#endif
};

constexpr bool valid = nernst::kernel::require_placed<channel, nernst::ir::placement::point>();
