// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/buffer.hpp>

#include "catch.hpp"

using nernst::ir::buffer;

namespace {

constexpr bool grows_and_copies() {
  buffer<int> b;
  for (int i = 0; i < 100; ++i) b.push_back(i);
  buffer<int> copy = b, empty;
  copy[3] = -1;
  buffer<int> moved = static_cast<buffer<int>&&>(b);
  empty = moved;
  int sum = 0;
  for (int const x : empty) sum += x;
  return copy[3] == -1 && moved[3] == 3 && moved.size() == 100 && b.empty() && sum == 4950;
}
static_assert(grows_and_copies());

constexpr bool starts_with_zeros() {
  buffer<double> const b(1000);
  return b.size() == 1000 && b[0] == 0 && b[999] == 0;
}
static_assert(starts_with_zeros());

}  // namespace

TEST_CASE("a buffer at run time", "[ir][buffer]") {
  CHECK(grows_and_copies());
  CHECK(starts_with_zeros());
  buffer<int> none(0);
  CHECK(none.empty());
  none.push_back(4);
  buffer<int> const& same = none;
  none = same;
  CHECK(none[0] == 4);
}
