// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include "four_times_cobahh.hpp"
#include <catch.hpp>

TEST_CASE("four times COBAHH: each function is computed once", "[kernel]") {
  auto const& model = four_times_cobahh::code::value;
  int quotients = 0, reciprocals = 0, exponentials = 0;
  for (auto const& i : model.code(model.kernels[model.find(nernst::kernel::trigger::update)])) {
    quotients += i.code == nernst::ir::op::exprel;
    reciprocals += i.code == nernst::ir::op::exprelr_2;
    exponentials += i.code == nernst::ir::op::exp;
  }
  // exprel: in the steps of v, m, n, h; its reciprocal: in three rates. Of three exponentials one
  // is a power of another.
  CHECK(quotients == 4 * 4);
  CHECK(reciprocals == 4 * 3);
  CHECK(exponentials == 4 * 2);
}
