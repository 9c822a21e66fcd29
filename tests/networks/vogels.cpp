// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Vogels et al. (2011): plastic inhibition balances excitation.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/reference.hpp"

using namespace nernst::dsl;

namespace {

struct neurons {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto g_ampa = state<"g_ampa">(siemens);
  static constexpr auto g_gaba = state<"g_gaba">(siemens);
  static constexpr auto g_l = 10 * nS;
  static constexpr auto E_l = -60 * mV, E_r = -80 * mV, V_t = -50 * mV;
  static constexpr auto C = 200 * pF;
  static constexpr auto I_bg = 200 * pA;
  static constexpr auto I = g_ampa * v + g_gaba * (v - E_r);
  static constexpr auto model =
      neuron(d(v) / dt = (-g_l * (v - E_l) - I + I_bg) / C | unless_refractory,
             d(g_ampa) / dt = -g_ampa / (5 * ms), d(g_gaba) / dt = -g_gaba / (10 * ms),
             threshold(v > V_t), reset(v = E_l), refractory(5 * ms), method(euler));
};
struct excitation {
  static constexpr auto model = synapse(on_pre(post(neurons::g_ampa) += 1.5 * nS));
};
struct inhibition {
  static constexpr auto model = synapse(on_pre(post(neurons::g_gaba) += 15 * nS));
};
struct plastic_inhibition {
  static constexpr auto w = state<"w">(one);
  static constexpr auto Apre = state<"Apre">(one);
  static constexpr auto Apost = state<"Apost">(one);
  static constexpr auto eta = shared<"eta">(one);
  static constexpr auto tau = 20 * ms;
  static constexpr auto alpha = 3 * Hz * tau * 2;
  static constexpr auto model = synapse(
      d(Apre) / dt = -Apre / tau | event_driven, d(Apost) / dt = -Apost / tau | event_driven,
      on_pre(Apre += 1, w = clip(w + (Apost - alpha) * eta, 0, 100),
             post(neurons::g_gaba) += w * nS),
      on_post(Apost += 1, w = clip(w + Apre * eta, 0, 100)));
};

}  // namespace

TEST_CASE("plastic inhibition agrees with Brian 2 spike for spike", "[double]") {
  auto const read = [](char const* file) {
    return test::read<std::uint16_t>("networks/vogels/" + std::string(file));
  };
  auto const how = GENERATE(nernst::exactness::same_as_brian, nernst::exactness::fast);
  nernst::network net({.dt = 0.1 * ms, .exactness = how});
  auto cells = net.population<neurons>(400);
  auto excitatory = cells(0, 320), inhibitory = cells(320, 400);
  cells[neurons::v] = test::read<double>("networks/vogels/v0.npy");
  net.connect<excitation>(excitatory, cells, pairs(read("e_pre.npy"), read("e_post.npy")));
  net.connect<inhibition>(inhibitory, inhibitory, pairs(read("ii_pre.npy"), read("ii_post.npy")));
  auto plastic = net.connect<plastic_inhibition>(inhibitory, excitatory,
                                                 pairs(read("ie_pre.npy"), read("ie_post.npy")));
  plastic[plastic_inhibition::w] = 1e-10;
  auto const spikes = net.record_spikes(cells);
  net.run(50 * ms);
  plastic[plastic_inhibition::eta] = 0.5;
  net.run(250 * ms);

  auto const step = read("spike_step.npy");
  auto const same = test::compare(spikes, step, read("spike_neuron.npy"));
  INFO("the first difference is in step " << same.steps);
  CHECK(same.spikes == step.size());
  CHECK(spikes.count() == step.size());
  CHECK(test::worst_relative(plastic[plastic_inhibition::w].get(),
                             test::read<double>("networks/vogels/w_end.npy"), 1e-3) < 1e-9);
}
