// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/elementary/power.hpp>

#include "catch.hpp"
#include "ir/elementary/accuracy.hpp"

namespace elementary = nernst::ir::elementary;

namespace {
/// The largest error of x^y for one y, within what x^y can be.
template <class Real>
double error_of_power(Real y, test::arguments<Real> const& of) {
  return test::largest_error<Real>(
      [y](auto x) { return elementary::pow(x, elementary::all<decltype(x)>(y)); },
      [y](long double x) { return std::pow(x, static_cast<long double>(y)); }, of);
}
}  // namespace

TEMPLATE_TEST_CASE("pow", "[ir][elementary]", double, float) {
  double const largest = sizeof(TestType) == 8 ? 740 : 100;
  for (double const exponent :
       {-700., -33.3, -3., -1., -0.5, -1e-3, 1e-3, 0.3, 0.5, 1., 1.7, 2., 2.5, 7., 33., 900.}) {
    auto const y = static_cast<TestType>(exponent);
    double const range = largest / std::max(1., std::fabs(exponent));
    INFO("y = " << y);
    test::arguments<TestType> all;
    all.even(0.5, 2).even(-3, 3);
    std::uniform_real_distribution<double> between(-range, range);
    for (int k = 0; k < 4000; ++k)
      all.values.push_back(static_cast<TestType>(std::exp(between(all.random))));
    CHECK(error_of_power(y, all) < 0.9);
  }
}

TEMPLATE_TEST_CASE("pow at its limits is that of C", "[ir][elementary]", double, float) {
  using limits = std::numeric_limits<TestType>;
  test::arguments<TestType> all;
  for (TestType const x : {TestType(3), TestType(-3), TestType(2.5), TestType(1e20)}) all.with(x);
  for (TestType const x : all.values)
    for (TestType const y : all.values) {
      TestType const found = elementary::pow(x, y);
      double const error =
          test::units_in_last_place(found, std::pow(static_cast<long double>(x), y));
      // What overflows and underflows has its sign and limit.
      if (!(error < 0.9 || found == static_cast<TestType>(std::pow(x, y))))
        FAIL_CHECK(x << " to the power " << y << ": " << found);
    }
  CHECK(elementary::pow(TestType(-8), TestType(3)) == -512);
  CHECK(std::isnan(elementary::pow(TestType(-8), TestType(0.5))));
  CHECK(elementary::pow(limits::quiet_NaN(), TestType(0)) == 1);
  CHECK(elementary::pow(TestType(1), limits::infinity()) == 1);
}
