// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/timed_table.hpp>

#include <catch.hpp>
#include <vector>

namespace {
namespace kernel = nernst::kernel;
}

TEST_CASE("rows of a timed array hold for dt, and the ends for ever", "[kernel]") {
  double const values[] = {1, 2, 3};
  auto const table = kernel::make_timed_table(values, 3, 1, 1e-3, 1e-4);
  for (int step = 0; step < 50; ++step)
    CHECK(table(step * 1e-4) == (step < 10 ? 1 : step < 20 ? 2 : 3));
  CHECK(table(-1) == 1);
  CHECK(table(1e9) == 3);
}

// Brian 2: test_timed_array_2d and test_timed_array_no_upsampling.
TEST_CASE("columns of a timed array", "[kernel]") {
  double const values[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  auto const table = kernel::make_timed_table(values, 4, 3, 1e-4, 1e-4);
  for (int step = 0; step < 6; ++step)
    CHECK(table(step * 1e-4, 1) == values[3 * (step < 3 ? step : 3) + 1]);
  CHECK(std::isnan(table(0, 3)));
  CHECK(std::isnan(table(0, -1)));

  double const two[] = {0, 9};
  auto const fine = kernel::make_timed_table(two, 2, 1, 1e-4, 1e-2);
  CHECK(fine.grains == 1);
  CHECK(fine(0) == 0);
  CHECK(fine(1e-2) == 9);
  CHECK(fine(2e-2) == 9);
}

TEST_CASE("steps that fall on a row's start belong to it, however they are rounded", "[kernel]") {
  std::vector<double> values(100000);
  for (std::size_t k = 0; k < values.size(); ++k) values[k] = static_cast<double>(k);
  auto const table = kernel::make_timed_table(
      values.data(), static_cast<std::int64_t>(values.size()), 1, 1e-4, 1e-4);
  int wrong = 0;
  for (std::size_t k = 0; k < values.size(); ++k)
    wrong += table(static_cast<double>(k) * 1e-4) != values[k];
  CHECK(wrong == 0);
}

TEST_CASE("a timed array without values is not a number", "[kernel]") {
  CHECK(std::isnan(kernel::timed_table{}(0)));
}
