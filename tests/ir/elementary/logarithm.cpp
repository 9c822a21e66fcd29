// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/elementary/logarithm.hpp>

#include "catch.hpp"
#include "ir/elementary/accuracy.hpp"

TEMPLATE_TEST_CASE("log", "[ir][elementary]", double, float) {
  bool const wide = sizeof(TestType) == 8;
  test::arguments<TestType> all;
  all.with(TestType(0.70710678118654752)).with(TestType(1.4142135623730951)).even(0.99, 1.01);
  all.even(0.5, 2).even(0, 100).of_any_size(wide ? -745 : -103, wide ? 709 : 88);
  CHECK(ERROR_OF(log, all) < test::with_fma_or_not<TestType>(0.8, 0.9));
  CHECK(nernst::ir::elementary::log(TestType(1)) == 0);
}

TEMPLATE_TEST_CASE("log1p", "[ir][elementary]", double, float) {
  bool const wide = sizeof(TestType) == 8;
  test::arguments<TestType> all;
  all.with(TestType(-0.5)).even(-0.01, 0.01).even(-0.5, 0.5).even(-1, 2).even(0, 100);
  all.of_any_size(wide ? -745 : -103, 0).of_any_size(-1, wide ? 709 : 88);
  CHECK(ERROR_OF(log1p, all) < 0.9);
  CHECK(std::signbit(nernst::ir::elementary::log1p(TestType(-0.0))));
}
