// EXPECT: dimension_mismatch<.*"a \+ b".*"V".*"V\*m"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/morphology.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

std::vector<double> reversal(nernst::compartments const& cut) {
#ifdef SHOULD_FAIL
  return cut.values(-65 * mV + 0.1 * mV * distance, mV);  // mistake
#else
  return cut.values(-65 * mV + 0.1 * mV / um * distance, mV);
#endif
}
