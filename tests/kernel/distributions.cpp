// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/inversion.hpp>
#include <nernst/kernel/distributions.hpp>

#include <catch.hpp>
#include <cmath>
#include <vector>

namespace {
namespace kernel = nernst::kernel;

constexpr kernel::draw_key key{7, 3, 11};
constexpr int samples = 40000;

/// Pearson's statistic of a sample of whole numbers against their probabilities, and its degrees of
/// freedom; rare numbers are put together.
template <class Draw, class Probability>
std::pair<double, int> chi_squared(Draw draw, Probability probability, int most) {
  std::vector<int> seen(static_cast<std::size_t>(most) + 1, 0);
  for (std::uint32_t e = 0; e < samples; ++e) {
    double const k = draw(e);
    REQUIRE(k == std::floor(k));
    REQUIRE(k >= 0);
    ++seen[static_cast<std::size_t>(std::min(k, static_cast<double>(most)))];
  }
  double total = 0, sum = 0, expected = 0, found = 0, rest = 1;
  int cells = 0;
  for (int k = 0; k <= most; ++k) {
    double const p = k == most ? rest : probability(k);
    rest -= p;
    expected += p * samples;
    found += seen[static_cast<std::size_t>(k)];
    if (expected < 10 && k < most) continue;
    sum += expected > 0 ? (found - expected) * (found - expected) / expected : 0;
    total += expected;
    expected = found = 0;
    ++cells;
  }
  REQUIRE(total == Approx(samples));
  return {sum, cells - 1};
}
/// Five standard deviations above the mean: once in a million, for the fixed seed once and for all.
bool fits(std::pair<double, int> const& statistic) {
  return statistic.first < statistic.second + 5 * std::sqrt(2.0 * statistic.second);
}
double poisson_probability(double mean, int k) {
  return std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
}
double binomial_probability(double n, double p, int k) {
  return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1) +
                  k * std::log(p) + (n - k) * std::log1p(-p));
}
/// The numbers of a table as kernels draw them, in packs, and as inputs draw them.
double drawn_by_kernel(kernel::inversion_table const& t, std::uint32_t e) {
  using value = kernel::pack<double>;
  constexpr auto width = static_cast<std::uint32_t>(kernel::pack_width<double>);
  alignas(value) static double lanes[width];
  if (e % width == 0) kernel::store(lanes, kernel::draw_from<value>(t, key, e, 5));
  return lanes[e % width];
}
double drawn_together(kernel::inversion_table const& t, std::uint32_t e) {
  alignas(64) static std::int32_t places[kernel::drawn_together];
  std::uint32_t const place = e % kernel::drawn_together;
  if (place == 0) kernel::draw_together(t, key, e, 5, places);
  return t.first + places[place];
}
template <class Probability>
void check_table(nernst::engine::inversion const& made, Probability probability, int most) {
  kernel::inversion_table const t = made.table();
  REQUIRE(!t.is_empty());
  auto const by_kernel = [&t](std::uint32_t e) { return drawn_by_kernel(t, e); };
  auto const together = [&t](std::uint32_t e) { return drawn_together(t, e); };
  CHECK(fits(chi_squared(by_kernel, probability, most)));
  CHECK(fits(chi_squared(together, probability, most)));
}
}  // namespace

TEST_CASE("Poisson numbers have their distribution", "[kernel]") {
  double const mean = GENERATE(0.03, 1.0, 9.99, 10.0, 37.5, 400.0);
  CAPTURE(mean);
  CHECK(fits(chi_squared([&](std::uint32_t e) { return kernel::poisson(key, e, 5, mean); },
                         [&](int k) { return poisson_probability(mean, k); },
                         static_cast<int>(mean + 8 * std::sqrt(mean) + 8))));
  check_table(
      nernst::engine::inversion::poisson(mean), [&](int k) { return poisson_probability(mean, k); },
      static_cast<int>(mean + 8 * std::sqrt(mean) + 8));
}

TEST_CASE("a Poisson number stays the same where the exponential was computed before", "[kernel]") {
  double const mean = GENERATE(-1.0, 0.03, 0.5, 9.99, 10.0, 37.5);
  int differ = 0, near = 0;
  for (std::uint32_t e = 0; e < samples; ++e) {
    double const expected = kernel::poisson(key, e, 5, mean), exact = std::exp(-mean);
    differ += kernel::poisson(key, e, 5, mean, exact) != expected;
    differ += kernel::poisson(key, e, 5, mean, static_cast<float>(exact)) != expected;
    near += kernel::poisson(key, e, 5, mean, exact * 1.000005) != expected;
  }
  CHECK(differ == 0);
  CHECK(near == 0);
}

TEST_CASE("binomial numbers have their distribution", "[kernel]") {
  struct of {
    double n, p;
  };
  of const b = GENERATE(of{1, 0.5}, of{10, 0.02}, of{20, 0.3}, of{20, 0.9}, of{100, 0.1},
                        of{1000, 0.005}, of{1000, 0.4}, of{500, 0.97});
  CAPTURE(b.n, b.p);
  CHECK(fits(chi_squared([&](std::uint32_t e) { return kernel::binomial(key, e, 5, b.n, b.p); },
                         [&](int k) { return binomial_probability(b.n, b.p, k); },
                         static_cast<int>(b.n))));
  check_table(
      nernst::engine::inversion::binomial(b.n, b.p),
      [&](int k) { return binomial_probability(b.n, b.p, k); }, static_cast<int>(b.n));
}

TEST_CASE("a table gives packs the numbers of their elements", "[kernel]") {
  auto const made = GENERATE(nernst::engine::inversion::poisson(3),
                             nernst::engine::inversion::binomial(100000, 0.3));
  for (std::uint32_t e = 0; e < 4096; ++e) {
    double const one = kernel::draw_from<double>(made.table(), key, e, 5);
    REQUIRE(drawn_by_kernel(made.table(), e) == one);
    REQUIRE(kernel::draw_from<float>(made.table(), key, e, 5) == static_cast<float>(one));
  }
  using value = kernel::pack<float>;
  constexpr auto width = static_cast<std::uint32_t>(kernel::pack_width<float>);
  alignas(value) float lanes[width];
  for (std::uint32_t first = 0; first < 4096; first += width) {
    kernel::store(lanes, kernel::draw_from<value>(made.table(), key, first, 5));
    for (std::uint32_t k = 0; k < width; ++k)
      REQUIRE(lanes[k] == kernel::draw_from<float>(made.table(), key, first + k, 5));
  }
}

TEST_CASE("the ends of the distributions", "[kernel]") {
  CHECK(kernel::poisson(key, 1, 2, 0) == 0);
  CHECK(kernel::poisson(key, 1, 2, -3) == 0);
  CHECK(kernel::poisson(key, 1, 2, NAN) == 0);
  CHECK(kernel::binomial(key, 1, 2, 0, 0.5) == 0);
  CHECK(kernel::binomial(key, 1, 2, 8, 0) == 0);
  CHECK(kernel::binomial(key, 1, 2, 8, 1) == 8);
  CHECK(kernel::binomial(key, 1, 2, 8, 1.5) == 8);
  CHECK(kernel::binomial(key, 1, 2, 8.9, 1) == 8);
}

TEST_CASE("a draw depends on its key, element and number only", "[kernel]") {
  CHECK(kernel::poisson(key, 4, 2, 50) == kernel::poisson(key, 4, 2, 50));
  int differs[3] = {};
  for (std::uint32_t e = 0; e < 100; ++e) {
    double const x = kernel::poisson(key, e, 2, 50);
    differs[0] += x != kernel::poisson(key, e + 1, 2, 50);
    differs[1] += x != kernel::poisson(key, e, 3, 50);
    differs[2] += x != kernel::poisson({7, 3, 12}, e, 2, 50);
  }
  for (int const d : differs) CHECK(d > 80);
}
