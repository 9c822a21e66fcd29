// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/stable_order.hpp>

#include "catch.hpp"

TEST_CASE("elements are sorted by key, equal ones in their order") {
  using numbers = std::vector<std::uint32_t>;
  // Few elements of many keys are compared, others counted.
  nernst::detail::stable_order few(1000), many(4);
  for (auto* const order : {&few, &many}) {
    CHECK((*order)({3, 0, 3, 1, 0}) == numbers{3, 0, 4, 2, 1});
    CHECK((*order)({0, 0}) == numbers{0, 1});
    CHECK((*order)({}).empty());
    CHECK((*order)({2, 1}) == numbers{1, 0});
    (*order)({3, 0, 3, 1, 0});
    numbers keys, ends;
    order->for_each_key([&](std::uint32_t key, std::uint32_t end) {
      keys.push_back(key);
      ends.push_back(end);
    });
    CHECK(keys == numbers{0, 1, 3});
    CHECK(ends == numbers{2, 3, 5});
  }
}
