// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Brian's example of nonlinear synapses: equations in synapses, whose conductances add up.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/reference.hpp"

using namespace nernst::dsl;

namespace {

struct input {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model =
      neuron(d(v) / dt = 1 / (10 * ms), threshold(v > 1), reset(v = 0), method(euler));
};
struct target {
  static constexpr auto v = state<"v">(one);
  static constexpr auto g = state<"g">(one);
  static constexpr auto model = neuron(d(v) / dt = (g - v) / (10 * ms), method(exact, v));
};
struct gating {
  static constexpr auto g_syn = state<"g_syn">(one);
  static constexpr auto x = state<"x">(one);
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto a = 1 / (10 * ms);
  static constexpr auto model =
      synapse(d(g_syn) / dt = -a * g_syn + a * x * (1 - g_syn) | clock_driven,
              d(x) / dt = -a * x | clock_driven, summed(post(target::g) = g_syn), on_pre(x += w),
              method(euler));
};

}  // namespace

TEST_CASE("synapses with equations agree with Brian 2", "[double]") {
  nernst::network net({.dt = 0.1 * ms});
  auto from = net.population<input>(2);
  auto to = net.population<target>(1);
  from[input::v] = std::vector<double>{0, 0.5};
  auto synapses = net.connect<gating>(from, to, all_to_all());
  synapses[gating::w] = std::vector<double>{1, 10};
  auto const spikes = net.record_spikes(from);
  auto const of_synapses = net.record(synapses, {"g_syn", "x"});
  auto const of_target = net.record(to, {"g", "v"});
  net.run(200 * ms);

  auto const step = test::read<std::uint16_t>("networks/nmda/spike_step.npy");
  CHECK(test::compare(spikes, step, test::read<std::uint16_t>("networks/nmda/spike_neuron.npy"))
            .spikes == step.size());
  auto const agree = [](std::vector<double> const& ours, char const* theirs) {
    CHECK(test::worst_relative(ours, test::read<double>("networks/nmda/" + std::string(theirs)),
                               1e-6) < 1e-10);
  };
  agree(test::rows(of_synapses, 2, 2000, 0), "g_syn.npy");
  agree(test::rows(of_synapses, 2, 2000, 1), "x.npy");
  agree(test::rows(of_target, 1, 2000, 0), "g.npy");
  agree(test::rows(of_target, 1, 2000, 1), "v.npy");
}
