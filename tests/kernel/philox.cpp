// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/kernel/philox_pack.hpp>

#include "catch.hpp"
#include "random123.hpp"
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

using namespace nernst::kernel;

namespace {
constexpr bool gives(philox_block counter, std::uint64_t key, philox_block expected) {
  philox_block const found = philox4x32(counter, key);
  for (int i = 0; i < 4; ++i)
    if (found.v[i] != expected.v[i]) return false;
  return true;
}
constexpr bool same(philox_block a, philox_block b) {
  return a.v[0] == b.v[0] && a.v[1] == b.v[1] && a.v[2] == b.v[2] && a.v[3] == b.v[3];
}

// The known answers that Random123 publishes for philox4x32-10.
static_assert(gives({{0, 0, 0, 0}}, 0, {{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}}));
static_assert(gives({{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}}, 0xffffffffffffffff,
                    {{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}}));
static_assert(gives({{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}}, 0x299f31d0a4093822,
                    {{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}));

// The layout of the counter is part of the interface.
static_assert(same(draw_bits({0x299f31d0a4093822, 0x1319, 0x8a2e85a308d3}, 0x243f6a88, 0x03707344),
                   {{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}));
static_assert(uniform({1, 2, 3}, 4, 5) >= 0 && uniform({1, 2, 3}, 4, 5) < 1);
static_assert(uniform<float>({1, 2, 3}, 4, 5) >= 0 && uniform<float>({1, 2, 3}, 4, 5) < 1);

struct moments {
  double mean = 0, variance = 0, skewness = 0, kurtosis = 0;
};

moments of(std::vector<double> const& x) {
  moments m;
  auto const n = static_cast<double>(x.size());
  for (double v : x) m.mean += v / n;
  for (double v : x) m.variance += (v - m.mean) * (v - m.mean) / n;
  for (double v : x) m.skewness += std::pow((v - m.mean) / std::sqrt(m.variance), 3) / n;
  for (double v : x) m.kurtosis += std::pow((v - m.mean) / std::sqrt(m.variance), 4) / n;
  return m;
}

double correlation(std::vector<double> const& x, std::vector<double> const& y) {
  moments const a = of(x), b = of(y);
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - a.mean) * (y[i] - b.mean);
  return sum / (static_cast<double>(x.size()) * std::sqrt(a.variance * b.variance));
}

constexpr std::uint32_t samples = 200000;

template <class Draw>
std::vector<double> sample(Draw draw) {
  std::vector<double> x(samples);
  for (std::uint32_t i = 0; i < samples; ++i) x[i] = draw(i);
  return x;
}
}  // namespace

TEST_CASE("philox: uniform numbers fill [0, 1) evenly", "[kernel]") {
  std::vector<double> const x = sample([](std::uint32_t i) { return uniform({42, 1, 7}, i, 0); });
  CHECK(*std::min_element(x.begin(), x.end()) >= 0);
  CHECK(*std::max_element(x.begin(), x.end()) < 1);
  moments const m = of(x);
  CHECK(std::abs(m.mean - 0.5) < 5 * std::sqrt(1 / 12.0 / samples));
  CHECK(std::abs(m.variance - 1 / 12.0) < 5 * std::sqrt(1 / 180.0 / samples));
  CHECK(std::abs(m.kurtosis - 1.8) < 0.02);
  std::vector<int> bins(100, 0);
  for (double v : x) ++bins[static_cast<std::size_t>(v * 100)];
  double chi2 = 0;
  for (int count : bins)
    chi2 += (count - samples / 100.0) * (count - samples / 100.0) / (samples / 100.0);
  CHECK(chi2 > 55);  // 99 degrees of freedom: 99 +- 14
  CHECK(chi2 < 160);
}

TEST_CASE("philox: normal numbers have the moments of the normal distribution", "[kernel]") {
  auto const check = [](std::vector<double> const& x) {
    moments const m = of(x);
    CHECK(std::abs(m.mean) < 5 / std::sqrt(double(samples)));
    CHECK(std::abs(m.variance - 1) < 5 * std::sqrt(2.0 / samples));
    CHECK(std::abs(m.skewness) < 5 * std::sqrt(6.0 / samples));
    CHECK(std::abs(m.kurtosis - 3) < 5 * std::sqrt(24.0 / samples));
    auto const beyond =
        std::count_if(x.begin(), x.end(), [](double v) { return std::abs(v) > 1.959963984540054; });
    CHECK(std::abs(double(beyond) / samples - 0.05) < 5 * std::sqrt(0.0475 / samples));
  };
  check(sample([](std::uint32_t i) { return normal({42, 1, 7}, i, 0); }));
  check(sample([](std::uint32_t i) { return double(normal<float>({42, 1, 7}, i, 0)); }));
}

TEST_CASE("philox: every part of the key and the counter matters, and neighbours are independent",
          "[kernel]") {
  std::vector<double> const base = sample([](std::uint32_t i) { return normal({42, 1, 7}, i, 0); });
  double const limit = 5 / std::sqrt(double(samples));
  CHECK(std::abs(correlation(
            base, sample([](std::uint32_t i) { return normal({42, 1, 7}, i + 1, 0); }))) < limit);
  CHECK(std::abs(correlation(base, sample([](std::uint32_t i) {
                               return normal({42, 1, 7}, i ^ pair_distance, 0);
                             }))) < limit);
  CHECK(std::abs(correlation(
            base, sample([](std::uint32_t i) { return normal({42, 1, 7}, i, 1); }))) < limit);
  CHECK(std::abs(correlation(
            base, sample([](std::uint32_t i) { return normal({42, 1, 8}, i, 0); }))) < limit);
  CHECK(std::abs(correlation(base, sample([](std::uint32_t i) {
                               return normal({42, 1, 7 + (1ull << 32)}, i, 0);
                             }))) < limit);
  CHECK(std::abs(correlation(
            base, sample([](std::uint32_t i) { return normal({42, 2, 7}, i, 0); }))) < limit);
  CHECK(std::abs(correlation(
            base, sample([](std::uint32_t i) { return normal({43, 1, 7}, i, 0); }))) < limit);
  CHECK(std::abs(correlation(base, sample([](std::uint32_t i) {
                               return normal({42 + (1ull << 32), 1, 7}, i, 0);
                             }))) < limit);
}

TEST_CASE("philox: the numbers are those of Random123", "[kernel]") {
  for (std::uint32_t k = 0; k < 10000; ++k) {
    philox_block const bits = draw_bits({1, 2, 3}, k, 4);
    philox_block const counter{{k, bits.v[0], k % 7 == 0 ? 0xFFFFFFFF : bits.v[1], bits.v[2]}};
    std::uint64_t const key = (std::uint64_t{bits.v[3]} << 32) | bits.v[1];
    auto const expected = random123::block(counter, key);
    if (!expected) {
      WARN("Random123 is not installed");
      return;
    }
    REQUIRE(same(philox4x32(counter, key), *expected));
  }
}

namespace {
constexpr draw_key of_packs{0xFEDCBA9876543210, 0x8765, 0xABCD'0000'1234};
// Numbers of elements are whole up to the largest.
constexpr std::uint32_t firsts[] = {0, 64, 4096, 0x7FFFFFC0, 0xFFFFFFC0};

}  // namespace

#if NERNST_HAS_PACKS
namespace {
/// The words of a pack against those of Random123 and of single elements.
template <class Arch>
void check_words() {
  using value = xsimd::batch<double, Arch>;
  for (std::uint32_t const first : firsts) {
    detail::random_bits<value> const bits(of_packs, first, 5);
    for (std::uint32_t lane = 0; lane < value::size; ++lane) {
      philox_block const one = draw_bits(of_packs, first + lane, 5);
      auto const expected =
          random123::block({{first + lane, 0x00001234, 0x8765ABCD, 5}}, of_packs.seed);
      for (int word = 0; word < 4; ++word) {
        CAPTURE(Arch::name(), first, lane, word);
        REQUIRE(static_cast<std::uint32_t>(bits.words.v[word].get(lane)) == one.v[word]);
        REQUIRE(one.v[word] == expected.value_or(one).v[word]);
      }
    }
  }
}
}  // namespace

// Whatever this machine and the options of the compiler allow, not the widest alone.
TEST_CASE("philox: packs of any width draw the same", "[kernel]") {
  xsimd::supported_architectures::for_each([](auto arch) {
    using architecture = decltype(arch);
    check_words<architecture>();
  });
}
#endif
