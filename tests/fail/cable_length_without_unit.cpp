// EXPECT: deleted
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/morphology.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

nernst::morphology stick() {
#ifdef SHOULD_FAIL
  return nernst::morphology(cylinder(200, 2 * um));  // mistake
#else
  return nernst::morphology(cylinder(200 * um, 2 * um));
#endif
}
