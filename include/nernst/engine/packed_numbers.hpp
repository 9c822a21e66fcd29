// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/host_array.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace nernst::detail {

/// Whole numbers below a bound, each in as many bytes as that takes: all first bytes side by side,
/// then all second ones. Copies share them.
class packed_numbers {
 public:
  static constexpr std::size_t most_bytes = 4;
  using plane = host_array<std::uint8_t>;

  packed_numbers() = default;
  /// All 0.
  packed_numbers(std::size_t size, std::uint32_t bound)
      : size_(size), width_(width_below(bound)), bound_(bound) {
    for (std::size_t b = 0; b < width_; ++b) planes_[b] = zeros(size);
  }
  packed_numbers(std::vector<std::uint32_t> const& numbers, std::uint32_t bound)
      : packed_numbers(numbers.size(), bound) {
    for (std::size_t k = 0; k < numbers.size(); ++k) set(k, numbers[k]);
  }
  /// Of bytes that are there, as many as the bound takes.
  packed_numbers(plane (&&bytes)[most_bytes], std::uint32_t bound)
      : size_(bytes[0].size()), width_(width_below(bound)), bound_(bound) {
    for (std::size_t b = 0; b < width_; ++b) planes_[b] = std::move(bytes[b]);
  }
  /// The bytes of `size` numbers, all 0.
  static plane zeros(std::size_t size) {
    plane all(size);
    std::fill_n(all.data(), size, std::uint8_t{0});
    return all;
  }

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  std::uint32_t bound() const { return bound_; }
  std::uint32_t operator[](std::size_t k) const {
    std::uint32_t n = planes_[0][k];
    for (unsigned b = 1; b < width_; ++b) n |= std::uint32_t{planes_[b][k]} << (8 * b);
    return n;
  }
  /// Writes some that stand side by side.
  void read(std::size_t first, std::size_t count, std::uint32_t* to) const {
    std::copy_n(planes_[0].data() + first, count, to);
    for (unsigned b = 1; b < width_; ++b)
      for (std::size_t k = 0; k < count; ++k)
        to[k] |= std::uint32_t{planes_[b][first + k]} << (8 * b);
  }
  void set(std::size_t k, std::uint32_t n) {
    for (unsigned b = 0; b < width_; ++b) planes_[b][k] = static_cast<std::uint8_t>(n >> (8 * b));
  }
  /// Lets numbers [begin, end) be what a table has for them, which is below the bound as well.
  void replace(std::size_t begin, std::size_t end, std::vector<std::uint32_t> const& table) {
    std::uint8_t* const bytes = planes_[0].data();
    if (width_ == 1)
      for (std::size_t k = begin; k < end; ++k)
        bytes[k] = static_cast<std::uint8_t>(table[bytes[k]]);
    else
      for (std::size_t k = begin; k < end; ++k) set(k, table[(*this)[k]]);
  }
  /// Whether this is a copy of the other.
  bool shares(packed_numbers const& other) const {
    return planes_[0].data() == other.planes_[0].data();
  }
  std::size_t memory_bytes() const { return size_ * width_; }

 private:
  static constexpr unsigned width_below(std::uint32_t bound) {
    unsigned width = 1;
    for (std::uint32_t rest = (bound == 0 ? 0 : bound - 1) >> 8; rest != 0; rest >>= 8) ++width;
    return width;
  }

  plane planes_[most_bytes];
  std::size_t size_ = 0;
  unsigned width_ = 1;
  std::uint32_t bound_ = 0;
};

}  // namespace nernst::detail
