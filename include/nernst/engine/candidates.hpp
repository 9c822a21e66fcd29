// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/function_attribute.hpp>

#include <cstdint>

namespace nernst::detail {

/// The elements that one element may be connected with: all of a slice, or all but one.
struct candidates {
  static constexpr std::uint32_t nobody = 0xFFFF'FFFF;

  std::uint32_t all;
  std::uint32_t left_out = nobody;

  NERNST_FUNCTION constexpr std::uint32_t size() const { return left_out < all ? all - 1 : all; }
  NERNST_FUNCTION constexpr std::uint32_t operator[](std::uint32_t k) const {
    return k < left_out ? k : k + 1;
  }
};

/// What a random word of 32 bits makes of a choice among 0 ... n - 1: a number that is each of them
/// with the same probability, or, where it is not `fair`, the wish for another word. Lemire, "Fast
/// random integer generation in an interval" (ACM Transactions on Modeling and Computer Simulation
/// 29, 2019).
struct choice_among {
  std::uint32_t number;
  bool fair;

  NERNST_FUNCTION choice_among(std::uint32_t n, std::uint32_t word)
      : choice_among(n, std::uint64_t{word} * n) {}

 private:
  NERNST_FUNCTION choice_among(std::uint32_t n, std::uint64_t product)
      : number(static_cast<std::uint32_t>(product >> 32)),
        fair(static_cast<std::uint32_t>(product) >= n ||
             static_cast<std::uint32_t>(product) >= (0 - n) % n) {}
};

}  // namespace nernst::detail
