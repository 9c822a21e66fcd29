// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/value.hpp>

namespace nernst::kernel {

/// The counter, and the result, of Philox.
struct philox_block {
  std::uint32_t v[4];
};

/// Philox4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3"
/// (SC 2011): 128 bits that depend on the counter and on a 64-bit key (low word first).
NERNST_FUNCTION constexpr philox_block philox4x32(philox_block counter, std::uint64_t key) {
  auto key0 = static_cast<std::uint32_t>(key);
  auto key1 = static_cast<std::uint32_t>(key >> 32);
  for (int round = 0; round < 10; ++round) {
    std::uint64_t const product0 = std::uint64_t{0xD2511F53u} * counter.v[0];
    std::uint64_t const product1 = std::uint64_t{0xCD9E8D57u} * counter.v[2];
    counter = {{static_cast<std::uint32_t>(product1 >> 32) ^ counter.v[1] ^ key0,
                static_cast<std::uint32_t>(product1),
                static_cast<std::uint32_t>(product0 >> 32) ^ counter.v[3] ^ key1,
                static_cast<std::uint32_t>(product0)}};
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
  return counter;
}

/// What a random number depends on, beside the element and the number of the draw: the run's seed,
/// the object that draws (a population or projection; below 2^16) and the step (below 2^48).
struct draw_key {
  std::uint64_t seed;
  std::uint32_t object;
  std::uint64_t step;
};

/// The 128 random bits of one draw. The key is the seed; the counter's words are the element, the
/// low word of the step, the object (16 bits) above the step's next 16 bits, and the draw.
NERNST_FUNCTION constexpr philox_block draw_bits(draw_key key, std::uint32_t element,
                                                 std::uint32_t draw) {
  auto const high = static_cast<std::uint32_t>(key.step >> 32) & 0xFFFFu;
  return philox4x32(
      {{element, static_cast<std::uint32_t>(key.step), (key.object << 16) | high, draw}}, key.seed);
}

namespace detail {
/// Multiples of 2^-53 (double) or 2^-24 (float) in [0, 1), from two words of which float uses the
/// second.
template <class Real>
NERNST_FUNCTION constexpr Real unit_interval(std::uint32_t low, std::uint32_t high) {
  if constexpr (sizeof(Real) == 8) {
    std::uint64_t const word = (std::uint64_t{high} << 32) | low;
    return static_cast<Real>(static_cast<std::int64_t>(word >> 11)) * Real(0x1p-53);
  } else {
    return static_cast<Real>(static_cast<std::int32_t>(high >> 8)) * Real(0x1p-24);
  }
}
/// Box and Muller's transform of u in (0, 1] and v in [0, 1).
template <class Value>
NERNST_FUNCTION Value box_muller(Value u, Value v) {
  using real = real_of<Value>;
  using functions = ir::mathematics<Value>;
  Value const radius = functions::sqrt(Value(real(-2)) * functions::log(u));
  return radius * functions::cos(Value(real(6.283185307179586477)) * v);
}
}  // namespace detail

/// A number in [0, 1), a multiple of 2^-53 (float: of 2^-24). A batch holds those of `element`,
/// `element + 1`, …
template <class Value = double>
NERNST_FUNCTION constexpr Value uniform(draw_key key, std::uint32_t element, std::uint32_t draw) {
  using real = real_of<Value>;
  if constexpr (Pack<Value>) {
    alignas(Value) real lanes[width_of<Value>] = {};
    for (std::uint32_t i = 0; i < width_of<Value>; ++i) {
      philox_block const word = draw_bits(key, element + i, draw);
      lanes[i] = detail::unit_interval<real>(word.v[0], word.v[1]);
    }
    return kernel::load<Value>(lanes);
  } else {
    philox_block const word = draw_bits(key, element, draw);
    return detail::unit_interval<real>(word.v[0], word.v[1]);
  }
}

/// A number of the standard normal distribution, from one block of bits. A batch holds those of
/// `element`, `element + 1`, … and agrees with the scalars to rounding.
template <class Value = double>
NERNST_FUNCTION Value normal(draw_key key, std::uint32_t element, std::uint32_t draw) {
  using real = real_of<Value>;
  constexpr real smallest = sizeof(real) == 8 ? real(0x1p-53) : real(0x1p-24);
  alignas(Value) real u[width_of<Value>] = {};
  alignas(Value) real v[width_of<Value>] = {};
  for (std::uint32_t i = 0; i < width_of<Value>; ++i) {
    philox_block const word = draw_bits(key, element + i, draw);
    u[i] = detail::unit_interval<real>(word.v[0], word.v[1]) + smallest;
    v[i] = detail::unit_interval<real>(word.v[2], word.v[3]);
  }
  return detail::box_muller(kernel::load<Value>(u), kernel::load<Value>(v));
}

}  // namespace nernst::kernel
