// The cortical microcircuit of Potjans and Diesmann (2014): 77,169 integrate-and-fire neurons in four layers, 3e8 synapses, each with its own
// weight and delay. Smaller on demand: pd14 [scale [seconds [dc]]].
#include <nernst/nernst.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace pd14 {
using namespace nernst::dsl;

struct neurons {
  static constexpr auto v   = state<"v">(volt);
  static constexpr auto I   = state<"I">(ampere);
  static constexpr auto I_e = parameter<"I_e">(ampere) | constant;
  static constexpr auto kind       = parameter<"kind">(integer) | constant;
  static constexpr auto strength   = parameter<"strength">(ampere) | constant;
  static constexpr auto mean_delay = parameter<"mean_delay">(second) | constant;
  static constexpr auto tau_m = 10 * ms, tau_syn = 0.5 * ms;
  static constexpr auto C = 250 * pF;
  static constexpr auto E_L = -65 * mV, theta = -50 * mV;
  static constexpr auto model = neuron(
      kind, strength, mean_delay,
      d(v) / dt = ((E_L - v) / tau_m + (I + I_e) / C) | unless_refractory,
      d(I) / dt = -I / tau_syn,
      threshold(v >= theta),
      reset(v = E_L),
      refractory(2 * ms));
};

struct coupling {
  static constexpr auto w = parameter<"w">(ampere);
  static constexpr auto model = synapse(on_pre(post(neurons::I) += w));
};

/// The kinds of neurons: excitatory and inhibitory ones, layer after layer.
inline constexpr std::size_t kinds = 8;
using of_kinds = std::array<double, kinds>;
inline constexpr char const* names[kinds] = {"2/3E", "2/3I", "4E", "4I", "5E", "5I", "6E", "6I"};
constexpr bool is_excitatory(std::size_t kind) { return kind % 2 == 0; }

inline constexpr of_kinds full_size{20683, 5834, 21915, 5479, 4850, 1065, 14395, 2948};
/// The probability that two neurons are connected: by target, then by source.
inline constexpr of_kinds probability[kinds] = {
    {0.1009, 0.1689, 0.0437, 0.0818, 0.0323, 0.0000, 0.0076, 0.0000},
    {0.1346, 0.1371, 0.0316, 0.0515, 0.0755, 0.0000, 0.0042, 0.0000},
    {0.0077, 0.0059, 0.0497, 0.1350, 0.0067, 0.0003, 0.0453, 0.0000},
    {0.0691, 0.0029, 0.0794, 0.1597, 0.0033, 0.0000, 0.1057, 0.0000},
    {0.1004, 0.0622, 0.0505, 0.0057, 0.0831, 0.3726, 0.0204, 0.0000},
    {0.0548, 0.0269, 0.0257, 0.0022, 0.0600, 0.3158, 0.0086, 0.0000},
    {0.0156, 0.0066, 0.0211, 0.0166, 0.0572, 0.0197, 0.0396, 0.2252},
    {0.0364, 0.0010, 0.0034, 0.0005, 0.0277, 0.0080, 0.0658, 0.1443},
};
/// How many synapses from elsewhere a neuron has, which spike at 8 Hz each.
inline constexpr of_kinds external{1600, 1500, 2100, 1900, 2000, 1900, 2900, 2100};
/// Potentials at the start, in mV: mean, and standard deviation.
inline constexpr of_kinds v_mean{-68.28, -63.16, -63.33, -63.45, -63.11, -61.66, -66.72, -61.43};
inline constexpr of_kinds v_deviation{5.36, 4.57, 4.74, 4.94, 4.94, 4.55, 5.46, 4.48};
/// Rates of the full network, in Hz.
inline constexpr of_kinds full_rate{0.903, 2.965, 4.414, 5.876, 7.569, 8.633, 1.105, 7.829};

/// A synapse of weight 1: a current of 87.8 pA, which lets a potential rise by 0.15 mV.
inline constexpr auto J = 87.8 * pA;
inline double weight(std::size_t source) {
  return is_excitatory(source) ? 1 : -4;
}
/// Those from layer 4 to layer 2/3 have twice that weight.
template <class Target, class Source>
constexpr auto is_doubled(Target const& target, Source const& source) {
  return target == 0 && source == 2;
}
/// The number of synapses between two kinds in the full network: as many pairs are drawn as connect that part of all pairs.
inline double synapses(std::size_t target, std::size_t source) {
  return std::log1p(-probability[target][source]) / std::log1p(-1 / (full_size[target] * full_size[source]));
}
/// The synaptic current that a neuron of the full network gets on average, in J Hz tau_syn.
inline double recurrent_input(std::size_t target) {
  double sum = 0;
  for (std::size_t source = 0; source < kinds; ++source)
    sum += (is_doubled(target, source) ? 2 : 1) * weight(source) * synapses(target, source) / full_size[target] * full_rate[source];
  return sum;
}

enum class drive { poisson, dc };

/// The neurons of a network that has so many of the neurons, and each of these so many of the synapses: kind k is `of(k)`. Fewer synapses are
/// stronger, so that the variance of their current stays, and a constant one replaces what its mean loses (van Albada, Helias and Diesmann, 2015).
template <class Network>
class microcircuit {
 public:
  microcircuit(Network& net, double scale, drive by) : cells_(net.template population<neurons>(first(kinds, scale), "cells")), scale_(scale) {
    for (std::size_t k = 0; k < kinds; ++k) {
      auto const cells = of(k);
      cells[neurons::kind] = static_cast<int>(k);
      cells[neurons::strength] = weight(k) / std::sqrt(scale) * J;
      cells[neurons::mean_delay] = is_excitatory(k) ? 1.5 * ms : 0.75 * ms;
      cells[neurons::v] = (v_mean[k] + v_deviation[k] * randn()) * mV;
      double const missing = 1 - std::sqrt(scale), from_outside = external[k] * 8;
      double const constant = missing * recurrent_input(k) + (by == drive::dc ? 1 : missing) * from_outside;
      cells[neurons::I_e] = constant * Hz * neurons::tau_syn * J;
      if (by == drive::poisson)
        net.poisson_input(cells, neurons::I, static_cast<std::uint64_t>(std::llround(scale * external[k])), 8 * Hz, J / std::sqrt(scale));
    }
    connect(net);
  }

  auto of(std::size_t kind) const { return cells_(first(kind, scale_), first(kind + 1, scale_)); }
  auto const& cells() const { return cells_; }
  /// How many synapses there are.
  std::size_t synapses() const { return synapses_; }

 private:
  static std::uint32_t first(std::size_t kind, double scale) {
    std::uint32_t sum = 0;
    for (std::size_t k = 0; k < kind; ++k) sum += static_cast<std::uint32_t>(std::lround(scale * full_size[k]));
    return sum;
  }
  /// In one projection: a spike finds all of its synapses in one row.
  void connect(Network& net) {
    auto rule = blocks();
    for (std::size_t target = 0; target < kinds; ++target)
      for (std::size_t source = 0; source < kinds; ++source)
        rule.between(of(source), of(target), fixed_total_number(std::llround(scale_ * scale_ * pd14::synapses(target, source))));
    auto const made = net.template connect<coupling>(cells_, cells_, rule);
    synapses_ = made.size();
    auto const times = where(is_doubled(post(neurons::kind), pre(neurons::kind)), 2, 1);
    made[coupling::w] = pre(neurons::strength) * times * max(0, 1 + 0.1 * randn());
    // What is less than a step is drawn again.
    auto const mean = pre(neurons::mean_delay);
    auto const once = mean * (1 + 0.5 * randn<"once">()), again = mean * (1 + 0.5 * randn());
    made[delay] = where(once >= 0.05 * ms, once, max(again, 0.1 * ms));
  }

  decltype(std::declval<Network&>().template population<neurons>(0)) cells_;
  double scale_;
  std::size_t synapses_ = 0;
};

/// The standard deviation of the intervals between the spikes of a neuron by their mean, on average over the neurons that have ten intervals; NaN
/// where none has.
inline double irregularity(nernst::spike_record const& spikes) {
  std::vector<std::vector<double>> trains(spikes.counts().size());
  for (std::size_t k = 0; k < spikes.count(); ++k)
    trains[static_cast<std::size_t>(spikes.neurons()[k])].push_back(static_cast<double>(spikes.steps()[k]));
  double sum = 0, chosen = 0;
  for (auto const& train : trains) {
    if (train.size() < 11) continue;
    double const intervals = static_cast<double>(train.size() - 1), mean = (train.back() - train.front()) / intervals;
    double square = 0;
    for (std::size_t k = 1; k < train.size(); ++k) square += std::pow(train[k] - train[k - 1] - mean, 2);
    sum += std::sqrt(square / intervals) / mean;
    ++chosen;
  }
  return sum / chosen;
}

/// The variance by the mean of how many spikes some neurons fire in 3 ms: 1 where they fire independently of each other.
inline double synchrony(nernst::spike_record const& spikes) {
  auto const rates = spikes.rates(3 * ms);
  double mean = 0, square = 0;
  for (double const r : rates) mean += r / static_cast<double>(rates.size());
  for (double const r : rates) square += std::pow(r - mean, 2) / static_cast<double>(rates.size());
  return square / mean * static_cast<double>(spikes.counts().size()) * 3e-3;
}
inline std::string with_digits(double x) {
  char text[16] = "-";
  if (std::isfinite(x)) std::snprintf(text, sizeof text, "%.3f", x);
  return text;
}
}  // namespace pd14

int main(int argc, char** argv) {
  using namespace pd14;
  nernst::runtime runtime(argc, argv);
  double const scale = argc > 1 ? std::atof(argv[1]) : 0.1;
  auto const duration = (argc > 2 ? std::atof(argv[2]) : 1.0) * second;
  nernst::network net({.dt = 0.1 * ms, .seed = 1, .exactness = nernst::exactness::fast});
  microcircuit const circuit(net, scale, argc > 3 ? drive::dc : drive::poisson);
  net.run(0.5 * second, nernst::report::progress);

  std::vector<nernst::spike_record> spikes, of_thousand;
  for (std::size_t k = 0; k < kinds; ++k) {
    spikes.push_back(net.record_spikes(circuit.of(k)));
    of_thousand.push_back(net.record_spikes(circuit.of(k)(0, std::min(1000U, circuit.of(k).size()))));
  }
  net.run(duration, nernst::report::progress);
  std::printf("      rate  (full)  irregularity  synchrony\n");
  for (std::size_t k = 0; k < kinds; ++k)
    std::printf("%-4s %5.2f  %5.2f    %5s         %4.2f\n", names[k], spikes[k].mean_rate(), full_rate[k], with_digits(irregularity(spikes[k])).c_str(),
                synchrony(of_thousand[k]));
  return 0;
}
