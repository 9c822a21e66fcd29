// EXPECT: dimension_mismatch<.*"a < b".*"m".*"s"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/morphology.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

nernst::region thin() {
#ifdef SHOULD_FAIL
  return tag(3) && radius < 2 * ms;  // mistake
#else
  return tag(3) && radius < 2 * um;
#endif
}
