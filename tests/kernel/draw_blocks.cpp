// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/draw_blocks.hpp>

#include "catch.hpp"
#include <vector>

using namespace nernst::kernel;

namespace {
draw_key const key{123456789012345, 3, (std::uint64_t{1} << 47) + 5};

std::vector<std::uint32_t> scattered(std::size_t count) {
  std::vector<std::uint32_t> all;
  for (std::uint32_t k = 0; k < count; ++k) all.push_back(k * 2654435761u);
  return all;
}
}  // namespace

TEST_CASE("draw_uniform draws what uniform does") {
  std::size_t const count = GENERATE(0, 1, 5, 8, 61);
  auto const elements = scattered(count);
  std::vector<double> all(count + 1, -1);
  draw_uniform(key, elements.data(), 7, count, all.data());
  for (std::size_t k = 0; k < count; ++k) CHECK(all[k] == uniform<double>(key, elements[k], 7));
  CHECK(all[count] == -1);
}

TEST_CASE("draw_normal draws what normal does, wherever an element stands") {
  std::size_t const count = GENERATE(0, 1, 5, 8, 61);
  auto const elements = scattered(count);
  std::vector<double> all(count + 1, -1), alone(count);
  draw_normal(key, elements.data(), 7, count, all.data());
  for (std::size_t k = 0; k < count; ++k) {
    CHECK(all[k] == Approx(normal<double>(key, elements[k], 7)).epsilon(1e-13));
    draw_normal(key, elements.data() + k, 7, 1, alone.data() + k);
    CHECK(alone[k] == all[k]);
  }
  CHECK(all[count] == -1);
}

TEST_CASE("draw_bits draws many times for one element") {
  std::size_t const count = GENERATE(0, 1, 5, 16, 61);
  std::vector<philox_block> all(count + 1);
  draw_bits(key, 99, 0xFFFFFFFF - 3, count, all.data());
  for (std::uint32_t k = 0; k < count; ++k) {
    philox_block const one = draw_bits(key, 99, 0xFFFFFFFF - 3 + k);
    for (int word = 0; word < 4; ++word) CHECK(all[k].v[word] == one.v[word]);
  }
}
