// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace nernst::detail {

/// Sorts whole numbers: few of them by comparison, many by their digits. Made once for many sorts.
class rising_order {
 public:
  /// All of [first, last) are below `bound`.
  void operator()(std::uint32_t* first, std::uint32_t* last, std::uint32_t bound) {
    constexpr std::ptrdiff_t few = 64, many = 2048;
    std::ptrdiff_t const size = last - first;
    if (size < few) return std::sort(first, last);
    int const width = static_cast<int>(std::bit_width(bound - 1)), longest = size < many ? 8 : 11;
    int const digits = std::max(1, (width + longest - 1) / longest);
    int const digit = (width + digits - 1) / digits;
    other_.resize(static_cast<std::size_t>(size));
    std::uint32_t* from = first;
    std::uint32_t* to = other_.data();
    for (int k = 0; k < digits; ++k) {
      sort_by_digit(from, from + size, to, k * digit, (1U << digit) - 1);
      std::swap(from, to);
    }
    if (from != first) std::copy(from, from + size, first);
  }

 private:
  void sort_by_digit(std::uint32_t const* first, std::uint32_t const* last, std::uint32_t* to,
                     int shift, std::uint32_t mask) {
    place_.assign(std::size_t{mask} + 1, 0);
    for (std::uint32_t const* n = first; n != last; ++n) ++place_[*n >> shift & mask];
    std::uint32_t before = 0;
    for (std::uint32_t& place : place_) {
      std::uint32_t const count = place;
      place = before;
      before += count;
    }
    for (std::uint32_t const* n = first; n != last; ++n) to[place_[*n >> shift & mask]++] = *n;
  }

  std::vector<std::uint32_t> other_, place_;
};

}  // namespace nernst::detail
