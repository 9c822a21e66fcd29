// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/connection_list.hpp>

#include "catch.hpp"
#include <stdexcept>

using nernst::element_set;
using elements = std::vector<std::uint32_t>;

TEST_CASE("a slice has the elements from one to another") {
  element_set const slice(3, 6);
  CHECK(slice.is_slice());
  CHECK(slice.size() == 3);
  CHECK(slice[2] == 5);
  CHECK(slice.number_of(5) == 2);
  CHECK(slice.numbers().list == nullptr);
  CHECK(slice.contains(3));
  CHECK_FALSE(slice.contains(2));
  CHECK_FALSE(slice.contains(6));
  CHECK(to_text(slice) == "[3, 6)");
  CHECK(element_set().size() == 0);
  CHECK_FALSE(element_set().contains(0));
}

TEST_CASE("a set has the elements of a list") {
  element_set const set(elements{3, 7, 12});
  CHECK_FALSE(set.is_slice());
  CHECK(set.size() == 3);
  CHECK(set.begin() == 3);
  CHECK(set.end() == 13);
  CHECK(set.span() == 10);
  CHECK(set[1] == 7);
  for (std::uint32_t e = 0; e < 20; ++e) CHECK(set.contains(e) == (e == 3 || e == 7 || e == 12));
  CHECK(set.number_of(12) == 2);
  CHECK(set.numbers()(7) == 1);
  CHECK_THAT(to_text(set), Catch::Matchers::StartsWith("3 of [3, 13), checksum "));
  CHECK(to_text(set) != to_text(element_set(elements{3, 8, 12})));
  CHECK(to_text(set) == to_text(element_set(elements{3, 7, 12})));
}

TEST_CASE("elements that follow each other are a slice") {
  CHECK(element_set(elements{4, 5, 6}).is_slice());
  CHECK(to_text(element_set(elements{4, 5, 6})) == "[4, 7)");
  CHECK(element_set(elements{9}).is_slice());
  CHECK(element_set(elements{}).size() == 0);
}

TEST_CASE("sets meet where they have an element in common") {
  element_set const set(elements{3, 7, 12});
  CHECK(element_set(3, 6).meets({5, 9}));
  CHECK_FALSE(element_set(3, 6).meets({6, 9}));
  CHECK(set.meets({7, 8}));
  CHECK_FALSE(set.meets({8, 12}));
  CHECK(element_set(12, 13).meets(set));
  CHECK(set.meets(element_set(elements{0, 12})));
  CHECK_FALSE(set.meets(element_set(elements{0, 4, 11, 13})));
  CHECK_FALSE(set.meets({}));
}

TEST_CASE("a list of connections within sets is spread over what is between their elements") {
  using nernst::detail::spread_rows;
  using nernst::detail::spread_targets;
  element_set const set(elements{3, 5, 8});
  nernst::connection_list list{
      .row_begin = {0, 2, 2, 5}, .target = {0, 2, 1, 1, 0}, .creation = {}};
  spread_rows(list, set);
  CHECK(list.row_begin == std::vector<std::uint64_t>{0, 2, 2, 2, 2, 2, 5});
  spread_targets(list, set);
  CHECK(list.target == elements{0, 5, 2, 2, 0});
  CHECK_THROWS_WITH(spread_rows(list, set),
                    "connect: expected the beginning of 3 rows, one for each source, and the end "
                    "of the last, found 7 numbers");
  CHECK_THROWS_WITH(spread_targets(list, set), "connect: expected a target index below 3, found 5");
}
