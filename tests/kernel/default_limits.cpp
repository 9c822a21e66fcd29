// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include "four_times_cobahh.hpp"
#include <catch.hpp>

TEST_CASE("four times COBAHH: each function is computed once", "[kernel]") {
  auto const& model = four_times_cobahh::code::value;
  int quotients = 0, exponentials = 0;
  for (auto const& i : model.code(model.kernels[model.find(nernst::kernel::trigger::update)])) {
    quotients += i.code == nernst::ir::op::exprel;
    exponentials += i.code == nernst::ir::op::exp;
  }
  // exprel: in three rates and in the steps of v, m, n, h; exp: in three rates.
  CHECK(quotients == 4 * 7);
  CHECK(exponentials == 4 * 3);
}
