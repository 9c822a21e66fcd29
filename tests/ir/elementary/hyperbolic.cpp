// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/elementary/hyperbolic.hpp>

#include "catch.hpp"
#include "ir/elementary/accuracy.hpp"

TEMPLATE_TEST_CASE("tanh", "[ir][elementary]", double, float) {
  test::arguments<TestType> all;
  all.with(TestType(0.5493)).with(20).with(1000).even(-0.01, 0.01).even(-0.6, 0.6).even(-2, 2);
  all.even(-25, 25).of_any_size(sizeof(TestType) == 8 ? -745 : -100, 0);
  CHECK(ERROR_OF(tanh, all) < 1.4);
  CHECK(nernst::ir::elementary::tanh(TestType(30)) == 1);
  CHECK(std::signbit(nernst::ir::elementary::tanh(TestType(-0.0))));
}
