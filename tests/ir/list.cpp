// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/list.hpp>

#include "catch.hpp"

using nernst::ir::list;

namespace {

constexpr bool grows_and_copies() {
  list<int> b;
  for (int i = 0; i < 100; ++i) b.push_back(i);
  list<int> copy = b, empty;
  copy[3] = -1;
  list<int> moved = static_cast<list<int>&&>(b);
  empty = moved;
  int sum = 0;
  for (int const x : empty) sum += x;
  return copy[3] == -1 && moved[3] == 3 && moved.size() == 100 && b.empty() && sum == 4950;
}
static_assert(grows_and_copies());

constexpr bool starts_with_zeros() {
  list<double> const b(1000);
  return b.size() == 1000 && b[0] == 0 && b[999] == 0;
}
static_assert(starts_with_zeros());

}  // namespace

TEST_CASE("a list at run time", "[ir][list]") {
  CHECK(grows_and_copies());
  CHECK(starts_with_zeros());
  list<int> none(0);
  CHECK(none.empty());
  none.push_back(4);
  list<int> const& same = none;
  none = same;
  CHECK(none[0] == 4);
}
