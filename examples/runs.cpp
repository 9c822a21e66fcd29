// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Runs that are stored and restored, stopped, and changed. Its output is in docs/runs.md.
#include <nernst/nernst.hpp>

#include <cstdio>
#include <stdexcept>

namespace {
using namespace nernst::dsl;

struct cell {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto tau = shared<"tau">(second);
  static constexpr auto model =
      neuron(d(v) / dt = (16 * mV - v) / tau + 4 * mV * xi / pow<1, 2>(10 * ms),
             threshold(v > 15 * mV), reset(v = 0 * mV), method(euler));
};
struct excitation {
  static constexpr auto model = synapse(on_pre(post(cell::v) += 0.5 * mV));
};

}  // namespace

int main(int argc, char** argv) {
  nernst::runtime const runtime(argc, argv);
  nernst::network net({.dt = 0.1 * ms, .seed = 1});
  auto cells = net.population<cell>(100, "cells");
  auto synapses = net.connect<excitation>(cells, cells, fixed_probability(0.1), 2 * ms, "synapses");
  auto spikes = net.record_spikes(cells);

  try {
    net.run(100 * ms);
  } catch (std::invalid_argument const& e) {
    std::printf("%s\n", e.what());
  }
  cells[cell::tau] = 10 * ms;

  std::printf("\ntrials\n");
  net.run(100 * ms);
  nernst::snapshot const start = net.store();
  for (std::uint64_t trial = 1; trial <= 3; ++trial) {
    net.restore(start);
    net.set_seed(trial);
    net.run(50 * ms);
    std::printf("%llu: %zu spikes\n", static_cast<unsigned long long>(trial), spikes.count());
  }

  net.restore(start);
  net.store("runs.nernst");
  net.run(50 * ms);
  std::size_t const expected = spikes.count();
  net.restore("runs.nernst");
  net.run(50 * ms);
  std::printf("from the file: %s\n", spikes.count() == expected ? "the same" : "others");
  std::remove("runs.nernst");

  std::printf("\nactive\n");
  net.restore(start);
  synapses.active(false);
  net.run(50 * ms);
  std::printf("without synapses: %zu spikes\n", spikes.count());
  cells.active(false);
  net.run(50 * ms);
  std::printf("without neurons: %zu spikes\n", spikes.count());
  synapses.active(true);
  cells.active(true);

  std::printf("\nstopped\n");
  net.every(1 * ms, [&] {
    if (spikes.count() >= 1000) net.stop();
  });
  net.run(1 * second);
  std::printf("%zu spikes at %g ms\n", spikes.count(), net.time() * 1000);
  if (net.interrupted()) return 1;

  std::printf("\nstructure\n");
  auto more = net.grow(cells, 50);
  net.connect<excitation>(cells, more, fixed_probability(0.1), 2 * ms, "onto more");
  std::printf("%zu synapses\n", synapses.size());
  net.connect_more(synapses, fixed_probability(0.05));
  std::printf("%zu with more\n", synapses.size());
  net.remove(synapses, "i == j");
  std::printf("%zu without those of a neuron onto itself\n", synapses.size());
}
