// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What it saves to keep traces and totals for neurons instead of for each synapse: 4000 Poisson
// inputs onto 4000 neurons, 1.6 million synapses, in turns. Seconds are those of a simulated
// second.
//   traces [REPEATS]
#include <nernst/nernst.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace traces {
using namespace nernst::dsl;

struct neurons {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto g = state<"g">(volt);
  static constexpr auto I = parameter<"I">(volt);
  static constexpr auto model =
      neuron(d(v) / dt = (g + I - 49 * mV - v) / (20 * ms), d(g) / dt = -g / (5 * ms),
             threshold(v > -50 * mV), reset(v = -60 * mV), refractory(2 * ms), method(euler));
};

struct plastic_names {
  static constexpr auto w = state<"w">(volt);
  static constexpr auto before = state<"before">(volt);
  static constexpr auto after = state<"after">(volt);
  static constexpr auto of_before = d(before) / dt = -before / (20 * ms) | event_driven;
  static constexpr auto of_after = d(after) / dt = -after / (20 * ms) | event_driven;
  static constexpr auto arrives =
      on_pre(post(neurons::g) += w, before += 0.01 * mV, w = clip(w + after, 0 * mV, 1 * mV));
  static constexpr auto fires = on_post(after -= 0.0105 * mV, w = clip(w + before, 0 * mV, 1 * mV));
};
struct plastic : plastic_names {
  static constexpr auto model = synapse(of_before, of_after, arrives, fires);
};
struct plastic_each : plastic_names {
  static constexpr auto model = synapse(of_before, of_after, arrives, fires, per_synapse);
};

struct slow_names {
  static constexpr auto w = parameter<"w">(volt);
  static constexpr auto g = state<"g">(volt);
  static constexpr auto of_g = d(g) / dt = -g / (100 * ms) | clock_driven;
  static constexpr auto arrives = on_pre(g += 0.05 * w);
  static constexpr auto all = summed(post(neurons::I) = g);
};
struct slow : slow_names {
  static constexpr auto model = synapse(of_g, arrives, all);
};
struct slow_each : slow_names {
  static constexpr auto model = synapse(of_g, arrives, all, per_synapse);
};
}  // namespace traces

namespace {
using namespace nernst::dsl;

template <class Synapse>
void measure(char const* name, double seconds) {
  nernst::network<> net({.dt = 0.1 * ms, .seed = 3});
  auto const inputs = net.poisson(4000, 15 * Hz);
  auto const cells = net.population<traces::neurons>(4000);
  cells[traces::neurons::v] = -60 * mV;
  auto const synapses = net.connect<Synapse>(inputs, cells, fixed_probability(0.1), 1 * ms);
  synapses[Synapse::w] = 0.3 * mV * uniform();
  auto const spikes = net.record_spikes(cells, nernst::keep::counts);
  net.run(50 * ms);
  auto const begin = std::chrono::steady_clock::now();
  net.run(seconds * second);
  std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begin;
  std::printf("%-24s %7.3f s  %8zu spikes  %6.2f bytes per synapse\n", name, took.count() / seconds,
              spikes.count(),
              static_cast<double>(synapses.memory_bytes()) / static_cast<double>(synapses.size()));
}
}  // namespace

int main(int argc, char** argv) {
  nernst::runtime const runtime(argc, argv);
  int const repeats = argc > 1 ? std::atoi(argv[1]) : 3;
  for (int k = 0; k < repeats; ++k) {
    measure<traces::plastic_each>("plastic, per synapse", 1);
    measure<traces::plastic>("plastic, traces", 1);
    measure<traces::slow_each>("slow, per synapse", 0.1);
    measure<traces::slow>("slow, totals", 0.1);
  }
}
