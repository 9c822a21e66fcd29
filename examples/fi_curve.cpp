// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// The f-I curve of an integrate-and-fire neuron: one population, with another current for each of
// its neurons, alone and in noise.
#include <nernst/nernst.hpp>

#include <cstdio>
#include <fstream>

namespace fi_curve {
using namespace nernst::dsl;

struct neurons {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto I = parameter<"I">(ampere);
  static constexpr auto sigma = shared<"sigma">(volt);
  static constexpr auto tau = 10 * ms;
  static constexpr auto V_t = -50 * mV, V_r = -70 * mV, E_L = -70 * mV;
  static constexpr auto R = 100 * Mohm;
  static constexpr auto change = E_L - v + R * I + sigma * sqrt(2 * tau) * xi;

  static constexpr auto model = neuron(
      d(v) / dt = change / tau | unless_refractory,
      threshold(v > V_t),
      reset(v = V_r),
      refractory(5 * ms),
      method(euler));
};
}  // namespace fi_curve

int main(int argc, char** argv) {
  using namespace nernst::dsl;
  using fi_curve::neurons;
  nernst::runtime runtime(argc, argv);
  nernst::network net({.dt = 0.1 * ms, .seed = 1});

  auto alone = net.population<neurons>(101), in_noise = net.population<neurons>(101);
  alone[neurons::sigma] = 0 * mV;
  in_noise[neurons::sigma] = 5 * mV;
  for (auto const& cells : {alone, in_noise}) {
    cells[neurons::v] = neurons::E_L;
    cells[neurons::I] = 5 * pA * i;
  }

  auto of_alone = net.record_spikes(alone, nernst::keep::counts);
  auto of_noisy = net.record_spikes(in_noise, nernst::keep::counts);
  net.run(10 * second);

  std::vector<double> const current = alone[neurons::I].get();  // amperes
  std::vector<std::uint32_t> const spikes = of_alone.counts(), noisy = of_noisy.counts();
  std::ofstream file("fi_curve.csv");
  file << "I (A),alone (Hz),in_noise (Hz)\n";
  for (std::size_t k = 0; k < current.size(); ++k)
    file << current[k] << ',' << spikes[k] / net.time() << ',' << noisy[k] / net.time() << '\n';
  for (std::size_t const k : {20u, 40u, 60u, 100u})
    std::printf("%3.0f pA: %5.1f Hz alone, %5.1f Hz in noise\n", current[k] * 1e12,
                spikes[k] / net.time(), noisy[k] / net.time());
}
