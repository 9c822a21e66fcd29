// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Spikes and a report in SONATA files, and spikes back from one: docs/io.md.
#include <nernst/io/sonata.hpp>
#include <nernst/nernst.hpp>

#include <cstdio>

namespace lif {
using namespace nernst::dsl;

struct cell {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto I = parameter<"I">(volt);
  static constexpr auto model =
      neuron(d(v) / dt = (I - v) / (10 * ms), threshold(v > 15 * mV), reset(v = 0 * mV));
};
}  // namespace lif

int main(int argc, char** argv) {
  using namespace nernst::dsl;
  nernst::runtime runtime(argc, argv);
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<lif::cell>(10, "cells");
  cells[lif::cell::I] = (16 + 0.5 * i) * mV;

  namespace sonata = nernst::io::sonata;
  auto spikes = net.record_spikes(cells);
  auto trace = net.record(cells, {"v"}, {7, 2}, {slot::start, 0}, 0.5 * ms);
  net.run(100 * ms);
  sonata::write_spikes("sonata_spikes.h5", {sonata::spikes_of(spikes, "cells")});
  sonata::write_report("sonata_report.h5", {sonata::report_of(trace, "v", "cells")});
  spikes.save("sonata_spikes.npy");
  trace.save("sonata_trace.npz");

  sonata::spikes const read = sonata::read_spikes("sonata_spikes.h5");
  std::printf("%zu spikes of %s, the first at %.1f ms\n", read.times.size(),
              read.population.c_str(), read.times.front() * 1e3);
}
