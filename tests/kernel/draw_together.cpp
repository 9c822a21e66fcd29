// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/inversion.hpp>
#include <nernst/kernel/draw_together.hpp>

#include <algorithm>
#include <array>
#include <catch.hpp>
#include <vector>

namespace {
namespace kernel = nernst::kernel;
using kernel::drawn_together;
using nernst::engine::inversion;
using places = std::array<std::int32_t, drawn_together>;

constexpr kernel::draw_key key{0x123456789ABCDEF0, 77, 0x1'0000'0005};
constexpr std::uint32_t draw = 9;

/// The 64 bits of an element.
std::uint64_t bits_of(std::uint32_t element) {
  std::uint32_t const first = element / 256 * 256, share = element % 256 / 32, block = element % 32;
  std::uint64_t const word = kernel::draw_bits(key, first / 8 + block, draw).v[share / 2];
  kernel::philox_block const more = kernel::draw_bits(key, element, draw + 1);
  std::uint64_t const upper = share % 2 == 0 ? word % 0x10000 : word / 0x10000;
  return (upper << 48) | (std::uint64_t{more.v[1] % 0x10000} << 32) | more.v[0];
}
template <class Value>
places drawn(kernel::inversion_table const& t, std::uint32_t first) {
  alignas(64) std::int32_t found[drawn_together] = {};
  kernel::draw_together<Value>(t, key, first, draw, found);
  places all;
  std::copy(found, found + drawn_together, all.begin());
  return all;
}
/// Whether packs of all widths, and single numbers, find the places.
void check(kernel::inversion_table const& t, std::uint32_t first, places const& expected) {
  CHECK(drawn<float>(t, first) == expected);
  CHECK(drawn<kernel::pack<float>>(t, first) == expected);
  for (std::uint32_t k = 0; k < drawn_together; ++k)
    REQUIRE(kernel::draw_as_together(t, key, first + k, draw) == expected[k]);
#if NERNST_HAS_PACKS
  xsimd::supported_architectures::for_each([&](auto arch) {
    CAPTURE(arch.name());
    CHECK(drawn<xsimd::batch<float, decltype(arch)>>(t, first) == expected);
  });
#endif
}
}  // namespace

TEST_CASE("draw_together: numbers are those of 64 bits", "[kernel]") {
  inversion const made =
      GENERATE(inversion::poisson(0), inversion::poisson(1e-6), inversion::poisson(0.02),
               inversion::poisson(2), inversion::poisson(20), inversion::poisson(60),
               inversion::poisson(300), inversion::binomial(1, 0.3), inversion::binomial(7, 0.999),
               inversion::binomial(1000, 0.002));
  kernel::inversion_table const t = made.table();
  CAPTURE(t.first, t.count, t.step_count);
  for (std::uint32_t first = 0; first < 20000; first += drawn_together) {
    places expected{};
    for (std::uint32_t k = 0; k < drawn_together; ++k) expected[k] = t.place(bits_of(first + k));
    check(t, first, expected);
  }
}

// Two numbers that change where the bits of an element are: its first bits never decide.
TEST_CASE("draw_together: what 16 bits leave open others decide", "[kernel]") {
  std::uint32_t const first = 1280, element = first + GENERATE(0U, 1U, 15U, 32U, 64U, 130U, 255U);
  for (std::uint64_t const beside : {0U, 1U}) {
    std::uint64_t const threshold[] = {bits_of(element) + beside};
    kernel::inversion_table::part const whole[] = {{threshold[0], 0, false},
                                                   {threshold[0], 0, false}};
    std::int16_t const steps[] = {static_cast<std::int16_t>((threshold[0] >> 48) - 0x8000)};
    kernel::inversion_table const t{.parts = whole,
                                    .shift = 63,
                                    .thresholds = threshold,
                                    .count = 1,
                                    .steps = steps,
                                    .step_count = 1};
    places expected{};
    for (std::uint32_t k = 0; k < drawn_together; ++k)
      expected[k] = bits_of(first + k) >= threshold[0] ? 1 : 0;
    REQUIRE(expected[element - first] == (beside == 0 ? 1 : 0));
    check(t, first, expected);
  }
}

TEST_CASE("draw_together: every element and every draw has a number of its own", "[kernel]") {
  inversion const made = inversion::poisson(300);
  std::vector<std::int32_t> all;
  for (std::uint32_t first = 0; first < 6400; first += drawn_together)
    for (std::int32_t const place : drawn<kernel::pack<float>>(made.table(), first))
      all.push_back(place);
  // Neighbours, those that share a block, and those with equal words of other blocks.
  for (std::size_t const lag : {1U, 8U, 16U, 32U, 64U, 128U, 192U, 224U, 256U}) {
    double sum = 0, squares = 0;
    double const mean = 300 - made.table().first;
    for (std::size_t k = 0; k + lag < all.size(); ++k) {
      sum += (all[k] - mean) * (all[k + lag] - mean);
      squares += (all[k] - mean) * (all[k] - mean);
    }
    CAPTURE(lag);
    CHECK(std::abs(sum / squares) < 5 / std::sqrt(6400.));
  }
}
