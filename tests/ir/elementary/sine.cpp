// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/elementary/sine.hpp>

#include "catch.hpp"
#include "ir/elementary/accuracy.hpp"
#include <cmath>
#include <vector>

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

namespace {
/// cos(2 pi x + quarters pi/2), by way of the nearest quarter of a turn, as 2 pi x is not exact.
long double cosine_of_turn(long double x, int quarters) {
  constexpr long double turn = 6.28318530717958647692528676655901L;
  long double const k = std::round(4 * x);
  long double const angle = turn * (x - k / 4);
  int const quadrant = (static_cast<int>(k) + quarters) % 4;
  long double const size = quadrant % 2 == 0 ? std::cos(angle) : std::sin(angle);
  return quadrant == 1 || quadrant == 2 ? -size : size;
}
template <class Real>
test::arguments<Real> turns() {
  test::arguments<Real> all;
  all.even(0, 1).of_any_size(-30, 0);
  for (int k = 0; k < 9; ++k) all.with(static_cast<Real>(k) / 8);
  std::erase_if(all.values, [](Real x) { return !(x > 0) || !(x <= 1); });
  return all;
}
}  // namespace

TEMPLATE_TEST_CASE("point_of_turn", "[ir][elementary]", double, float) {
  auto const cosine = [](auto x) { return nernst::ir::elementary::point_of_turn(x).cosine; };
  auto const sine = [](auto x) { return nernst::ir::elementary::point_of_turn(x).sine; };
  auto const all = turns<TestType>();
  CHECK(test::largest_error(cosine, [](long double x) { return cosine_of_turn(x, 0); }, all) < 2);
  CHECK(test::largest_error(sine, [](long double x) { return cosine_of_turn(x, 3); }, all) < 2);
  CHECK(cosine(TestType(0)) == 1);
  CHECK(sine(TestType(0)) == 0);
}
