// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Song, Miller and Abbott (2000): plasticity by the times of spikes, with given inputs.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/reference.hpp"

using namespace nernst::dsl;

namespace {

struct target {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto g_e = state<"g_e">(one);
  static constexpr auto model = neuron(
      d(v) / dt = (g_e * (0 * mV - v) + (-74 * mV - v)) / (10 * ms), d(g_e) / dt = -g_e / (5 * ms),
      threshold(v > -54 * mV), reset(v = -60 * mV), method(euler));
};
struct plastic {
  static constexpr auto g_max = 0.01, up = 0.01 * g_max, down = -0.01 * 1.05 * g_max;
  static constexpr auto tau = 20 * ms;
  static constexpr auto w = state<"w">(one);
  static constexpr auto Apre = state<"Apre">(one);
  static constexpr auto Apost = state<"Apost">(one);
  static constexpr auto model = synapse(
      d(Apre) / dt = -Apre / tau | event_driven, d(Apost) / dt = -Apost / tau | event_driven,
      on_pre(post(target::g_e) += w, Apre += up, w = clip(w + Apost, 0, g_max)),
      on_post(Apost += down, w = clip(w + Apre, 0, g_max)));
};

}  // namespace

TEST_CASE("spike-timing-dependent plasticity agrees with Brian 2", "[double]") {
  auto const how = GENERATE(nernst::exactness::same_as_brian, nernst::exactness::fast);
  nernst::network net({.dt = 0.1 * ms, .exactness = how});
  auto inputs = net.spikes(
      1000, test::read_as<std::uint16_t, std::uint32_t>("networks/stdp/input_neuron.npy"),
      test::read_times<std::uint16_t>("networks/stdp/input_step.npy", 1e-4));
  auto cell = net.population<target>(1);
  cell[target::v] = -60 * mV;
  auto synapses = net.connect<plastic>(inputs, cell, all_to_all());
  synapses[plastic::w] = test::read_as<float>("networks/stdp/w0.npy");
  auto const spikes = net.record_spikes(cell);
  net.run(2 * second);

  auto const step = test::read<std::uint16_t>("networks/stdp/spike_step.npy");
  CHECK(spikes.steps() == std::vector<std::int64_t>(step.begin(), step.end()));
  CHECK(test::worst_relative(synapses[plastic::w].get(),
                             test::read<double>("networks/stdp/w_end.npy"), 1e-6) < 1e-9);
}
