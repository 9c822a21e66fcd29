// EXPECT: dimension_mismatch<.*"values\(e, unit\)".*"V".*"m"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/morphology.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

std::vector<double> paths(nernst::compartments const& cut) {
#ifdef SHOULD_FAIL
  return cut.values(distance, mV);  // mistake
#else
  return cut.values(distance, um);
#endif
}
