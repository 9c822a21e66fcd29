// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/stretch.hpp>

#include "catch.hpp"

namespace test {

inline void check(nernst::cable::stretches const& found, nernst::cable::stretches const& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t k = 0; k < found.size(); ++k) {
    CHECK(found[k].branch == expected[k].branch);
    CHECK(found[k].from == Approx(expected[k].from).margin(1e-12));
    CHECK(found[k].to == Approx(expected[k].to).margin(1e-12));
  }
}

}  // namespace test
