// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language.hpp>

/// The CUBA network of Brette et al. (2007), benchmark 2, as in examples/cuba.cpp.
namespace cuba {
using namespace nernst::dsl;

struct neurons {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto g_e = state<"g_e">(volt);
  static constexpr auto g_i = state<"g_i">(volt);

  static constexpr auto tau_m = 20 * ms, tau_e = 5 * ms, tau_i = 10 * ms;
  static constexpr auto V_t = -50 * mV, V_r = -60 * mV, E_L = -49 * mV;

  static constexpr auto model = neuron(
      d(v) / dt = (g_e + g_i - (v - E_L)) / tau_m | unless_refractory, d(g_e) / dt = -g_e / tau_e,
      d(g_i) / dt = -g_i / tau_i, threshold(v > V_t), reset(v = V_r), refractory(5 * ms));
};

struct excitation {
  static constexpr auto model = synapse(on_pre(post(neurons::g_e) += 1.62 * mV));
};

struct inhibition {
  static constexpr auto model = synapse(on_pre(post(neurons::g_i) -= 9 * mV));
};
}  // namespace cuba
