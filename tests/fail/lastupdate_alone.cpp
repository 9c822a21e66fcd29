// EXPECT: unknown_variable<.*lastupdate
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct plastic {
  static constexpr auto x = state<"x">(one);
#ifdef SHOULD_FAIL
  static constexpr auto model = synapse(on_pre(x = lastupdate / second));
#else
  static constexpr auto model =
      synapse(d(x) / dt = -x / ms | event_driven, on_pre(x = lastupdate / second));
#endif
};

constexpr bool valid = nernst::kernel::compiled<plastic>::valid;
