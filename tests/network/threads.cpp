// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Simulates a network with something random in every part of it and writes what came out to a folder: threads FOLDER SEED.
// threads.cmake runs it with several numbers of threads and compares the files.
#include <nernst/network.hpp>

#include "cuba_model.hpp"
#include <string>

namespace {
using namespace nernst::dsl;

/// Neurons with a random threshold and a random reset, which has to wait for synapses, since they write v too.
struct others {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto tau = parameter<"tau">(second);
  static constexpr auto model = neuron(d(v) / dt = (20 * mV - v) / tau | unless_refractory, threshold(v > 15 * mV + 3 * mV * uniform()),
                                       reset(v = v - 15 * mV - 5 * mV * uniform()), refractory(tau / 5), method(euler));
};
/// Weights of their own, which wear off and recover at random.
struct plastic {
  static constexpr auto w = state<"w">(volt);
  static constexpr auto model = synapse(on_pre(post(others::v) += w, w = where(uniform() < 0.1, 0.5 * mV, w * 0.9)));
};
/// Reads in its source what it writes in its target.
struct coupling {
  static constexpr auto model = synapse(on_pre(post(others::v) = post(others::v) * 0.99 + 0.01 * pre(others::v)));
};
struct feedback {
  static constexpr auto w = parameter<"w">(volt);
  static constexpr auto model = synapse(on_pre(post(cuba::neurons::g_e) += w));
};
}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::string const folder = argv[1];
  nernst::runtime const runtime(argc, argv);
  nernst::network net({.dt = 0.1 * ms, .seed = std::stoull(argv[2])});

  auto cells = net.population<cuba::neurons>(1000);
  cells[cuba::neurons::v] = cuba::neurons::V_r + uniform() * (cuba::neurons::V_t - cuba::neurons::V_r);
  auto excitatory = cells(0, 800), inhibitory = cells(800, 1000);
  net.connect<cuba::excitation>(excitatory, cells, fixed_probability(0.08));
  net.connect<cuba::inhibition>(inhibitory, cells, fixed_probability(0.08));

  auto more = net.population<others>(333);
  more[others::tau] = 5 * ms + 10 * ms * uniform();
  more[others::v] = 10 * mV + 2 * mV * randn();
  more(0, 250)[others::v] = 19 * mV;  // fire at once
  net.connect<plastic>(excitatory, more, fixed_probability(0.05), 1.5 * ms).set(plastic::w, 0.5 * mV);
  net.connect<coupling>(more, more(0, 200), fixed_probability(0.1), 4 * ms);  // longer than any refractory period
  auto back = net.connect<feedback>(more, cells, fixed_probability(0.02), 2 * ms);
  std::vector<double> w;
  for (std::uint64_t k = 0; k < back.size(); ++k) w.push_back(1e-3 * static_cast<double>(k % 11));
  back.set(feedback::w, w);

  auto spikes = net.record_spikes(cells), more_spikes = net.record_spikes(more);
  auto traces = net.record(more, {"v"}, {0, 100, 332});
  net.run(30 * ms);
  net.run(70 * ms);
  spikes.save(folder + "/cells.npy");
  more_spikes.save(folder + "/others.npy");
  traces.save(folder + "/traces.npy");
  nernst::io::write_npy(folder + "/v.npy", cells[cuba::neurons::v].get(), {cells.size()});
  return spikes.count() > 100 && more_spikes.count() > 100 ? 0 : 1;
}
