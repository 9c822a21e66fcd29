// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/packed_numbers.hpp>

#include "catch.hpp"

using nernst::detail::packed_numbers;

TEST_CASE("numbers take the bytes that their bound takes") {
  struct of {
    std::uint32_t bound;
    std::size_t bytes;
  };
  of const c = GENERATE(of{1, 1}, of{256, 1}, of{257, 2}, of{65536, 2}, of{65537, 3},
                        of{0x1000001, 4}, of{0xFFFFFFFF, 4});
  packed_numbers n(3, c.bound);
  CHECK(n.memory_bytes() == 3 * c.bytes);
  CHECK(n.size() == 3);
  CHECK(n[1] == 0);
  n.set(0, 0);
  n.set(1, c.bound - 1);
  n.set(2, c.bound / 2);
  CHECK(n[0] == 0);
  CHECK(n[1] == c.bound - 1);
  CHECK(n[2] == c.bound / 2);
}

TEST_CASE("a larger bound keeps the numbers, and copies share them") {
  packed_numbers n(std::vector<std::uint32_t>{7, 255, 0}, 256);
  packed_numbers const copy = n;
  CHECK(n.shares(copy));
  n.raise(300);
  CHECK_FALSE(n.shares(copy));
  CHECK(n.bound() == 300);
  CHECK(n.memory_bytes() == 6);
  n.set(2, 299);
  CHECK((n[0] == 7 && n[1] == 255 && n[2] == 299 && copy[2] == 0));
  CHECK(packed_numbers().empty());
  CHECK(packed_numbers(0, 4).empty());
}
