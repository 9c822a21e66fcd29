// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What is recorded of a network, how it is read, and the files it goes to: docs/record.md,
// docs/io.md.
#include <nernst/nernst.hpp>

#include <cstdio>

namespace recorded {
using namespace nernst::dsl;

/// Leaks, fires above 15 mV and tires: each spike raises w, and tells when v passes 10 mV.
struct cell {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto w = state<"w">(volt);
  static constexpr auto I = parameter<"I">(volt);
  static constexpr auto drive = subexpression<"drive">(I - w);
  static constexpr auto model =
      neuron(drive, d(v) / dt = (drive - v) / (10 * ms), d(w) / dt = -w / (100 * ms),
             threshold(v > 15 * mV), reset(v = 0 * mV, w += 1 * mV), event<"high">(v > 10 * mV));
};
struct push {
  static constexpr auto model = synapse(on_pre(post(cell::v) += 0.05 * mV));
};
}  // namespace recorded

int main(int argc, char** argv) {
  using namespace nernst::dsl;
  using recorded::cell, recorded::push;
  nernst::runtime runtime(argc, argv);
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<cell>(100, "cells");
  cells[cell::I] = (16 + 0.1 * i) * mV;
  net.connect<push>(cells, cells, all_to_all(), 1.5 * ms);

  auto spikes = net.record_spikes(cells, {"w"});
  auto after = net.record_spikes(cells(90, 100), {"w"}, {slot::after_resets, 0});
  auto counts = net.record_spikes(cells, nernst::keep::counts);
  auto high = net.record_events(cells(0, 10), "high");
  auto rate = net.record_rate(cells);
  auto trace = net.record(cells, {"v", "drive"}, {99, 0});
  auto slow = net.record(cells(0, 50), {"w"}, {}, {slot::end, 0}, 2 * ms);

  auto streamed = net.record_spikes(cells);
  streamed.stream_to("record_streamed.npy");
  net.run(300 * ms);

  std::printf("%zu spikes, %.1f Hz, neuron 99 fired %u times\n", spikes.count(), spikes.mean_rate(),
              counts.counts()[99]);
  std::vector<double> const train = spikes.train(99);
  std::printf("its first spikes at %.1f, %.1f and %.1f ms", train[0] * 1e3, train[1] * 1e3,
              train[2] * 1e3);
  std::vector<double> const before = spikes.values("w", 99), behind = after.values(cell::w, 9);
  std::printf(", with w from %.2f to %.2f mV in the third\n", before[2] * 1e3, behind[2] * 1e3);
  std::printf("%zu events of the first ten neurons\n", high.count());

  nernst::rate_curve const pieces = rate.binned(100 * ms);
  for (std::size_t k = 0; k < pieces.size(); ++k)
    std::printf("from %3.0f ms: %.1f Hz\n", pieces.times()[k] * 1e3, pieces[k]);
  nernst::rate_curve const smooth = rate.smoothed(2 * ms);
  nernst::rate_curve const flat = rate.smoothed(5 * ms, nernst::window::flat);
  std::printf("rate at 20 ms: %.0f Hz, smoothed %.0f Hz, in a flat window %.0f Hz\n",
              rate.rates()[200], smooth[200], flat[200]);

  std::vector<double> const v = trace.trace(cell::v, 99);
  std::printf("v of neuron 99 at %.1f ms is %.2f mV\n", trace.times()[50] * 1e3, v[50] * 1e3);
  std::printf("drive of neuron 0 ends at %.2f mV\n", trace.trace("drive", 0).back() * 1e3);
  std::printf("%zu rows of w, one every %.0f ms\n", slow.steps(), slow.time(1) * 1e3);
  net.record_now(slow);
  std::printf("w of neuron 7 at the end is %.2f mV\n", slow.trace("w", 7).back() * 1e3);

  spikes.save("record_spikes.npz");
  counts.save("record_counts.csv");
  smooth.save("record_rate.csv");
  trace.save("record_trace.npz");
  slow.save("record_slow.csv");
}
