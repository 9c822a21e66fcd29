// EXPECT: deleted|network_options
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nernst.hpp>

using namespace nernst::dsl;

void simulate() {
#ifdef SHOULD_FAIL
  nernst::network<> net({.dt = 0.1});  // mistake
#else
  nernst::network<> net({.dt = 0.1 * ms});
#endif
}
