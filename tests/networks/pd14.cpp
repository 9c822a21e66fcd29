// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Potjans and Diesmann (2014), with 3 % of its neurons and of the synapses of each: the example's
// network fires as NEST's does.
#include <nernst/nernst.hpp>

#include "catch.hpp"
#include "network/reference.hpp"
#include "space.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

#define main example_main
#include "../../examples/pd14.cpp"
#undef main

namespace {

/// As the example has it, of neurons with five intervals.
double irregularity_of_five(nernst::spike_record const& spikes, std::uint32_t size) {
  double sum = 0, chosen = 0;
  for (std::uint32_t n = 0; n < size; ++n) {
    std::vector<double> const train = spikes.train(n);
    if (train.size() < 6) continue;
    double const intervals = static_cast<double>(train.size() - 1);
    double const mean = (train.back() - train.front()) / intervals;
    double square = 0;
    for (std::size_t k = 1; k < train.size(); ++k)
      square += std::pow(train[k] - train[k - 1] - mean, 2) / intervals;
    sum += std::sqrt(square) / mean;
    ++chosen;
  }
  return sum / chosen;
}

}  // namespace

TEMPLATE_TEST_CASE(
    "each kind of neuron fires as in NEST: how often, how regularly, how much together", "", double,
    float) {
  using namespace pd14;
  constexpr double scale = 0.03;
  constexpr std::uint32_t size = 2314;
  test::samples counts[kinds], cvs[kinds], synchronies[kinds];
  std::uint32_t first[kinds + 1] = {};
  for (std::uint64_t seed = 1; seed < 4; ++seed) {
    nernst::network<test::space, TestType> net({.dt = 0.1 * ms, .seed = seed});
    microcircuit const circuit(net, scale, drive::poisson);
    REQUIRE(circuit.cells().size() == size);
    net.run(0.3 * second);
    std::vector<nernst::spike_record> spikes;
    for (std::size_t k = 0; k < kinds; ++k) spikes.push_back(net.record_spikes(circuit.of(k)));
    net.run(1 * second);
    for (std::size_t k = 0; k < kinds; ++k) {
      auto const of_each = spikes[k].counts();
      first[k + 1] = first[k] + static_cast<std::uint32_t>(of_each.size());
      counts[k].emplace_back(of_each.begin(), of_each.end());
      cvs[k].push_back({irregularity_of_five(spikes[k], circuit.of(k).size())});
      synchronies[k].push_back({synchrony(spikes[k])});
    }
  }
  auto const all_counts =
      test::networks_in(test::read_as<std::uint8_t>("networks/pd14/counts.npy"), size);
  auto const all_cvs = test::networks_in(test::read<double>("networks/pd14/cv.npy"), kinds);
  auto const all_synchronies =
      test::networks_in(test::read<double>("networks/pd14/synchrony.npy"), kinds);
  for (std::size_t k = 0; k < kinds; ++k) {
    CAPTURE(names[k]);
    test::samples their_counts, their_cvs, their_synchronies;
    for (std::size_t n = 0; n < all_counts.size(); ++n) {
      their_counts.emplace_back(all_counts[n].begin() + first[k],
                                all_counts[n].begin() + first[k + 1]);
      their_cvs.push_back({all_cvs[n][k]});
      their_synchronies.push_back({all_synchronies[n][k]});
    }
    CHECK(test::chance(counts[k], their_counts) > 0.01);
    CHECK(test::chance(synchronies[k], their_synchronies) > 0.01);
    bool const fires_often = full_rate[k] > 7;
    if (fires_often) CHECK(test::chance(cvs[k], their_cvs) > 0.01);
  }
}

// NEST 3.10, tests/data/make_pd14.py --scale 0.1 --dc --networks 4: 3.42, 3.41, 3.43 and 3.44 Hz of
// 6I, whose intervals have 0.528, 0.540, 0.527 and 0.546, and no spike of the others. What replaces
// synapses that a smaller network lacks inhibits, and without noise from outside all but 6I stay
// below the threshold.
TEST_CASE("with a constant drive a tenth of the network fires as in NEST") {
  using namespace pd14;
  nernst::network<test::space> net({.dt = 0.1 * ms, .seed = 1});
  microcircuit const circuit(net, 0.1, drive::dc);
  net.run(0.3 * second);
  std::vector<nernst::spike_record> spikes;
  for (std::size_t k = 0; k < kinds; ++k) spikes.push_back(net.record_spikes(circuit.of(k)));
  net.run(1 * second);
  for (std::size_t k = 0; k < 7; ++k) CHECK(spikes[k].count() == 0);
  CHECK(spikes[7].mean_rate() == Approx(3.425).margin(0.08));
  CHECK(irregularity_of_five(spikes[7], circuit.of(7).size()) == Approx(0.535).margin(0.06));
}
