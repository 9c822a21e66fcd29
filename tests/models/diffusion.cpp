// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Models with noise of which more is known: compared with Brian where every random number is 0.5,
// and with theory where they are random.
#include "brunel_hakim_1999.hpp"
#include "ornstein_uhlenbeck.hpp"
#include "stochastic_odes.hpp"
#include <numbers>

using namespace models;

namespace {
struct moments {
  double mean, variance;
};
template <class Of>
moments moments_of(std::size_t n, Of value) {
  double sum = 0, squares = 0;
  for (std::size_t k = 0; k < n; ++k) sum += value(k);
  double const mean = sum / static_cast<double>(n);
  for (std::size_t k = 0; k < n; ++k) squares += (value(k) - mean) * (value(k) - mean);
  return {mean, squares / static_cast<double>(n - 1)};
}
/// Means and variances of `n` normal numbers are this many of their standard deviations off in one
/// of 16000 cases.
constexpr double four = 4;
void check_moments(moments const& found, double mean, double variance, std::size_t n) {
  auto const count = static_cast<double>(n);
  CHECK(std::abs(found.mean - mean) < four * std::sqrt(variance / count));
  CHECK(std::abs(found.variance / variance - 1) < four * std::sqrt(2 / count));
}

template <class Model>
void run_steps(cells<Model>& all, int begin, int end) {
  for (int step = begin; step < end; ++step) {
    all.begin(step);
    all.end(step);
  }
}

/// The logarithm of X after 500 steps.
template <class Model>
moments growth(std::size_t n) {
  cells<Model> all(n, 1e-3);
  std::fill_n(all["X"], n, 1.0);
  all.prepare();
  run_steps(all, 0, 500);
  return moments_of(n, [X = all["X"]](std::size_t k) { return std::log(X[k]); });
}
}  // namespace

TEST_CASE("Ornstein-Uhlenbeck", "[models]") {
  compare<ornstein_uhlenbeck::written, ornstein_uhlenbeck::text, draws::half>(
      {"ornstein_uhlenbeck", 1e-4, 2000, 20, {"tau", "sigma", "y"}, {"y"}}, 1e-10);
}

TEST_CASE("an Ornstein-Uhlenbeck process has the moments of Euler's method", "[models]") {
  std::size_t const n = 4000;
  double const length = 1e-3, tau = 0.1, sigma = 0.31622;
  cells<ornstein_uhlenbeck::text> all(n, length);
  std::fill_n(all["tau"], n, tau);
  std::fill_n(all["sigma"], n, sigma);
  std::fill_n(all["y"], n, 1.0);
  all.prepare();
  double const kept = 1 - length / tau, kick = 2 * sigma * sigma / tau * length;
  auto const variance = [&](int steps) {
    return kick * (1 - std::pow(kept, 2 * steps)) / (1 - kept * kept);
  };

  run_steps(all, 0, 50);
  double const* const y = all["y"];
  std::vector<double> const before(y, y + n);
  check_moments(moments_of(n, [&](std::size_t k) { return y[k]; }), std::pow(kept, 50),
                variance(50), n);
  run_steps(all, 50, 450);
  check_moments(moments_of(n, [&](std::size_t k) { return y[k]; }), std::pow(kept, 450),
                variance(450), n);
  run_steps(all, 450, 500);
  // What came after step 50 has nothing to do with the state then.
  auto const product = moments_of(n, [&](std::size_t k) {
    return (before[k] - std::pow(kept, 50)) * (y[k] - std::pow(kept, 500));
  });
  CHECK(std::abs(product.mean - std::pow(kept, 450) * variance(50)) <
        four * std::sqrt(product.variance / static_cast<double>(n)));
}

TEST_CASE("geometric Brownian motion", "[models]") {
  using namespace stochastic_odes;
  compare<written_milstein, text_milstein, draws::half>(
      {"stochastic_odes_milstein", 1e-3, 500, 10, {"X"}, {"X"}}, 1e-10);
  compare<written_heun, text_heun, draws::half>(
      {"stochastic_odes_heun", 1e-3, 500, 10, {"X"}, {"X"}}, 1e-10);
}

TEST_CASE("geometric Brownian motion is meant in the sense of Stratonovich", "[models]") {
  // In that of Ito the mean of log X were (mu - sigma^2) t, five standard deviations less.
  std::size_t const n = 20000;
  double const end = 0.5, mu = 0.5, sigma = 0.1;
  check_moments(growth<stochastic_odes::text_milstein>(n), (mu - sigma * sigma / 2) * end,
                sigma * sigma * end, n);
  check_moments(growth<stochastic_odes::text_heun>(n), (mu - sigma * sigma / 2) * end,
                sigma * sigma * end, n);
}

TEST_CASE("Brunel and Hakim 1999", "[models]") {
  compare<brunel_hakim_1999::written, brunel_hakim_1999::text, draws::half>(
      {"brunel_hakim_1999", 1e-4, 1000, 10, {"V"}, {"V"}}, 1e-10);
}

TEST_CASE("a noisy integrate-and-fire neuron has the rate of Siegert's formula", "[models]") {
  std::size_t const n = 200;
  double const length = 1e-4, tau = 20, mu = 25, sigma = 1;  // ms, mV
  cells<brunel_hakim_1999::text> all(n, length);
  std::fill_n(all["V"], n, 0.010);
  all.prepare();
  run_steps(all, 0, 2000);
  std::size_t spikes = 0;
  for (int step = 2000; step < 12000; ++step) spikes += all.end(step).size();

  // A threshold that is tested at the ends of steps is a higher one: by -zeta(1/2)/sqrt(2 pi)
  // standard deviations of a step (Broadie et al. 1997). Neurons charge while they are refractory,
  // so that this does not matter.
  double const shift = 0.5826 * sigma * std::sqrt(length * 1e3 / tau);
  double const from = (10 - mu) / sigma, to = (20 + shift - mu) / sigma, slice = (to - from) / 1000;
  double integral = 0;
  for (int k = 0; k < 1000; ++k) {
    double const u = from + (k + 0.5) * slice;
    integral += std::exp(u * u) * std::erfc(-u) * slice;
  }
  double const interval = tau * std::sqrt(std::numbers::pi) * integral;  // ms
  CHECK(static_cast<double>(spikes) / static_cast<double>(n) ==
        Approx(1000 / interval).epsilon(0.003));
}
