// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/origin.hpp>

#include "catch.hpp"

using namespace nernst::ir;

/// The operation from character `begin` to the end of a text, as messages show it.
constexpr auto shown(std::string_view text, int begin, int at, std::string_view clause = {}) {
  return written({text, clause}, {none, 0, begin, at, static_cast<int>(text.size())});
}
static_assert(shown("x = v + I", 4, 6) == "v + I" &&
              shown("v + I", 0, 2, "reset") == "reset: v + I");
static_assert(shown("v*(a_long_name + b) + I*R", 0, 20) == "... + I*R");
static_assert(shown("exp(v + a_name_that_is_longer)", 0, 0) == "exp(v + a_name_that_...");
static_assert(shown("v + a_name_that_is_longer*3", 0, 2) == "... + a_name_that_is...");
static_assert(shown("v + 123456789012345678", 0, 2) == "v + 123456789012345678" &&
              shown("v + 1234567890123456789", 0, 2) == "v + 1234567890123456789" &&
              shown("v + 12345678901234567890", 0, 2) == "... + 12345678901234...");
static_assert(shown("v\t+\n I", 0, 2) == "v +..." && shown("v \xc2\xb5", 0, 0) == "v   ");

constexpr bool finds_the_first() {
  list<origin> all;
  all.push_back({none, 0, 0, 0, 9});
  all.push_back({3, 0, 1, 2, 3});
  all.push_back({3, 0, 4, 5, 6});
  return origin_of(all, 3) == 1 && origin_of(all, 4) == none;
}
static_assert(finds_the_first());

TEST_CASE("an operation is shown as it was written", "[ir][origin]") {
  CHECK(place_of("a\nbc", 3).line == 2);
  CHECK(place_of("a\nbc", 3).column == 2);
}
