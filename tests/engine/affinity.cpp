// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/affinity.hpp>

#include "catch.hpp"

namespace detail = nernst::detail;

TEST_CASE("threads take every core before any second hardware thread", "[affinity]") {
  std::vector<detail::processor> const two_packages{{0, 0, 0}, {1, 1, 1}, {2, 0, 2}, {3, 1, 3},
                                                    {4, 0, 0}, {5, 1, 1}, {6, 0, 2}, {7, 1, 3}};
  CHECK(detail::placement(two_packages, 4, 0) == std::vector{0, 2, 1, 3});
  CHECK(detail::placement(two_packages, 8, 0) == std::vector{0, 2, 1, 3, 4, 6, 5, 7});
  CHECK(detail::placement(two_packages, 3, 5) == std::vector{1, 3, 0});
  CHECK(detail::placement(two_packages, 2, 99) == std::vector{0, 2});
}

TEST_CASE("one thread, or more threads than CPUs, are left to the system", "[affinity]") {
  std::vector<detail::processor> const two{{0, 0, 0}, {1, 0, 1}};
  CHECK(detail::placement(two, 1, 0).empty());
  CHECK(detail::placement(two, 2, 0).size() == 2);
  CHECK(detail::placement(two, 3, 0).empty());
  CHECK(detail::placement({}, 2, 0).empty());
}
