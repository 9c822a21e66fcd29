// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language.hpp>

/// Models for the tests of what is said about models.
namespace models {
using namespace nernst::dsl;

/// Adaptive exponential integrate-and-fire neurons (Brette and Gerstner 2005).
struct adex {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto w = state<"w">(ampere);
  static constexpr auto I = parameter<"I">(ampere);
  static constexpr auto b = shared<"b">(ampere);
  static constexpr auto C = 281 * pF;
  static constexpr auto g_L = 30 * nS;
  static constexpr auto E_L = -70.6 * mV, V_T = -50.4 * mV, D_T = 2 * mV;
  static constexpr auto model =
      neuron(d(v) / dt = (g_L * (E_L - v) + g_L * D_T * exp((v - V_T) / D_T) + I - w) / C,
             d(w) / dt = (4 * nS * (v - E_L) - w) / (144 * ms), threshold(v > V_T + 5 * D_T),
             reset(v = E_L, w += b), method(rk2));
};

/// A membrane that is solved exactly, with a refractory period.
struct leaky {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto g = state<"g">(volt);
  static constexpr auto tau = shared<"tau">(second);
  static constexpr auto model =
      neuron(d(v) / dt = (g - v) / tau | unless_refractory, d(g) / dt = -g / (5 * ms),
             threshold(v > 10 * mV), reset(v = 0 * mV), refractory(5 * ms));
};

struct weighted {
  static constexpr auto w = parameter<"w">(volt);
  static constexpr auto model = synapse(on_pre(post(leaky::g) += w));
};

/// All of its synapses do the same to a target.
struct alike {
  static constexpr auto w = shared<"w">(volt);
  static constexpr auto model = synapse(on_pre(post(leaky::g) += w));
};

/// Learns by the times of spikes.
struct plastic {
  static constexpr auto w = state<"w">(volt);
  static constexpr auto before = state<"before">(volt);
  static constexpr auto after = state<"after">(volt);
  static constexpr auto model =
      synapse(d(before) / dt = -before / (20 * ms) | event_driven,
              d(after) / dt = -after / (20 * ms) | event_driven,
              on_pre(post(leaky::g) += w, before += 0.1 * mV, w = clip(w - after, 0 * mV, 1 * mV)),
              on_post(after += 0.1 * mV, w = clip(w + before, 0 * mV, 1 * mV)));
};

}  // namespace models
