// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/elementary/exponential.hpp>
#include <nernst/kernel/flush_denormals.hpp>

#include "catch.hpp"
#include "ir/elementary/accuracy.hpp"

using test::arguments;

namespace {
template <class Real>
constexpr bool is_double = sizeof(Real) == 8;
/// Where exp is infinite, and zero.
template <class Real>
constexpr Real most = is_double<Real> ? Real(709.782712893384) : Real(88.72284);
template <class Real>
constexpr Real least = is_double<Real> ? Real(-745.1332191019412) : Real(-103.97208);

template <class Real>
arguments<Real> dense() {
  double const high = is_double<Real> ? 709.7 : 88.7;
  arguments<Real> all;
  all.even(-0.01, 0.01).even(-0.5, 0.5).even(-2, 2).even(-40, 40).even(-high, high);
  all.of_any_size(is_double<Real> ? -745 : -100, 0);
  return all;
}
}  // namespace

TEMPLATE_TEST_CASE("exp", "[ir][elementary]", double, float) {
  auto all = dense<TestType>();
  all.with(most<TestType>).with(least<TestType>).even(least<TestType> - 1, -most<TestType> + 10);
  CHECK(ERROR_OF(exp, all) < 1.05);
  CHECK(nernst::ir::elementary::exp(TestType(0)) == 1);
}

TEMPLATE_TEST_CASE("expm1", "[ir][elementary]", double, float) {
  auto all = dense<TestType>();
  all.with(most<TestType>).even(-TestType(1000), -30);
  CHECK(ERROR_OF(expm1, all) < 1.3);
  CHECK(std::signbit(nernst::ir::elementary::expm1(TestType(-0.0))));
}

TEMPLATE_TEST_CASE("exprel", "[ir][elementary]", double, float) {
  auto const f = [](auto x) { return nernst::ir::elementary::exprel(x); };
  auto const exact = [](long double x) {
    if (x == 0) return 1.0L;
    return std::isinf(x) ? std::max(x, 0.0L) : std::expm1(x) / x;
  };
  double const limit = test::with_fma_or_not<TestType>(2.8, 3);
  CHECK(test::largest_error<TestType>(f, exact, dense<TestType>()) < limit);
  CHECK(std::isinf(f(most<TestType> + TestType(1.1))));
  CHECK(f(-std::numeric_limits<TestType>::infinity()) == 0);
}

TEMPLATE_TEST_CASE("exprelr", "[ir][elementary]", double, float) {
  auto const f = [](auto x) { return nernst::ir::elementary::exprelr(x); };
  auto const exact = [](long double x) {
    if (x == 0) return 1.0L;
    return std::isinf(x) ? std::max(-x, 0.0L) : x / std::expm1(x);
  };
  double const limit = test::with_fma_or_not<TestType>(2.8, 3);
  CHECK(test::largest_error<TestType>(f, exact, dense<TestType>()) < limit);
  CHECK(f(most<TestType> + TestType(1.1)) == 0);
  CHECK(f(std::numeric_limits<TestType>::infinity()) == 0);
}

TEMPLATE_TEST_CASE("exprelr where exp is known", "[ir][elementary]", double, float) {
  auto const f = [](auto x) {
    return nernst::ir::elementary::exprelr(x, nernst::ir::elementary::exp(x));
  };
  auto const exact = [](long double x) {
    if (x == 0) return 1.0L;
    return std::isinf(x) ? std::max(-x, 0.0L) : x / std::expm1(x);
  };
  CHECK(test::largest_error<TestType>(f, exact, dense<TestType>()) < 6);
}

#if defined(__SSE2__)
TEMPLATE_TEST_CASE("where small numbers count as zero, exp is zero in every lane",
                   "[ir][elementary]", double, float) {
  using limits = std::numeric_limits<TestType>;
  nernst::kernel::flush_denormals during_a_run;
  auto const f = [](auto x) { return nernst::ir::elementary::exp(x); };
  auto const exact = [](long double x) {
    long double const y = std::exp(x);
    // The smallest number less than half of its last place is rounded to it.
    return y < limits::min() * (1 - limits::epsilon() / 4.0L) ? 0.0L : y;
  };
  arguments<TestType> all;
  all.even(least<TestType> - 1, -most<TestType> + 10).even(-1, 1);
  CHECK(test::largest_error<TestType>(f, exact, all) < 1.05);
}
#endif
