// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Neurons with ion channels, by exponential Euler.
#include "cobahh.hpp"
#include "hodgkin_huxley.hpp"

using namespace models;

TEST_CASE("COBAHH", "[models]") {
  compare<cobahh::written, cobahh::text>(
      {"cobahh", 1e-4, 1000, 10, {"v", "ge", "gi"}, {"v", "m", "n", "h", "ge", "gi"}}, 1e-10);
}
TEST_CASE("Hodgkin-Huxley", "[models]") {
  // In Brian 2 a change of the start value by 4e-16 makes 2e-9 of it.
  compare<hodgkin_huxley::written, hodgkin_huxley::text>(
      {"hodgkin_huxley", 1e-4, 2000, 10, {"v", "I"}, {"v", "m", "n", "h"}}, 1e-7);
}
