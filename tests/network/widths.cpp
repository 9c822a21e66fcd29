// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Simulates a network with all elementary functions and noise, and prints its spikes and the states
// at the end, bit by bit. It is compiled for several processors; widths.cmake compares them.
#include <nernst/network.hpp>

#include "cobahh_model.hpp"
#include <cstdio>

namespace {
using namespace nernst::dsl;

/// What drives the others: a noisy neuron that adapts.
struct noisy {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto a = state<"a">(one);
  static constexpr auto up = exp((v + 50 * mV) / (2 * mV));
  static constexpr auto wave = sin(t / (7 * ms)) + cos(a);
  static constexpr auto model = neuron(
      d(v) / dt = (-65 * mV - v + 2 * mV * log(1 + up) + (9 + 4 * wave - a) * mV) / (10 * ms) +
                  4 * mV * xi / pow<1, 2>(10 * ms),
      d(a) / dt = (tanh((v + 60 * mV) / (5 * mV)) - a) / (50 * ms) - pow(abs(a), 1.7) / (80 * ms),
      threshold(v > -50 * mV), reset(v = -65 * mV, a *= 0.5), method(euler));
};
struct drive {
  static constexpr auto w = parameter<"w">(siemens);
  static constexpr auto model = synapse(on_pre(post(cobahh::neurons::g_e) += w));
};

void print(nernst::spike_record const& spikes) {
  std::printf("%zu spikes\n", spikes.count());
  for (std::size_t k = 0; k < spikes.count(); ++k)
    std::printf("%llu %d\n", static_cast<unsigned long long>(spikes.steps()[k]),
                spikes.neurons()[k]);
}
}  // namespace

int main(int argc, char** argv) {
  nernst::runtime const runtime(argc, argv);
  nernst::network net({.dt = 0.1 * ms, .seed = 1});
  auto const cells = net.population<cobahh::neurons>(403);
  auto const others = net.population<noisy>(101);
  cells[cobahh::neurons::v] = -65 * mV + 5 * mV * randn();
  cells[cobahh::neurons::g_e] = (4 + 1.5 * randn()) * 10 * nS;
  cells[cobahh::neurons::g_i] = (20 + 12 * randn()) * 10 * nS;
  others[noisy::v] = -65 * mV;
  net.connect<cobahh::excitation>(cells(0, 320), cells, fixed_probability(0.1), 1 * ms);
  net.connect<cobahh::inhibition>(cells(320, 403), cells, fixed_probability(0.1), 0.7 * ms);
  net.connect<drive>(others, cells, fixed_in_degree(9))[drive::w] = 20 * nS * uniform();
  net.poisson_input(cells, cobahh::neurons::g_e, 100, 8 * Hz, 5 * nS);
  auto const spikes = net.record_spikes(cells), other_spikes = net.record_spikes(others);
  net.run(500 * ms);
  print(spikes);
  print(other_spikes);
  for (double const v : cells[cobahh::neurons::v].get()) std::printf("%a\n", v);
  for (double const a : others[noisy::a].get()) std::printf("%a\n", a);
  return spikes.count() > 1000 && other_spikes.count() > 100 ? 0 : 1;
}
