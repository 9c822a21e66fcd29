// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Clopath et al. (2010): plasticity by potentials of the target, pairings at three rates.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/reference.hpp"

using namespace nernst::dsl;

namespace {

struct neurons {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto v1 = state<"v1">(volt);
  static constexpr auto v2 = state<"v2">(volt);
  static constexpr auto g_ampa = state<"g_ampa">(siemens);
  static constexpr auto x_trace = state<"x_trace">(one);
  static constexpr auto I_ext = parameter<"I_ext">(ampere);
  static constexpr auto I_syn = subexpression<"I_syn">(g_ampa * (0 * mV - v));
  static constexpr auto V_rest = -70 * mV, V_thresh = -50 * mV;
  static constexpr auto model =
      neuron(I_syn, d(v) / dt = (30 * nS * (V_rest - v) + I_ext + I_syn) / (300 * pF),
             d(v1) / dt = (v - v1) / (40 * ms), d(v2) / dt = (v - v2) / (30 * ms),
             d(g_ampa) / dt = -g_ampa / (2 * ms), d(x_trace) / dt = -x_trace / (15 * ms),
             threshold(v > V_thresh), reset(v = V_rest, x_trace += 1.0 / 15), method(euler));
};
struct plastic {
  static constexpr auto w = state<"w">(one);
  static constexpr auto low = post(neurons::v1) / mV + 70, high = post(neurons::v2) / mV + 70;
  static constexpr auto less = 1.5e-4 * where(low > 0, low, 0);
  static constexpr auto more = 1.5e-2 * pre(neurons::x_trace) * where(high > 0, high, 0);
  static constexpr auto model =
      synapse(on_pre(post(neurons::g_ampa) += w * (0.5 * nS), w = clip(w - less, 0, 1)),
              on_post(post(neurons::v1) += 10 * mV, post(neurons::v2) += 10 * mV,
                      w = clip(w + more, 0, 1)));
};

}  // namespace

TEST_CASE("plasticity by potentials agrees with Brian 2", "[double]") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<neurons>(2);
  auto synapses = net.connect<plastic>(cells, cells, pairs({0, 1}, {1, 0}));
  auto const spikes = net.record_spikes(cells);
  std::vector<double> weights, ends;
  for (double const rate : {10, 20, 50}) {
    for (char const* v : {"v", "v1", "v2"}) cells[v] = neurons::V_rest;
    cells[neurons::x_trace] = 0;
    synapses[plastic::w] = 0.5;
    for (int k = 0; k < 5; ++k) {
      cells(0, 1)[neurons::v] = neurons::V_thresh + 1 * mV;
      net.run(10 * ms);
      cells(1, 2)[neurons::v] = neurons::V_thresh + 1 * mV;
      net.run(1 / (rate * Hz) - 10 * ms);
    }
    for (double const w : synapses[plastic::w].get()) weights.push_back(w);
    for (char const* name : {"v", "v1", "v2", "x_trace"})
      for (double const x : cells[name].get()) ends.push_back(x);
  }

  auto const step = test::read<std::uint16_t>("networks/clopath/spike_step.npy");
  CHECK(test::compare(spikes, step, test::read<std::uint16_t>("networks/clopath/spike_neuron.npy"))
            .spikes == step.size());
  CHECK(test::worst_relative(weights, test::read<double>("networks/clopath/weights.npy")) < 1e-11);
  CHECK(test::worst_relative(ends, test::read<double>("networks/clopath/ends.npy")) < 1e-11);
}
