// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/host_array.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace nernst::detail {

/// Whole numbers below a bound, each in as many bytes as that takes. Copies share them.
class packed_numbers {
 public:
  packed_numbers() = default;
  /// All 0.
  packed_numbers(std::size_t size, std::uint32_t bound)
      : bytes_(size * width_below(bound)), width_(width_below(bound)), bound_(bound) {
    std::fill_n(bytes_.data(), bytes_.size(), std::uint8_t{0});
  }
  packed_numbers(std::vector<std::uint32_t> const& numbers, std::uint32_t bound)
      : packed_numbers(numbers.size(), bound) {
    for (std::size_t k = 0; k < numbers.size(); ++k) set(k, numbers[k]);
  }

  bool empty() const { return bytes_.size() == 0; }
  std::size_t size() const { return bytes_.size() / width_; }
  std::uint32_t bound() const { return bound_; }
  std::uint32_t operator[](std::size_t k) const {
    std::uint8_t const* const bytes = bytes_.data() + k * width_;
    std::uint32_t n = bytes[0];
    for (unsigned b = 1; b < width_; ++b) n |= std::uint32_t{bytes[b]} << (8 * b);
    return n;
  }
  void set(std::size_t k, std::uint32_t n) {
    std::uint8_t* const bytes = bytes_.data() + k * width_;
    for (unsigned b = 0; b < width_; ++b) bytes[b] = static_cast<std::uint8_t>(n >> (8 * b));
  }
  /// Lets them be larger.
  void raise(std::uint32_t bound) {
    if (width_below(bound) > width_) {
      packed_numbers wider(size(), bound);
      for (std::size_t k = 0; k < size(); ++k) wider.set(k, (*this)[k]);
      *this = wider;
    }
    bound_ = bound;
  }
  /// Whether this is a copy of the other.
  bool shares(packed_numbers const& other) const { return bytes_.data() == other.bytes_.data(); }
  std::size_t memory_bytes() const { return bytes_.memory_bytes(); }

 private:
  static constexpr unsigned width_below(std::uint32_t bound) {
    unsigned width = 1;
    for (std::uint32_t rest = (bound == 0 ? 0 : bound - 1) >> 8; rest != 0; rest >>= 8) ++width;
    return width;
  }

  host_array<std::uint8_t> bytes_;
  unsigned width_ = 1;
  std::uint32_t bound_ = 0;
};

}  // namespace nernst::detail
