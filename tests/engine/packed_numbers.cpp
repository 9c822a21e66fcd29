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

TEST_CASE("copies share numbers, and some are read at once") {
  std::uint32_t const bound = GENERATE(300u, 70000u, 0xFFFFFFFFu);
  packed_numbers n(std::vector<std::uint32_t>{7, 255, 0, 299}, bound);
  packed_numbers const copy = n;
  CHECK(n.shares(copy));
  n.set(2, 256);
  CHECK(copy[2] == 256);
  CHECK(n.bound() == bound);
  std::uint32_t read[3] = {};
  copy.read(1, 3, read);
  CHECK((read[0] == 255 && read[1] == 256 && read[2] == 299));
  CHECK(packed_numbers().empty());
  CHECK(packed_numbers(0, 4).empty());
}

TEST_CASE("bytes that are there become numbers") {
  packed_numbers::plane bytes[packed_numbers::most_bytes] = {packed_numbers::zeros(2),
                                                             packed_numbers::zeros(2)};
  bytes[0][1] = 44;
  bytes[1][1] = 1;
  packed_numbers const n(std::move(bytes), 400);
  CHECK((n.size() == 2 && n[0] == 0 && n[1] == 300));
  CHECK(n.memory_bytes() == 4);
}
