// The cortical microcircuit of Potjans and Diesmann (2014): 77,169 integrate-and-fire neurons in four layers, 3e8 synapses.
#include <nernst/nernst.hpp>

#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

namespace pd14 {
using namespace nernst::dsl;

struct neurons {
  static constexpr auto v   = state<"v">(volt);
  static constexpr auto I   = state<"I">(ampere);
  static constexpr auto I_e = parameter<"I_e">(ampere);
  static constexpr auto tau_m = 10 * ms, tau_syn = 0.5 * ms;
  static constexpr auto C = 250 * pF;
  static constexpr auto E_L = -65 * mV, theta = -50 * mV;
  static constexpr auto model = neuron(
      d(v) / dt = (E_L - v) / tau_m + (I + I_e) / C | unless_refractory,
      d(I) / dt = -I / tau_syn,
      threshold(v >= theta),
      reset(v = E_L),
      refractory(2 * ms));
};

struct coupling {
  static constexpr auto w = parameter<"w">(ampere);
  static constexpr auto model = synapse(on_pre(post(neurons::I) += w));
};

constexpr std::size_t kinds = 8;  // excitatory and inhibitory, layer after layer
using each_kind = std::array<double, kinds>;

constexpr std::array<std::string_view, kinds> names{"2/3E", "2/3I", "4E", "4I", "5E", "5I", "6E", "6I"};
constexpr each_kind neurons_of{20683, 5834, 21915, 5479, 4850, 1065, 14395, 2948};
/// The probability that two neurons are connected: a row for each kind of target.
constexpr std::array<each_kind, kinds> probability{{
    {0.1009, 0.1689, 0.0437, 0.0818, 0.0323, 0.0000, 0.0076, 0.0000},
    {0.1346, 0.1371, 0.0316, 0.0515, 0.0755, 0.0000, 0.0042, 0.0000},
    {0.0077, 0.0059, 0.0497, 0.1350, 0.0067, 0.0003, 0.0453, 0.0000},
    {0.0691, 0.0029, 0.0794, 0.1597, 0.0033, 0.0000, 0.1057, 0.0000},
    {0.1004, 0.0622, 0.0505, 0.0057, 0.0831, 0.3726, 0.0204, 0.0000},
    {0.0548, 0.0269, 0.0257, 0.0022, 0.0600, 0.3158, 0.0086, 0.0000},
    {0.0156, 0.0066, 0.0211, 0.0166, 0.0572, 0.0197, 0.0396, 0.2252},
    {0.0364, 0.0010, 0.0034, 0.0005, 0.0277, 0.0080, 0.0658, 0.1443},
}};
/// Inputs from elsewhere for each neuron, of 8 Hz each.
constexpr each_kind K_external{1600, 1500, 2100, 1900, 2000, 1900, 2900, 2100};
/// Mean and spread of the potentials at the start, in mV, near those of a running network.
constexpr each_kind v_mean{-68.28, -63.16, -63.33, -63.45, -63.11, -61.66, -66.72, -61.43};
constexpr each_kind v_spread{5.36, 4.57, 4.74, 4.94, 4.94, 4.55, 5.46, 4.48};
/// The rates of the network at full scale, in Hz, which a smaller one is made to have.
constexpr each_kind rate{0.903, 2.965, 4.414, 5.876, 7.569, 8.633, 1.105, 7.829};

constexpr bool is_excitatory(std::size_t kind) { return kind % 2 == 0; }

/// The number of synapses between two kinds at full scale: pairs are drawn until that fraction of all has at least one.
double synapses(std::size_t target, std::size_t source) {
  return std::log1p(-probability[target][source]) / std::log1p(-1 / (neurons_of[target] * neurons_of[source]));
}
}  // namespace pd14

int main(int argc, char** argv) {
  using namespace pd14;
  nernst::runtime runtime(argc, argv);
  // pd14 [scale [seconds [dc]]]: neurons and synapses for each are a fraction of the original
  double const scale = argc > 1 ? std::atof(argv[1]) : 0.1;
  auto const duration = (argc > 2 ? std::atof(argv[2]) : 1.0) * second;
  bool const dc = argc > 3;

  nernst::network net({.dt = 0.1 * ms, .seed = 1});
  std::array<std::int64_t, kinds + 1> first{};
  for (std::size_t k = 0; k < kinds; ++k) first[k + 1] = first[k] + std::llround(scale * neurons_of[k]);
  auto cells = net.population<neurons>(static_cast<std::uint32_t>(first[kinds]), "cells");
  auto const of_kind = [&](std::size_t k) { return cells(first[k], first[k + 1]); };

  // A current of 87.8 pA makes a potential of 0.15 mV. Fewer synapses are stronger, which keeps the variance; a current replaces the mean that is lost.
  auto const w = 87.8 * pA;
  auto const strength = [](std::size_t target, std::size_t source) {
    double const doubled = target == 0 && source == 2 ? 2 : 1;
    return is_excitatory(source) ? doubled : -4.0;
  };
  for (std::size_t target = 0; target < kinds; ++target) {
    auto const some = of_kind(target);
    double recurrent = 0, external = 8 * K_external[target];
    for (std::size_t source = 0; source < kinds; ++source)
      recurrent += strength(target, source) * synapses(target, source) / neurons_of[target] * rate[source];
    double const lost = (1 - std::sqrt(scale)) * (recurrent + (dc ? 0 : external)) + (dc ? external : 0);
    some[neurons::I_e] = lost * Hz * neurons::tau_syn * w;
    some[neurons::v] = (v_mean[target] + v_spread[target] * randn()) * mV;
    if (!dc) net.poisson_input(some, neurons::I, static_cast<std::uint64_t>(std::llround(scale * K_external[target])), 8 * Hz, w / std::sqrt(scale));
  }
  for (std::size_t target = 0; target < kinds; ++target)
    for (std::size_t source = 0; source < kinds; ++source) {
      auto const number = std::llround(synapses(target, source) * scale * scale);
      if (number == 0) continue;
      auto made = net.connect<coupling>(of_kind(source), of_kind(target), fixed_total_number(number));
      made[coupling::w] = strength(target, source) / std::sqrt(scale) * w * max(0, 1 + 0.1 * randn());
      auto const mean = is_excitatory(source) ? 1.5 * ms : 0.75 * ms;
      made[delay] = max(0.1 * ms, mean * (1 + 0.5 * randn()));
    }
  net.run(0.5 * second, nernst::report::progress);
  auto spikes = net.record_spikes(cells);
  net.run(duration, nernst::report::progress);
  std::printf("%g Hz\n", spikes.mean_rate());
}
