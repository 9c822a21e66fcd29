// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/evaluation.hpp>

#include "catch.hpp"
#include "ir/evaluate_operation.hpp"
#include <algorithm>
#include <cmath>
#include <limits>

using namespace nernst::ir;

using test::infinity_of, test::nan_of, test::of;

namespace {}  // namespace

TEMPLATE_TEST_CASE("functions are our own or those of the platform's library", "[ir][evaluation]",
                   double, float, (long double)) {
  for (double const at : {-0.9, -0.3, 0.01, 0.5, 0.95}) {
    auto const x = static_cast<TestType>(at), positive = std::abs(x);
    INFO(at);
#define CHECK_FUNCTION(name, x) CHECK(of<op::name>(x) == std::name(x))
#define CHECK_OWN(name, x)                                                                         \
  if constexpr (sizeof(TestType) > 8)                                                              \
    CHECK(of<op::name>(x) == std::name(x));                                                        \
  else                                                                                             \
    CHECK(of<op::name>(x) == elementary::name(x))
    CHECK_FUNCTION(abs, x);
    CHECK_FUNCTION(ceil, x);
    CHECK_FUNCTION(floor, x);
    CHECK_FUNCTION(trunc, x);
    CHECK_FUNCTION(sqrt, positive);
    CHECK_OWN(exp, x);
    CHECK_OWN(expm1, x);
    CHECK_OWN(log, positive);
    CHECK_OWN(log1p, x);
    CHECK_OWN(sin, x);
    CHECK_OWN(cos, x);
    CHECK_OWN(tanh, x);
    CHECK_FUNCTION(log10, positive);
    CHECK_FUNCTION(tan, x);
    CHECK_FUNCTION(asin, x);
    CHECK_FUNCTION(acos, x);
    CHECK_FUNCTION(atan, x);
    CHECK_FUNCTION(sinh, x);
    CHECK_FUNCTION(cosh, x);
    CHECK_FUNCTION(erf, x);
#undef CHECK_FUNCTION
#undef CHECK_OWN
    CHECK(of<op::power>(positive, 2.5) == Approx(std::pow(positive, TestType(2.5))).epsilon(1e-7));
    CHECK(of<op::atan2>(x, -0.3) == std::atan2(x, TestType(-0.3)));
  }
}

TEMPLATE_TEST_CASE("exprel at its limits", "[ir][evaluation]", double, float) {
  TestType const nan = nan_of<TestType>;
  for (auto const& [x, y] : test::exprel_limits<TestType>) {
    INFO("x = " << x);
    CHECK(of<op::exprel>(x) == Approx(y).epsilon(2 * std::numeric_limits<TestType>::epsilon()));
    CHECK(of<op::exprelr>(x) ==
          Approx(1 / y).epsilon(2 * std::numeric_limits<TestType>::epsilon()));
  }
  CHECK(std::isnan(of<op::exprel>(nan)));
  CHECK(std::isnan(of<op::exprelr>(nan)));
}

TEMPLATE_TEST_CASE("order, sign and remainders", "[ir][evaluation]", double, float, (long double)) {
  CHECK(of<op::sign>(TestType(-2.5)) == -1);
  CHECK(of<op::sign>(TestType(0)) == 0);
  CHECK(of<op::sign>(infinity_of<TestType>) == 1);
  CHECK(std::isnan(of<op::sign>(nan_of<TestType>)));
  for (TestType x : {TestType(-3), TestType(0.5), TestType(1), TestType(7)}) {
    CHECK(of<op::minimum>(x, 1) == std::min(x, TestType(1)));
    CHECK(of<op::maximum>(TestType(1), x) == std::max(x, TestType(1)));
    CHECK(of<op::clip>(x, -1, 2) == std::clamp(x, TestType(-1), TestType(2)));
  }
  // Where one is not a number, the first.
  CHECK(std::isnan(of<op::minimum>(nan_of<TestType>, 1)));
  CHECK(of<op::minimum>(TestType(1), nan_of<TestType>) == 1);
  CHECK(of<op::maximum>(TestType(1), nan_of<TestType>) == 1);
  CHECK(std::isnan(of<op::clip>(nan_of<TestType>, -1, 2)));
  CHECK(of<op::floor_mod>(TestType(7.5), 3) == TestType(1.5));
  CHECK(of<op::floor_mod>(TestType(-1), 3) == 2);
  CHECK(of<op::floor_mod>(TestType(7), -3) == -2);
  CHECK(of<op::floor_divide>(TestType(-7), 2) == -4);
  CHECK(of<op::floor_divide>(TestType(7), 2) == 3);
}

TEMPLATE_TEST_CASE("whole powers", "[ir][evaluation]", double, float) {
  for (TestType const x : {TestType(1.5), TestType(-0.75), TestType(3)}) {
    INFO("x = " << x);
    CHECK(whole_power<0>(x) == 1);
    CHECK(whole_power<1>(x) == x);
    CHECK(whole_power<4>(x) == x * x * (x * x));
    CHECK(whole_power<7>(x) == Approx(std::pow(x, 7)));
    CHECK(whole_power<-1>(x) == 1 / x);
    CHECK(whole_power<-3>(x) == Approx(std::pow(x, -3)));
  }
}

TEST_CASE("arithmetic, comparisons and choices", "[ir][evaluation]") {
  CHECK(of<op::add>(5., 3) == 8);
  CHECK(of<op::subtract>(5., 3) == 2);
  CHECK(of<op::multiply>(5., 3) == 15);
  CHECK(of<op::divide>(5., 4) == 1.25);
  CHECK(of<op::negate>(5.) == -5);
  for (double const b : {4., 5., 6.}) {
    CHECK(evaluation<op::less>::of(5., b) == (5 < b));
    CHECK(evaluation<op::less_equal>::of(5., b) == (5 <= b));
    CHECK(evaluation<op::greater>::of(5., b) == (5 > b));
    CHECK(evaluation<op::greater_equal>::of(5., b) == (5 >= b));
    CHECK(evaluation<op::equal>::of(5., b) == (5 == b));
    CHECK(evaluation<op::not_equal>::of(5., b) == (5 != b));
  }
  for (bool const p : {false, true}) {
    CHECK(evaluation<op::logical_not>::of(p) == !p);
    CHECK(evaluation<op::select>::of(p, 2., 3.) == (p ? 2 : 3));
    for (bool const q : {false, true}) {
      CHECK(evaluation<op::logical_and>::of(p, q) == (p && q));
      CHECK(evaluation<op::logical_or>::of(p, q) == (p || q));
    }
  }
}
