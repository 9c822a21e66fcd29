// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Brunel (2000): excitation, inhibition and Poisson inputs make irregular activity.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/reference.hpp"
#include "space.hpp"

using namespace nernst::dsl;

namespace {

struct neurons {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto tau = 20 * ms;
  static constexpr auto theta = 20 * mV;
  static constexpr auto model =
      neuron(d(v) / dt = -v / tau | unless_refractory, threshold(v > theta), reset(v = 10 * mV),
             refractory(2 * ms), method(exact));
};
constexpr auto J = 0.4 * mV;
struct excitation {
  static constexpr auto model = synapse(on_pre(post(neurons::v) += J));
};
struct inhibition {
  static constexpr auto model = synapse(on_pre(post(neurons::v) -= 8 * J));
};

/// Of each neuron with at least five intervals: their standard deviation by their mean.
std::vector<double> irregularity(nernst::spike_record const& spikes, std::uint32_t size) {
  std::vector<std::vector<double>> steps(size);
  for (std::size_t k = 0; k < spikes.count(); ++k)
    steps[static_cast<std::size_t>(spikes.neurons()[k])].push_back(
        static_cast<double>(spikes.steps()[k]));
  std::vector<double> all;
  for (auto const& s : steps) {
    if (s.size() < 6) continue;
    auto const n = static_cast<double>(s.size() - 1);
    double const mean = (s.back() - s.front()) / n;
    double square = 0;
    for (std::size_t k = 1; k < s.size(); ++k) square += (s[k] - s[k - 1]) * (s[k] - s[k - 1]) / n;
    all.push_back(std::sqrt(square - mean * mean) / mean);
  }
  return all;
}

}  // namespace

TEMPLATE_TEST_CASE("an irregular network has Brian 2's rates and intervals", "", double, float) {
  test::samples counts, cvs, their_cvs;
  for (std::uint64_t seed = 5; seed < 9; ++seed) {
    nernst::network<test::space, TestType> net({.dt = 0.1 * ms, .seed = seed});
    auto cells = net.template population<neurons>(1250);
    cells[neurons::v] = uniform() * neurons::theta;
    net.template connect<excitation>(cells(0, 1000), cells, fixed_in_degree(100), 1.5 * ms);
    net.template connect<inhibition>(cells(1000, 1250), cells, fixed_in_degree(25), 1.5 * ms);
    net.poisson_input(cells, neurons::v, 100, 2 * (neurons::theta / (100 * J * neurons::tau)), J);
    net.run(100 * ms);
    auto const spikes = net.record_spikes(cells);
    net.run(500 * ms);
    auto const of_each = spikes.counts();
    counts.emplace_back(of_each.begin(), of_each.end());
    cvs.push_back(irregularity(spikes, 1250));
  }
  for (int network = 0; network < 12; ++network)
    their_cvs.push_back(
        test::read_as<float>("networks/brunel/cv_" + std::to_string(network) + ".npy"));
  auto const their_counts = test::read_as<std::uint8_t>("networks/brunel/counts.npy");
  CHECK(test::chance(counts, test::networks_in(their_counts, 1250)) > 0.01);
  CHECK(test::chance(cvs, their_cvs) > 0.01);
}
