// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What happens when in a step: docs/network.md.
#include <nernst/nernst.hpp>

#include <cstdio>

namespace timing {
using namespace nernst::dsl;

/// Fires in steps 9, 19, 29, ... of 0.1 ms.
struct metronome {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model = neuron(d(x) / dt = 1 / ms, threshold(x > 0.95), reset(x = 0));
};

/// Fires above 10 mV, and rests for 2 ms.
struct cell {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto g = state<"g">(volt);
  static constexpr auto model = neuron(d(v) / dt = 0 * mV / ms | unless_refractory,
                                       d(g) / dt = 0 * mV / ms,
                                       threshold(v > 10 * mV),
                                       reset(v = 0 * mV),
                                       refractory(2 * ms));
};

/// Fires in every step in which v is above 1 mV.
struct level {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model = neuron(d(v) / dt = -v / (10 * ms), threshold(v > 1 * mV));
};

struct growing {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto a = parameter<"a">(hertz);
  static constexpr auto model = neuron(d(v) / dt = a * v + 1 * mV / ms, method(exponential_euler));
};

/// Leaks; is pushed every 0.3 ms; and tells when it has passed 2 mV.
struct pushed {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto passed = state<"passed">(second);
  static constexpr auto model = neuron(d(v) / dt = -v / ms,
                                       every(0.3 * ms, v += 1 * mV),
                                       event<"high">(v > 2 * mV),
                                       on_event<"high">(passed = t, v = 0 * mV));
};

struct kick {
  static constexpr auto model = synapse(on_pre(post(cell::v) += 1 * mV, post(cell::g) += 1 * mV));
};
struct push {
  static constexpr auto model = synapse(on_pre(post(metronome::x) += 0.5));
};
} // namespace timing

using namespace nernst::dsl;
using namespace timing;

void delays() {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.population<metronome>(1);
  auto target = net.population<cell>(3);
  net.connect<kick>(source, target(0, 1), all_to_all());
  net.connect<kick>(source, target(1, 2), all_to_all(), 0.1 * ms);
  net.connect<kick>(source, target(2, 3), all_to_all(), 1 * ms);
  auto g = net.record(target, {"g"});
  net.run(2.5 * ms);
  std::printf("source fires in steps 9 and 19; g of its targets in mV at the start of the step\n "
              "step  delay 0  delay 1  delay 10\n");
  for (std::size_t step : {9u, 10u, 11u, 19u, 20u, 21u})
    std::printf("%5zu  %7.0f  %7.0f  %8.0f\n", step, g.at(step, 0, 0) * 1e3, g.at(step, 0, 1) * 1e3,
                g.at(step, 0, 2) * 1e3);
}

void refractoriness() {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.population<metronome>(1);
  auto target = net.population<cell>(1);
  target[cell::v] = 11 * mV; // fires in step 0 and is refractory in steps 1 to 19
  net.connect<kick>(source, target, all_to_all());
  auto values = net.record(target, {"v", "g"});
  net.run(3.5 * ms);
  std::printf("\nkicks of 1 mV in steps 9, 19 and 29\n step  v (unless refractory)  g\n");
  for (std::size_t step : {0u, 1u, 10u, 20u, 30u})
    std::printf("%5zu  %21.0f  %1.0f\n", step, values.at(step, 0, 0) * 1e3,
                values.at(step, 1, 0) * 1e3);
}

void resets() {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.population<metronome>(1);
  auto target = net.population<metronome>(2);
  net.connect<push>(source, target(0, 1), all_to_all());
  net.connect<push>(source, target(1, 2), all_to_all(), 0.1 * ms);
  auto x = net.record(target, {"x"});
  net.run(1.2 * ms);
  std::printf("\nall fire in step 9; a push of 0.5 arrives before the reset, or a step later\n "
              "step  delay 0  delay 1\n");
  for (std::size_t step : {9u, 10u, 11u})
    std::printf("%5zu  %7.1f  %7.1f\n", step, x.at(step, 0, 0), x.at(step, 0, 1));
}

void levels() {
  nernst::network net({.dt = 0.1 * ms});
  auto neuron = net.population<level>(1);
  neuron[level::v] = 2 * mV;
  auto spikes = net.record_spikes(neuron);
  net.run(20 * ms);
  std::printf("\nfrom 2 mV down to 1 mV: %zu spikes, the last in step %d\n", spikes.count(),
              static_cast<int>(spikes.steps().back()));
}

void no_division_by_zero() {
  nernst::network net({.dt = 0.1 * ms});
  auto neurons = net.population<growing>(2);
  neurons[growing::a] = -100 * Hz * i; // 0 for the first
  net.run(10 * ms);
  std::printf("\nexponential Euler: %.3f mV where a is 0, %.3f mV where it is not\n",
              neurons[growing::v][0] * 1e3, neurons[growing::v][1] * 1e3);
}

void actions() {
  nernst::network net({.dt = 0.1 * ms});
  auto cell = net.population<pushed>(1);
  auto events = net.record_events(cell, "high");
  auto before = net.record(cell, {"v"}), after = net.record(cell, {"v"}, {0}, {slot::end, 0});
  net.run(2 * ms);
  std::printf(
      "\npushed in steps 0, 3, 6 ...; v in mV\n step  start of the step  end of the step\n");
  for (std::size_t step : {0u, 3u, 5u, 6u, 7u})
    std::printf("%5zu  %17.2f  %15.2f\n", step, before.at(step, 0, 0) * 1e3,
                after.at(step, 0, 0) * 1e3);
  std::printf("%zu events, the first in step %d\n", events.count(),
              static_cast<int>(events.steps().front()));
}

void single_precision() {
  nernst::network<Kokkos::DefaultHostExecutionSpace, float> net({.dt = 0.1 * ms});
  auto neurons = net.population<growing>(1);
  net.run(10 * ms);
  std::printf("\nin single precision: %.3f mV\n", neurons[growing::v][0] * 1e3);
}

int main(int argc, char** argv) {
  nernst::runtime runtime(argc, argv);
  delays();
  refractoriness();
  resets();
  levels();
  no_division_by_zero();
  actions();
  single_precision();
}
