// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/row_starts.hpp>

#include <Kokkos_Core.hpp>

#include "catch.hpp"
#include <algorithm>
#include <stdexcept>
#include <vector>

namespace {

using nernst::detail::row_starts;
auto const host = nernst::executor::of<Kokkos::DefaultHostExecutionSpace>();

std::uint32_t size_of(std::size_t partition, std::size_t row) {
  return static_cast<std::uint32_t>((partition * 31 + row * 17) % 9);
}
row_starts counted(std::size_t partitions, std::size_t rows, std::size_t most_narrow) {
  row_starts all(partitions, rows, most_narrow);
  for (std::size_t p = 0; p < partitions; ++p)
    for (std::size_t row = 0; row < rows; ++row) all.sizes(p)[row] = size_of(p, row);
  all.add_up(host);
  return all;
}

}  // namespace

TEST_CASE("rows begin where those before end, with 32 bits or with 64") {
  row_starts const narrow = counted(3, 40, 0xFFFF'FFFF);
  row_starts const wide = counted(3, 40, narrow.places() - 1);
  CHECK(narrow.narrow());
  CHECK(counted(3, 40, narrow.places()).narrow());
  CHECK_FALSE(wide.narrow());
  CHECK(narrow.memory_bytes() == 3 * 41 * 4);
  CHECK(wide.memory_bytes() == 3 * 41 * 8);
  bool fits = true;
  for (row_starts const* const all : {&narrow, &wide}) {
    std::size_t next = 0;
    for (std::size_t p = 0; p < 3; ++p) {
      fits = fits && all->begin(p) == next;
      for (std::size_t row = 0; row < 40; ++row) {
        row_starts::range const here = all->of(p, row);
        fits = fits && here.first == next && here.last == next + size_of(p, row);
        fits = fits && here.first == all->at(p, row) && here.last == all->at(p, row + 1);
        for (; next < here.last; ++next)
          fits = fits && all->partition_of(next) == p && all->row_of(p, next) == row;
      }
      fits = fits && all->end(p) == next;
      next = (next + 15) / 16 * 16;
    }
    fits = fits && all->places() == next;
  }
  CHECK(fits);
}

TEST_CASE("rows may have more than 2^32 synapses together") {
  constexpr std::uint32_t most = 0xFFFF'FFFF;
  row_starts all(2, 3);
  for (std::size_t p = 0; p < 2; ++p)
    for (std::size_t row = 0; row < 3; ++row) all.sizes(p)[row] = most;
  CHECK(all.add_up(host) == 6 * std::size_t{most});
  CHECK_FALSE(all.narrow());
  std::size_t const second = (3 * std::size_t{most} + 15) / 16 * 16;
  CHECK(all.end(0) == 3 * std::size_t{most});
  CHECK(all.begin(1) == second);
  CHECK(all.of(1, 2).first == second + 2 * std::size_t{most});
  CHECK(all.row_of(1, second + 2 * std::size_t{most}) == 2);
  CHECK(all.row_of(1, second + 2 * std::size_t{most} - 1) == 1);
  CHECK(all.partition_of(second - 1) == 0);
  CHECK(all.partition_of(second) == 1);
}

TEST_CASE("a row is as long as its parts together") {
  row_starts all(2, 3);
  std::uint32_t const sizes[2][3] = {{7, 2'000'000'000, 0}, {5, 1'000'000'000, 0xFFFF'FFFF}};
  for (std::size_t p = 0; p < 2; ++p) std::copy_n(sizes[p], 3, all.sizes(p));
  all.add_up(host);
  CHECK(all.longest_row() == 0xFFFF'FFFF);
  all = row_starts(2, 2);
  for (std::size_t p = 0; p < 2; ++p) std::copy_n(sizes[p], 2, all.sizes(p));
  all.add_up(host);
  CHECK(all.narrow());
  CHECK(all.longest_row() == 3'000'000'000);
}

TEST_CASE("partitions are known of rows that are counted elsewhere") {
  row_starts const expected = counted(3, 40, 0xFFFF'FFFF);
  std::vector<std::uint64_t> sizes;
  for (std::size_t p = 0; p < 3; ++p) sizes.push_back(expected.end(p) - expected.begin(p));
  row_starts const all(sizes, 40);
  for (std::size_t p = 0; p < 3; ++p) {
    CHECK(all.begin(p) == expected.begin(p));
    CHECK(all.end(p) == expected.end(p));
  }
  CHECK(all.places() == expected.places());
  REQUIRE(all.narrow_starts().size() == expected.narrow_starts().size());
  std::copy_n(expected.narrow_starts().data(), 3 * 41, all.narrow_starts().data());
  CHECK(all.of(1, 17).first == expected.of(1, 17).first);
  CHECK(all.row_of(2, all.at(2, 5)) == expected.row_of(2, expected.at(2, 5)));
  CHECK_THROWS_AS(row_starts({0xFFFF'FFFF, 1}, 1), std::length_error);
}

TEST_CASE("without rows there are no places") {
  row_starts none(2, 0);
  CHECK(none.add_up(host) == 0);
  CHECK(none.places() == 0);
  CHECK(row_starts().places() == 0);
}
