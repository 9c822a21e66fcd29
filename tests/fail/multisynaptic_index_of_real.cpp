// EXPECT: written_otherwise<.*multisynaptic_index.*integer
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct several {
  static constexpr auto x = state<"x">(one);
  static constexpr auto k = parameter<"k">(integer);
#ifdef SHOULD_FAIL
  static constexpr auto model = synapse(multisynaptic_index(x), on_pre(x += 1));
#else
  static constexpr auto model = synapse(multisynaptic_index(k), on_pre(x += k));
#endif
};

constexpr bool valid = nernst::kernel::compiled<several>::valid;
