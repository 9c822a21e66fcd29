// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/philox.hpp>

namespace nernst::kernel {

/// A distribution of whole numbers as kernels read it: which of them belongs to 64 random bits, by
/// inversion of the cumulative distribution. Larger bits never make a smaller number.
struct inversion_table {
  /// What belongs to all bits that begin alike: the number at `place` up to the threshold, and from
  /// there on the next one, or one behind it where the part is crowded.
  struct part {
    std::uint64_t threshold;
    std::int32_t place;
    bool is_crowded;
  };

  part const* parts = nullptr;  ///< as many as a power of two; null where there is no table
  int shift = 0;                ///< how many bits follow those that tell the part
  std::uint64_t const* thresholds = nullptr;  ///< where the numbers at the places 1, 2, … begin
  std::int32_t count = 0;                     ///< of the thresholds
  double first = 0;                           ///< the number at place 0
  /// The first 16 bits of thresholds, less `step_origin`, in rising order: a number whose own are
  /// beyond n of them has the place `before_steps` + n, unless its bits are those of a step.
  std::int16_t const* steps = nullptr;
  std::int32_t step_count = 0;  ///< 0 where there would be too many
  std::int32_t before_steps = 0;
  static constexpr std::uint32_t step_origin = 0x8000;

  NERNST_FUNCTION bool is_empty() const { return parts == nullptr; }
  /// Where the number stands that belongs to some bits.
  NERNST_FUNCTION std::int32_t place(std::uint64_t bits) const {
    part const& p = parts[bits >> shift];
    std::int32_t const at = p.place + (bits >= p.threshold ? 1 : 0);
    return p.is_crowded ? search(bits, at) : at;
  }
  NERNST_FUNCTION double operator()(std::uint64_t bits) const {
    return first + static_cast<double>(place(bits));
  }

 private:
  NERNST_CALLABLE std::int32_t search(std::uint64_t bits, std::int32_t at) const {
    while (at < count && bits >= thresholds[at]) ++at;
    return at;
  }
};

/// A number of a distribution, from the first 64 bits of a draw. A batch holds those of
/// `element`, `element + 1`, …
template <class Value>
NERNST_FUNCTION Value draw_from(inversion_table const& table, draw_key key, std::uint32_t element,
                                std::uint32_t draw) {
  using real = real_of<Value>;
  constexpr std::size_t width = width_of<Value>;
  alignas(Value) alignas(std::uint64_t) std::uint64_t bits[width] = {};
  alignas(Value) real numbers[width] = {};
  detail::random_bits<Value>(key, element, draw).store_first_half(bits);
  for (std::size_t k = 0; k < width; ++k) numbers[k] = static_cast<real>(table(bits[k]));
  return load<Value>(numbers);
}

}  // namespace nernst::kernel
