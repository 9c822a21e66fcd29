// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Spike for spike with Brian 2 (tests/data: its connections, start values and results, double
// precision).
#include <nernst/network.hpp>

#include "catch.hpp"
#include "cobahh_model.hpp"
#include "cuba_model.hpp"
#include "network/reference.hpp"

using test::agreement, test::compare, test::read, test::worst_relative;

TEST_CASE("CUBA agrees with Brian 2 spike for spike") {
  using namespace cuba;
  nernst::network net({.dt = 0.1 * ms, .seed = 1});
  auto cells = net.population<neurons>(4000);
  cells[neurons::v] = read<double>("cuba/v0.npy");
  net.connect<excitation>(
      cells(0, 3200), cells,
      pairs(read<std::uint16_t>("cuba/exc_pre.npy"), read<std::uint16_t>("cuba/exc_post.npy")));
  net.connect<inhibition>(
      cells(3200, 4000), cells,
      pairs(read<std::uint16_t>("cuba/inh_pre.npy"), read<std::uint16_t>("cuba/inh_post.npy")));
  auto spikes = net.record_spikes(cells);

  net.run(100 * ms);
  CHECK(worst_relative(cells[neurons::v].get(), read<double>("cuba/v_100ms.npy")) < 1e-9);
  CHECK(worst_relative(cells[neurons::g_e].get(), read<double>("cuba/ge_100ms.npy")) < 1e-9);
  CHECK(worst_relative(cells[neurons::g_i].get(), read<double>("cuba/gi_100ms.npy")) < 1e-9);

  net.run(900 * ms);
  auto const step = read<std::int32_t>("cuba/spike_step.npy"),
             neuron = read<std::int32_t>("cuba/spike_neuron.npy");
  agreement const same = compare(spikes, step, neuron);
  INFO(same.spikes << " of " << step.size() << " spikes agree, the first difference is in step "
                   << same.steps << "; " << spikes.count() << " here");
  CHECK(same.steps >= 1000);
  CHECK(spikes.mean_rate() == Approx(static_cast<double>(step.size()) / 4000).epsilon(0.02));
  WARN(same.spikes << " of " << step.size() << " spikes agree, the first difference is in step "
                   << same.steps);
}

TEST_CASE("COBAHH agrees with Brian 2 spike for spike") {
  using namespace cobahh;
  nernst::network net({.dt = 0.1 * ms, .seed = 1});
  auto cells = net.population<neurons>(4000);
  cells[neurons::v] = read<double>("cobahh/v0.npy");
  cells[neurons::g_e] = read<double>("cobahh/ge0.npy");
  cells[neurons::g_i] = read<double>("cobahh/gi0.npy");
  net.connect<excitation>(
      cells(0, 3200), cells,
      pairs(read<std::uint16_t>("cobahh/exc_pre.npy"), read<std::uint16_t>("cobahh/exc_post.npy")));
  net.connect<inhibition>(
      cells(3200, 4000), cells,
      pairs(read<std::uint16_t>("cobahh/inh_pre.npy"), read<std::uint16_t>("cobahh/inh_post.npy")));
  auto spikes = net.record_spikes(cells);
  auto trace = net.record(cells, {"v"}, {1, 10, 100});
  net.run(500 * ms);
  auto const step = read<std::int32_t>("cobahh/spike_step.npy"),
             neuron = read<std::int32_t>("cobahh/spike_neuron.npy");
  agreement const same = compare(spikes, step, neuron);
  WARN(same.spikes << " of " << step.size() << " spikes agree, the first difference is in step "
                   << same.steps << "; " << spikes.count() << " here");
  auto const v = read<double>("cobahh/v_trace.npy");
  double worst = 0;
  for (std::size_t n = 0; n < 3; ++n)
    for (std::size_t s = 0; s < 1000; ++s)
      worst = std::max(worst, std::abs(trace.at(s, 0, n) - v[n * 5000 + s]));
  WARN("worst difference of v in 100 ms: " << worst << " V");
  CHECK(same.steps >= 1000);
  CHECK(spikes.mean_rate() == Approx(static_cast<double>(step.size()) / 4000 / 0.5).epsilon(0.02));
}
