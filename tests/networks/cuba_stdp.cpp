// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// The CUBA network with plastic synapses between its excitatory neurons and all.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/cuba_model.hpp"
#include "network/reference.hpp"

using namespace nernst::dsl;

namespace {

using cuba::neurons;

struct plastic {
  static constexpr auto w_max = 3.24 * mV, up = 0.02 * w_max, down = -0.021 * w_max;
  static constexpr auto tau = 20 * ms;
  static constexpr auto w = state<"w">(volt);
  static constexpr auto a = state<"a">(volt);
  static constexpr auto b = state<"b">(volt);
  static constexpr auto model =
      synapse(d(a) / dt = -a / tau | event_driven, d(b) / dt = -b / tau | event_driven,
              on_pre(post(neurons::g_e) += w, a += up, w = clip(w + b, 0 * mV, w_max)),
              on_post(b += down, w = clip(w + a, 0 * mV, w_max)));
};

}  // namespace

TEST_CASE("CUBA with plastic synapses agrees with Brian 2 spike for spike", "[double]") {
  using test::read;
  auto const how = GENERATE(nernst::exactness::same_as_brian, nernst::exactness::fast);
  nernst::network net({.dt = 0.1 * ms, .exactness = how});
  auto cells = net.population<neurons>(400);
  cells[neurons::v] = read<double>("networks/cuba_stdp/v0.npy");
  auto excitation =
      net.connect<plastic>(cells(0, 320), cells,
                           pairs(read<std::uint16_t>("networks/cuba_stdp/exc_pre.npy"),
                                 read<std::uint16_t>("networks/cuba_stdp/exc_post.npy")));
  net.connect<cuba::inhibition>(cells(320, 400), cells,
                                pairs(read<std::uint16_t>("networks/cuba_stdp/inh_pre.npy"),
                                      read<std::uint16_t>("networks/cuba_stdp/inh_post.npy")));
  excitation[plastic::w] = 1.62 * mV;
  auto const spikes = net.record_spikes(cells);
  net.run(500 * ms);

  auto const step = read<std::uint16_t>("networks/cuba_stdp/spike_step.npy");
  auto const same =
      test::compare(spikes, step, read<std::uint16_t>("networks/cuba_stdp/spike_neuron.npy"));
  INFO("the first difference is in step " << same.steps);
  CHECK(same.spikes == step.size());
  CHECK(spikes.count() == step.size());
  // Stored in single precision.
  CHECK(test::worst_relative(excitation[plastic::w].get(),
                             test::read_as<float>("networks/cuba_stdp/w_end.npy"), 1e-6) < 1e-7);
}
