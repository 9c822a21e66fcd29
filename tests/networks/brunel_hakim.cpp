// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Brunel and Hakim (1999): sparse connections, fast oscillations of the population in noise.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/reference.hpp"
#include "space.hpp"
#include <numeric>

using namespace nernst::dsl;

namespace {

struct neurons {
  static constexpr auto V = state<"V">(volt);
  static constexpr auto tau = 20 * ms;
  static constexpr auto theta = 20 * mV, V_r = 10 * mV, mu = 25 * mV, sigma = 1 * mV;
  static constexpr auto model =
      neuron(d(V) / dt = (-V + mu + sigma * sqrt(tau) * xi) / tau, threshold(V > theta),
             reset(V = V_r), refractory(2 * ms), method(euler));
};
struct inhibition {
  static constexpr auto model = synapse(on_pre(post(neurons::V) -= 0.5 * mV));
};

constexpr std::uint32_t size = 1000;
constexpr std::size_t lags = 40;

/// How alike the population's spikes are in bins of 0.5 ms that are 0, 1, 2 ... bins apart.
std::vector<double> autocorrelation(std::vector<double> a) {
  double const mean = std::accumulate(a.begin(), a.end(), 0.0) / static_cast<double>(a.size());
  for (double& x : a) x -= mean;
  std::vector<double> c;
  for (std::size_t lag = 0; lag < lags; ++lag) {
    double const products =
        std::inner_product(a.begin() + static_cast<std::ptrdiff_t>(lag), a.end(), a.begin(), 0.0);
    c.push_back(products / static_cast<double>(a.size() - lag));
  }
  double const variance = c[0];
  for (double& x : c) x /= variance;
  return c;
}

}  // namespace

TEMPLATE_TEST_CASE("an oscillating network has Brian 2's rates and rhythm", "", double, float) {
  test::samples counts;
  std::vector<double> correlation(lags);
  for (std::uint64_t seed = 1; seed < 4; ++seed) {
    nernst::network<test::space, TestType> net({.dt = 0.1 * ms, .seed = seed});
    auto cells = net.template population<neurons>(size);
    cells[neurons::V] = neurons::V_r;
    net.template connect<inhibition>(cells, cells, fixed_probability(0.2), 2 * ms);
    net.run(100 * ms);
    auto const spikes = net.record_spikes(cells);
    net.run(500 * ms);
    auto const of_each = spikes.counts();
    counts.emplace_back(of_each.begin(), of_each.end());
    auto const c = autocorrelation(spikes.rates(0.5 * ms));
    for (std::size_t k = 0; k < lags; ++k) correlation[k] += c[k] / 3;
  }
  auto const their_counts = test::read_as<std::uint8_t>("networks/brunel_hakim/counts.npy");
  CHECK(test::chance(counts, test::networks_in(their_counts, size)) > 0.01);
  auto const theirs = test::read<double>("networks/brunel_hakim/correlation.npy");
  for (std::size_t k = 0; k < lags; ++k) {
    double mean = 0, square = 0;
    for (std::size_t s = 0; s < 8; ++s) {
      mean += theirs[s * lags + k] / 8;
      square += theirs[s * lags + k] * theirs[s * lags + k] / 8;
    }
    INFO("lag " << k);
    CHECK(correlation[k] == Approx(mean).margin(0.02 + 3 * std::sqrt(square - mean * mean)));
  }
}
