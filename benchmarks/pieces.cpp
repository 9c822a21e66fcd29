// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What the parts of a simulation cost, each by itself. `items_per_second` counts what the name says: neurons times steps, synaptic events,
// random numbers, function values, matrices, crossings, synapses.
//   pieces [--benchmark_filter=REGEX] [Google Benchmark's other options]
#include <nernst/nernst.hpp>

#include <benchmark/benchmark.h>

namespace cuba {
using namespace nernst::dsl;

struct neurons {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto g_e = state<"g_e">(volt);
  static constexpr auto g_i = state<"g_i">(volt);

  static constexpr auto tau_m = 20 * ms, tau_e = 5 * ms, tau_i = 10 * ms;
  static constexpr auto V_t = -50 * mV, V_r = -60 * mV, E_L = -49 * mV;

  static constexpr auto model = neuron(d(v) / dt = (g_e + g_i - (v - E_L)) / tau_m | unless_refractory,
                                       d(g_e) / dt = -g_e / tau_e,
                                       d(g_i) / dt = -g_i / tau_i,
                                       threshold(v > V_t),
                                       reset(v = V_r),
                                       refractory(5 * ms));
};
} // namespace cuba

namespace cobahh {
using namespace nernst::dsl;

struct neurons {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto m = state<"m">(one), n = state<"n">(one), h = state<"h">(one);
  static constexpr auto g_e = state<"g_e">(siemens), g_i = state<"g_i">(siemens);
};
} // namespace cobahh
