// EXPECT: not_supported<.*"a threshold in the C interface".*"cells.detect"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/c_abi/export.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct channel {
  static constexpr auto x = parameter<"x">(one);
#ifdef SHOULD_FAIL
  static constexpr auto model = point(x, threshold(voltage > 0 * mV));
#else
  static constexpr auto model = point(x);
#endif
};

constexpr bool valid = nernst::c_abi::detail::exported_mechanism<channel>::valid;
