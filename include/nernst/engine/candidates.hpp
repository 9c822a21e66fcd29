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

/// Each of 0 ... n - 1 with the same probability, of random words of 32 bits: Lemire, "Fast random
/// integer generation in an interval" (ACM Transactions on Modeling and Computer Simulation 29,
/// 2019).
template <class Words>
NERNST_FUNCTION std::uint32_t number_below(std::uint32_t n, Words& words) {
  std::uint64_t product = std::uint64_t{words()} * n;
  if (static_cast<std::uint32_t>(product) < n) {
    std::uint32_t const surplus = (0 - n) % n;
    while (static_cast<std::uint32_t>(product) < surplus) product = std::uint64_t{words()} * n;
  }
  return static_cast<std::uint32_t>(product >> 32);
}

}  // namespace nernst::detail
