// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Brian's example of connections by distance, with neurons that fire and delays by distance.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/reference.hpp"

using namespace nernst::dsl;

namespace {

constexpr int columns = 20;

struct neurons {
  static constexpr auto v = state<"v">(one);
  static constexpr auto drive = parameter<"drive">(one);
  static constexpr auto x = parameter<"x">(metre);
  static constexpr auto y = parameter<"y">(metre);
  static constexpr auto model =
      neuron(d(v) / dt = (drive - v) / (10 * ms) | unless_refractory, x, y, threshold(v > 1),
             reset(v = 0), refractory(2 * ms), method(exact));
};
struct coupling {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model = synapse(on_pre(post(neurons::v) += w));
};
constexpr auto square_of_distance =
    pow<2>(pre(neurons::x) - post(neurons::x)) + pow<2>(pre(neurons::y) - post(neurons::y));
constexpr auto distance = sqrt(square_of_distance);
constexpr auto bell = exp(-square_of_distance / (2 * pow<2>(60 * um)));

auto grid(nernst::network<>& net) {
  auto cells = net.population<neurons>(columns * columns);
  cells["x"] = "(i // 20) * 25*umeter - 20/2.0 * 25*umeter";
  cells["y"] = "(i % 20) * 25*umeter - 20/2.0 * 25*umeter";
  return cells;
}

/// In squares of the grid, of two neurons.
int squares_between(int a, int b) {
  int const dx = a / columns - b / columns, dy = a % columns - b % columns;
  return dx * dx + dy * dy;
}

}  // namespace

TEST_CASE("connections and delays by distance agree with Brian 2 spike for spike") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto cells = grid(net);
  cells[neurons::drive] = test::read<double>("networks/spatial/drive.npy");
  auto synapses = net.connect<coupling>(cells, cells, where(i != j and distance < 120 * um));
  synapses[coupling::w] = 0.03 * bell;
  synapses[delay] = 0.1 * ms + distance / (0.023 * metre / second);
  auto const spikes = net.record_spikes(cells);
  net.run(200 * ms);

  std::vector<std::uint16_t> from_each(columns * columns);
  for (auto const source : synapses.i()) ++from_each[static_cast<std::size_t>(source)];
  CHECK(from_each == test::read<std::uint16_t>("networks/spatial/synapses.npy"));
  auto const step = test::read<std::uint16_t>("networks/spatial/spike_step.npy");
  auto const same =
      test::compare(spikes, step, test::read<std::uint16_t>("networks/spatial/spike_neuron.npy"));
  INFO("the first difference is in step " << same.steps);
  CHECK(same.spikes == step.size());
  CHECK(spikes.count() == step.size());
}

TEST_CASE("random connections by distance are as many as Brian 2's") {
  constexpr std::size_t networks = 10, distances = 200;
  std::vector<double> ours(distances), theirs(distances), pairs(distances);
  for (std::size_t k = 0; k < networks; ++k) {
    nernst::network<> net({.dt = 0.1 * ms, .seed = k});
    auto cells = grid(net);
    auto const made = net.connect<coupling>(cells, cells, where(i != j).probability(1.5 * bell));
    auto const from = made.i(), to = made.j();
    for (std::size_t s = 0; s < from.size(); ++s) {
      auto const at = static_cast<std::size_t>(
          squares_between(static_cast<int>(from[s]), static_cast<int>(to[s])));
      if (at < distances) ++ours[at];
    }
  }
  auto const counted = test::read<std::uint16_t>("networks/spatial/random_at_distance.npy");
  for (std::size_t k = 0; k < counted.size(); ++k) theirs[k % distances] += counted[k];
  for (int a = 0; a < columns * columns; ++a)
    for (int b = 0; b < columns * columns; ++b) {
      auto const at = static_cast<std::size_t>(squares_between(a, b));
      if (a != b && at < distances) pairs[at] += networks;
    }

  // The sum of n squares of standard normal numbers is n +- sqrt(2 n).
  double sum = 0, n = 0;
  for (std::size_t at = 1; at < distances; ++at) {
    double const p = (ours[at] + theirs[at]) / (2 * pairs[at]);
    double const variance = 2 * pairs[at] * p * (1 - p);
    if (pairs[at] == 0) continue;
    if (p == 0 || p == 1) CHECK(ours[at] == theirs[at]);
    if (variance < 10) continue;
    sum += (ours[at] - theirs[at]) * (ours[at] - theirs[at]) / variance;
    ++n;
  }
  CHECK(n > 30);
  CHECK(sum == Approx(n).margin(4 * std::sqrt(2 * n)));
}
