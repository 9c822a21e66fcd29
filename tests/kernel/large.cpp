// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include "large_model.hpp"
#include <catch.hpp>

TEST_CASE("200 coupled equations: each function is computed once", "[kernel]") {
  auto const& p = large::code::block<nernst::kernel::update>::program;
  int tangents = 0, exponentials = 0;
  for (int k = 0; k < p.size; ++k) {
    tangents += p.code[k].code == nernst::ir::op::tanh;
    exponentials += p.code[k].code == nernst::ir::op::exp;
  }
  CHECK(tangents == large::equations);
  CHECK(exponentials == large::equations);
}
