// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/inversion.hpp>

#include <algorithm>
#include <catch.hpp>
#include <cmath>
#include <limits>

namespace {
namespace kernel = nernst::kernel;
using nernst::engine::inversion;

constexpr std::uint64_t all_bits = ~std::uint64_t{0};
constexpr double epsilon = std::numeric_limits<long double>::epsilon();

/// How probable it is that a number is at most `x`.
long double cumulative(kernel::inversion_table const& t, double x) {
  double const place = x - t.first;
  if (place < 0) return 0;
  if (place >= t.count) return 1;
  return static_cast<long double>(t.thresholds[static_cast<int>(place)]) * 0x1p-64L;
}
/// The largest error of the cumulative probabilities, where the next number is `ratio` times as
/// probable as one, and `first` has probability `p`.
template <class Ratio>
double error(kernel::inversion_table const& t, double first, double last, long double p,
             Ratio ratio) {
  long double sum = 0, worst = 0;
  for (double k = first; k <= last; ++k) {
    sum += p;
    worst = std::max(worst, std::abs(sum - cumulative(t, k)));
    p *= ratio(static_cast<long double>(k));
  }
  return static_cast<double>(worst);
}
double poisson_error(double mean) {
  inversion const made = inversion::poisson(mean);
  return error(made.table(), 0, mean + 12 * std::sqrt(mean) + 40,
               std::exp(-static_cast<long double>(mean)),
               [mean](long double k) { return mean / (k + 1); });
}
double binomial_error(double n, double p) {
  inversion const made = inversion::binomial(n, p);
  long double const q = 1.0L - p;
  return error(made.table(), 0, n, std::pow(q, static_cast<long double>(n)),
               [=](long double k) { return (n - k) / (k + 1) * p / q; });
}
/// What the table means, without its parts.
std::int32_t counted(kernel::inversion_table const& t, std::uint64_t bits) {
  return static_cast<std::int32_t>(std::upper_bound(t.thresholds, t.thresholds + t.count, bits) -
                                   t.thresholds);
}
double only(inversion const& made) {
  REQUIRE(made.table().count == 0);
  REQUIRE(made.table()(0) == made.table()(all_bits));
  return made.table()(all_bits / 3);
}
}  // namespace

TEST_CASE("inversion: the probabilities are exact") {
  // Those of a fair coin are multiples of 2^-8.
  inversion const coins = inversion::binomial(8, 0.5);
  REQUIRE(coins.table().count == 8);
  double const ways[] = {1, 9, 37, 93, 163, 219, 247, 255};
  for (int k = 0; k < 8; ++k)
    CHECK(std::abs(cumulative(coins.table(), k) - ways[k] / 256) <= epsilon);
  // What the sums are compared with has errors of its own, which grow with their length.
  for (double const mean : {1e-9, 0.03, 1.0, 2.0, 9.5, 100.0})
    CHECK(poisson_error(mean) < 64 * epsilon);
  CHECK(poisson_error(2000) < 1024 * epsilon);
  CHECK(binomial_error(1, 0.3) <= epsilon);
  CHECK(binomial_error(1000, 0.002) < 64 * epsilon);
  CHECK(binomial_error(50, 0.9) < 64 * epsilon);
  CHECK(binomial_error(1000, 1e-12) < 64 * epsilon);
}

TEST_CASE("inversion: numbers that are certain") {
  CHECK(only(inversion::poisson(0)) == 0);
  CHECK(only(inversion::poisson(-1)) == 0);
  CHECK(only(inversion::poisson(NAN)) == 0);
  CHECK(only(inversion::binomial(0.9, 0.5)) == 0);
  CHECK(only(inversion::binomial(10, 0)) == 0);
  CHECK(only(inversion::binomial(10, NAN)) == 0);
  CHECK(only(inversion::binomial(NAN, 0.5)) == 0);
  CHECK(only(inversion::binomial(10.5, 1)) == 10);
  CHECK(only(inversion::binomial(10, 2)) == 10);
  CHECK(inversion::binomial(10.9, 0.5).table()(all_bits) == 10);
}

TEST_CASE("inversion: what spreads too far has no table") {
  CHECK(inversion().table().is_empty());
  CHECK(inversion::poisson(1e9).table().is_empty());
  CHECK(inversion::poisson(INFINITY).table().is_empty());
  CHECK(inversion::binomial(1e9, 0.25).table().is_empty());
  CHECK(!inversion::binomial(1e9, 1e-6).table().is_empty());
  CHECK(!inversion::binomial(1e9, 1 - 1e-6).table().is_empty());
}

TEST_CASE("inversion: the parts lead to the number") {
  inversion const made =
      GENERATE(inversion::poisson(0.01), inversion::poisson(2), inversion::poisson(30),
               inversion::poisson(1000), inversion::poisson(200000), inversion::binomial(1, 0.5),
               inversion::binomial(1000, 0.002), inversion::binomial(60, 0.999));
  kernel::inversion_table const t = made.table();
  CAPTURE(t.first, t.count);
  auto const check = [&](std::uint64_t bits) {
    std::int32_t const place = counted(t, bits);
    REQUIRE(t.place(bits) == place);
    REQUIRE(t(bits) == t.first + place);
  };
  check(0);
  check(all_bits);
  for (int k = 0; k < t.count; ++k)
    for (std::uint64_t const beside : {all_bits, std::uint64_t{0}, std::uint64_t{1}})
      check(t.thresholds[k] + beside);
  for (std::uint64_t part = 0; part >> (64 - t.shift) == 0; ++part) {
    check(part << t.shift);
    check((part << t.shift) - 1);
  }
  for (std::uint32_t k = 0; k < 10000; ++k) {
    kernel::philox_block const bits = kernel::draw_bits({1, 2, 3}, k, 0);
    check((std::uint64_t{bits.v[0]} << 32) | bits.v[1]);
  }
}
