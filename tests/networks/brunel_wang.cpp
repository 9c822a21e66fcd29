// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Brunel and Wang (2001): gating variables of NMDA synapses add up and hold a stimulus in memory.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/reference.hpp"
#include "space.hpp"

using namespace nernst::dsl;

namespace {

constexpr std::uint32_t excitatory_size = 80, inhibitory_size = 20, selective = 16;
constexpr std::size_t periods = 5;

struct neurons {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto s_ext = state<"s_ext">(one);
  static constexpr auto s_ampa = state<"s_ampa">(one);
  static constexpr auto s_nmda = state<"s_nmda">(one);
  static constexpr auto s_gaba = state<"s_gaba">(one);
  static constexpr auto C = shared<"C">(farad);
  static constexpr auto g_m = shared<"g_m">(siemens);
  static constexpr auto g_ext = shared<"g_ext">(siemens);
  static constexpr auto g_ampa = shared<"g_ampa">(siemens);
  static constexpr auto g_nmda = shared<"g_nmda">(siemens);
  static constexpr auto g_gaba = shared<"g_gaba">(siemens);
  static constexpr auto period = shared<"period">(second);
  static constexpr auto V_L = -70 * mV, V_E = 0 * mV, V_I = -70 * mV;
  static constexpr auto magnesium = 1 + exp(-0.062 * v / mV) / 3.57;
  static constexpr auto I = g_ext * (v - V_E) * s_ext + g_ampa * (v - V_E) * s_ampa +
                            g_nmda * (v - V_E) / magnesium * s_nmda + g_gaba * (v - V_I) * s_gaba;
  static constexpr auto model = neuron(
      d(v) / dt = (-g_m * (v - V_L) - I) / C | unless_refractory, d(s_ext) / dt = -s_ext / (2 * ms),
      d(s_ampa) / dt = -s_ampa / (2 * ms), d(s_gaba) / dt = -s_gaba / (10 * ms),
      threshold(v > -50 * mV), reset(v = -55 * mV), refractory(period), method(euler));
};
struct stimulus {
  static constexpr auto rate = timed_array<"rate">(hertz);
  static constexpr auto model = neuron(threshold(uniform() < rate(t) * dt));
};

struct gating {
  static constexpr auto s = state<"s">(one);
  static constexpr auto x = state<"x">(one);
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model =
      synapse(d(s) / dt = -s / (100 * ms) + 0.5 / ms * x * (1 - s) | clock_driven,
              d(x) / dt = -x / (2 * ms) | clock_driven, summed(post(neurons::s_nmda) = w * s),
              on_pre(post(neurons::s_ampa) += w, x += 1), method(euler));
};
struct inhibition {
  static constexpr auto model = synapse(on_pre(post(neurons::s_gaba) += 1));
};
struct shown {
  static constexpr auto model = synapse(on_pre(post(neurons::s_ext) += 4));
};

std::vector<double> numbers(std::vector<std::uint32_t> const& counts) {
  return {counts.begin(), counts.end()};
}
/// What is compared, of several networks.
struct activity {
  test::samples selected, others, inhibitory, gating;
};

template <class Real>
void add_network(activity& all, std::uint64_t seed) {
  nernst::network<test::space, Real> net({.dt = 0.1 * ms, .seed = seed});
  auto e = net.template population<neurons>(excitatory_size),
       i_cells = net.template population<neurons>(inhibitory_size);
  auto input = net.template population<stimulus>(selective);
  auto const set = [](auto& cells, auto C, auto g_m, auto period) {
    cells[neurons::v] = neurons::V_L;
    cells[neurons::C] = C;
    cells[neurons::g_m] = g_m;
    cells[neurons::period] = period;
  };
  set(e, 0.5 * nF, 25 * nS, 2 * ms);
  set(i_cells, 0.2 * nF, 20 * nS, 1 * ms);
  auto const conduct = [](auto& cells, auto ext, auto ampa, auto nmda, auto gaba) {
    cells[neurons::g_ext] = ext;
    cells[neurons::g_ampa] = ampa;
    cells[neurons::g_nmda] = nmda;
    cells[neurons::g_gaba] = gaba;
  };
  conduct(e, 2.08 * nS, 1.04 * nS, 3.27 * nS, 12.5 * nS);
  conduct(i_cells, 1.62 * nS, 0.81 * nS, 2.58 * nS, 9.73 * nS);
  input[stimulus::rate] = timed_values({0 * Hz, 0 * Hz, 25 * Hz, 0 * Hz, 0 * Hz}, 100 * ms);

  auto const lag = 0.5 * ms;
  auto recurrent = net.template connect<gating>(e, e, all_to_all().without_autapses(), lag);
  recurrent[gating::w] = 1;
  recurrent[gating::w]["i < 16 and j < 16"] = 2.1;
  recurrent[gating::w]["i >= 16 and j < 16"] = 1 - 0.2 * (2.1 - 1) / (1 - 0.2);
  net.template connect<gating>(e, i_cells, all_to_all(), lag)[gating::w] = 1;
  net.template connect<inhibition>(i_cells, e, all_to_all(), lag);
  net.template connect<inhibition>(i_cells, i_cells, all_to_all().without_autapses(), lag);
  net.template connect<shown>(input, e(0, selective), all_to_all());
  net.poisson_input(e, neurons::s_ext, 800, 3 * Hz, 1);
  net.poisson_input(i_cells, neurons::s_ext, 800, 3 * Hz, 1);

  auto const of_i = net.record_spikes(i_cells);
  net.run(400 * ms);
  auto const of_selected = net.record_spikes(e(0, selective));
  auto const of_others = net.record_spikes(e(selective, excitatory_size));
  net.run(100 * ms);
  all.selected.push_back(numbers(of_selected.counts()));
  all.others.push_back(numbers(of_others.counts()));
  all.inhibitory.push_back(numbers(of_i.counts()));
  auto const gated = e[neurons::s_nmda].get();
  all.gating.emplace_back(gated.begin(), gated.end());
}

}  // namespace

TEMPLATE_TEST_CASE("a memory of spikes has Brian 2's rates and gating", "", double, float) {
  activity ours, theirs;
  for (std::uint64_t seed = 1; seed < 5; ++seed) add_network<TestType>(ours, seed);

  auto const counts = test::read<std::uint8_t>("networks/brunel_wang/exc_counts.npy");
  for (std::size_t k = periods - 1; k < counts.size(); k += periods) {
    std::size_t const neuron = k / periods % excitatory_size;
    auto& all = neuron < selective ? theirs.selected : theirs.others;
    if (neuron == 0 || neuron == selective) all.emplace_back();
    all.back().push_back(counts[k]);
  }
  theirs.inhibitory = test::networks_in(
      test::read_as<std::uint8_t>("networks/brunel_wang/inh_counts.npy"), inhibitory_size);
  theirs.gating =
      test::networks_in(test::read<double>("networks/brunel_wang/s_nmda.npy"), excitatory_size);
  CHECK(test::chance(ours.selected, theirs.selected) > 0.01);
  CHECK(test::chance(ours.others, theirs.others) > 0.01);
  CHECK(test::chance(ours.inhibitory, theirs.inhibitory) > 0.01);
  CHECK(test::chance(ours.gating, theirs.gating) > 0.01);
}
