// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/flush_denormals.hpp>

#include "catch.hpp"
#include <limits>

using nernst::kernel::flush_denormals;

TEST_CASE("denormal numbers count as zero for a while", "[kernel]") {
  double volatile tiny = std::numeric_limits<double>::min();
  double volatile half = 0.5;
  {
    flush_denormals const guard;
#if defined(__SSE2__)
    CHECK(tiny / 4 == 0);
    CHECK(tiny * half == 0);
#endif
  }
  CHECK(tiny / 4 > 0);
  CHECK(tiny * half > 0);
}
