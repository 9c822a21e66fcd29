// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/list.hpp>

#include "catch.hpp"
#include <array>
#include <vector>

using nernst::ir::list;
using nernst::ir::span;

namespace {

constexpr int sum(span<int const> all) {
  int total = 0;
  for (int const x : all) total += x;
  return total;
}

constexpr bool shows_what_others_hold() {
  int plain[] = {1, 2, 3};
  list<int> const of_its_own{4, 5};
  std::array<int, 3> const standard{6, 7, 8};
  span<int> const all = plain;
  span<int const> const same = all;
  all[1] = 20;
  return sum(plain) == 24 && sum(of_its_own) == 9 && sum(standard) == 21 && same[1] == 20 &&
         same.size() == 3 && same.front() == 1 && same.back() == 3 && same.data() == plain &&
         same.end() - same.begin() == 3;
}
static_assert(shows_what_others_hold());

constexpr bool shows_parts() {
  list<int> const all{1, 2, 4, 8, 16};
  span<int const> const view = all;
  return sum(view.from(1, 3)) == 14 && sum(view.from(3)) == 24 && view.from(5).empty() &&
         view.from(0).size() == 5 && view.from(2, 0).empty();
}
static_assert(shows_parts());
static_assert(span<int>().empty() && span<int>().size() == 0 && sum(list<int>()) == 0);

// Nothing that is constant is changed through one.
static_assert(!std::is_constructible_v<span<int>, list<int> const&> &&
              std::is_constructible_v<span<int>, list<int>&> &&
              std::is_constructible_v<span<int const>, list<int> const&> &&
              !std::is_constructible_v<span<int>, span<int const>>);

}  // namespace

TEST_CASE("a span at run time", "[ir][span]") {
  std::vector<int> all{1, 2, 3};
  CHECK(sum(all) == 6);
  span<int> const view = all;
  view[2] = 30;
  CHECK(all[2] == 30);
  CHECK(list<int>(span<int const>(view)) == list<int>{1, 2, 30});
}
