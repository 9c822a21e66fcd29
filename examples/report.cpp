// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What a network tells of itself: how far a run is, what is done in a step, what takes time and
// memory: docs/report.md.
#include <nernst/nernst.hpp>

#include <cstdio>
#include <iostream>

namespace told {
using namespace nernst::dsl;

struct cell {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model =
      neuron(d(v) / dt = -v / (10 * ms), threshold(v > 10 * mV), reset(v = 0 * mV));
};
struct kick {
  static constexpr auto model = synapse(on_pre(post(cell::v) += 1 * mV));
};

/// Tells when a run begins and ends, and what is left, four times a second.
struct teller {
  double period() const { return 0.25; }
  void operator()(nernst::report::progress_info const& info) const {
    if (info.finished)
      std::printf("ends, %.0f %% done\n", 100 * info.completed);
    else if (info.completed == 0)
      std::printf("begins at %.0f ms, lasts %.0f ms\n", info.t_start * 1e3, info.duration * 1e3);
    else
      std::fprintf(stderr, "%.1f s left\n", info.remaining_seconds);
  }
};

/// Ends a run that takes too long.
struct limit {
  nernst::network<>& net;
  double seconds;
  double period() const { return 0.05; }
  void operator()(nernst::report::progress_info const& info) const {
    if (info.elapsed_seconds > seconds) net.stop();
  }
};
}  // namespace told

int main(int argc, char** argv) {
  using namespace nernst::dsl;
  using namespace told;
  nernst::runtime runtime(argc, argv);

  nernst::network net({.dt = 0.1 * ms, .seed = 1, .profile = true});
  auto cells = net.population<cell>(1000, "cells");
  auto kicks = net.connect<kick>(cells, cells, fixed_probability(0.01), 1 * ms, "kicks");
  auto trace = net.record(cells, {"v"}, {0});
  net.poisson_input(cells, cell::v, 100, 10 * Hz, 1 * mV);
  net.every(10 * ms, [] {}, {slot::end, 0});
  std::printf("%s\n", net.schedule().c_str());

  net.run(100 * ms, teller());
  net.run(50 * ms, nernst::report::progress);
  net.run(50 * ms, [](nernst::report::progress_info const& info) {
    std::cerr << progress_line(info) << '\n';
  });
  net.run(10000 * second, limit{net, 0.2});
  std::printf("%s\n", net.time() < 10000 ? "ended early" : "ended");

  print_profile(std::cerr, net.profile());
  print_memory(std::cerr, net.memory());
  std::printf("%zu tasks, %zu objects\n", net.profile().size(), net.memory().size());
}
