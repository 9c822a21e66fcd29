// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/inspection.hpp>

#include "large_model.hpp"
#include <catch.hpp>

// The compiler answers questions about it, too.
static_assert(nernst::inspect<large::neurons>().method("x0") == "euler");
static_assert(nernst::inspect<large::neurons>().method("x199") == "euler" &&
              nernst::inspect<large::neurons>().method("y").empty());
static_assert(nernst::inspect<large::neurons>().writes("x0"));

TEST_CASE("200 coupled equations: each function is computed once", "[kernel]") {
  int tangents = 0, exponentials = 0;
  for (auto const& i : large::model.code(large::kernel<nernst::kernel::trigger::update>)) {
    tangents += i.code == nernst::ir::op::tanh;
    exponentials += i.code == nernst::ir::op::exp;
  }
  CHECK(tangents == large::equations);
  CHECK(exponentials == large::equations);
}
