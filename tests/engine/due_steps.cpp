// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/due_steps.hpp>

#include "catch.hpp"

using nernst::due_steps;

namespace {
std::vector<int> due(due_steps const& is_due, int steps) {
  std::vector<int> found;
  for (int s = 0; s < steps; ++s)
    if (is_due(s)) found.push_back(s);
  return found;
}
}  // namespace

TEST_CASE("something periodic is due at time 0 and at the multiples of its period") {
  CHECK(due(due_steps::every(3e-4, 1e-4, "cells"), 8) == std::vector<int>{0, 3, 6});
  CHECK(due(due_steps::every(1e-4, 1e-4, "cells"), 3) == std::vector<int>{0, 1, 2});
  CHECK(due(due_steps(), 3) == std::vector<int>{0, 1, 2});
}

TEST_CASE("given times are due in any order, also twice") {
  std::vector<double> const times{3e-4, 0, 1e-4, 1e-4};
  CHECK(due(due_steps::at(times, 1e-4, "cells"), 8) == std::vector<int>{0, 1, 3});
  CHECK(due(due_steps::at({}, 1e-4, "cells"), 3).empty());
}

TEST_CASE("times are multiples of dt to a ten-thousandth of a step") {
  CHECK(due(due_steps::every(2.00009e-4, 1e-4, "cells"), 4) == std::vector<int>{0, 2});
  CHECK_THROWS_WITH(due_steps::every(2.0002e-4, 1e-4, "cells"),
                    "cells: expected a period of a timed action that is a multiple of dt = 0.0001 "
                    "s, found 0.00020002 s");
  CHECK_THROWS_AS(due_steps::every(0.5e-4, 1e-4, "cells"), std::invalid_argument);
  CHECK_THROWS_AS(due_steps::every(0, 1e-4, "cells"), std::invalid_argument);
  CHECK_THROWS_AS(due_steps::every(-1e-4, 1e-4, "cells"), std::invalid_argument);
  CHECK_THROWS_AS(due_steps::every(NAN, 1e-4, "cells"), std::invalid_argument);
  std::vector<double> const between{1.5e-4}, before{-1e-4};
  CHECK_THROWS_WITH(due_steps::at(between, 1e-4, "cells"),
                    "cells: expected a time of a timed action that is a multiple of dt = 0.0001 s, "
                    "found 0.00015 s");
  CHECK_THROWS_AS(due_steps::at(before, 1e-4, "cells"), std::invalid_argument);
}
