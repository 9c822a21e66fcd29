// EXPECT: written_otherwise<.*rhs . flag . flag
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct plastic {
  static constexpr auto x = state<"x">(one);
#ifdef SHOULD_FAIL
  static constexpr auto model =
      synapse(d(x) / dt = -x / (20 * ms) | event_driven | clock_driven, on_pre(x += 1));
#else
  static constexpr auto model = synapse(d(x) / dt = -x / (20 * ms) | event_driven, on_pre(x += 1));
#endif
};

constexpr bool valid = nernst::kernel::compiled<plastic>::valid;
