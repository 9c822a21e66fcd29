// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/elementary/sine.hpp>

#include "catch.hpp"
#include "ir/elementary/accuracy.hpp"

namespace {
/// With the numbers next to multiples of pi/2, of which little is left.
template <class Real>
test::arguments<Real> angles() {
  constexpr long double quarter = 1.57079632679489661923132169163975L;
  test::arguments<Real> all;
  all.even(-0.01, 0.01).even(-1, 1).even(-7, 7).even(-100, 100).even(-1e6, 1e6);
  all.of_any_size(sizeof(Real) == 8 ? -745 : -103, 0).of_any_size(0, 80);
  for (int k = 1; k < 2000; ++k) all.with(static_cast<Real>(static_cast<long double>(k) * quarter));
  for (int k = 2000; k < 600000; k += 997)
    all.with(static_cast<Real>(static_cast<long double>(k) * -quarter));
  return all;
}
}  // namespace

TEMPLATE_TEST_CASE("sin", "[ir][elementary]", double, float) {
  CHECK(ERROR_OF(sin, angles<TestType>()) < test::with_fma_or_not<TestType>(1.2, 1.4));
}

TEMPLATE_TEST_CASE("cos", "[ir][elementary]", double, float) {
  CHECK(ERROR_OF(cos, angles<TestType>()) < test::with_fma_or_not<TestType>(1.2, 1.4));
  CHECK(nernst::ir::elementary::cos(TestType(0)) == 1);
}
