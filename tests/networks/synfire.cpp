// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Diesmann, Gewaltig and Aertsen (1999): a volley travels along a chain of groups.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/reference.hpp"
#include <numeric>

using namespace nernst::dsl;

namespace {

struct neurons {
  static constexpr auto V = state<"V">(volt);
  static constexpr auto x = state<"x">(volt);
  static constexpr auto y = state<"y">(volt);
  static constexpr auto drive = parameter<"drive">(volt / second);
  static constexpr auto V_r = -70 * mV, V_t = -55 * mV;
  static constexpr auto tau_m = 10 * ms, tau_psp = 0.325 * ms;
  static constexpr auto model =
      neuron(d(V) / dt = (-(V - V_r) + x) / tau_m, d(x) / dt = (-x + y) / tau_psp,
             d(y) / dt = -y / tau_psp + drive, threshold(V > V_t), reset(V = V_r),
             refractory(1 * ms), method(euler));
};
struct excitation {
  static constexpr auto model = synapse(on_pre(post(neurons::y) += 4.86 * mV));
};

}  // namespace

TEST_CASE("a synfire chain agrees with Brian 2 spike for spike") {
  auto const how = GENERATE(nernst::exactness::same_as_brian, nernst::exactness::fast);
  nernst::network net({.dt = 0.1 * ms, .exactness = how});
  auto cells = net.population<neurons>(1000);
  std::vector<std::uint32_t> each(85);
  std::iota(each.begin(), each.end(), 0u);
  auto input = net.spikes(85, each,
                          test::read_times<std::uint16_t>("networks/synfire/pulse_step.npy", 1e-4));
  cells[neurons::V] = test::read<double>("networks/synfire/v0.npy");
  cells[neurons::drive] = test::read<double>("networks/synfire/drive.npy");
  for (int group = 0; group < 900; group += 100)
    net.connect<excitation>(cells(group, group + 100), cells(group + 100, group + 200),
                            all_to_all(), 5 * ms);
  net.connect<excitation>(input, cells(0, 100), all_to_all());
  auto const spikes = net.record_spikes(cells);
  net.run(120 * ms);

  auto const step = test::read<std::uint16_t>("networks/synfire/spike_step.npy");
  auto const same =
      test::compare(spikes, step, test::read<std::uint16_t>("networks/synfire/spike_neuron.npy"));
  INFO("the first difference is in step " << same.steps);
  CHECK(same.spikes == step.size());
  CHECK(spikes.count() == step.size());
}
