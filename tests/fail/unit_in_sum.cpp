// EXPECT: dimension_mismatch<.*a \+ b.*V.*A
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/language/units.hpp>

using namespace nernst::dsl;

constexpr auto sum = 2 * mV + 3 * mV;
#ifdef SHOULD_FAIL
constexpr auto wrong = 2 * mV + 3 * nA;
#endif
