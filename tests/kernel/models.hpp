// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language.hpp>

/// Models for the tests of the kernels.
namespace models {
using namespace nernst::dsl;

struct cuba {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto g_e = state<"g_e">(volt);
  static constexpr auto g_i = state<"g_i">(volt);
  static constexpr auto model =
      neuron(d(v) / dt = (g_e + g_i - (v + 49 * mV)) / (20 * ms) | unless_refractory,
             d(g_e) / dt = -g_e / (5 * ms), d(g_i) / dt = -g_i / (10 * ms), threshold(v > -50 * mV),
             reset(v = -60 * mV), refractory(5 * ms));
};

/// + - * / only, so that one element and a batch round alike.
struct plain {
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto p = parameter<"p">(one);
  static constexpr auto s = shared<"s">(one);
  static constexpr auto model =
      neuron(d(x) / dt = (p - x * y / (1 + x * x)) / (10 * ms), d(y) / dt = (x - s * y) / (20 * ms),
             threshold(x > 1), reset(x -= 1, y = y + x), method(euler));
};

/// Each neuron has a refractory period of its own.
struct own_period {
  static constexpr auto v = state<"v">(one);
  static constexpr auto period = parameter<"period">(second);
  static constexpr auto model = neuron(d(v) / dt = 1 / ms | unless_refractory, threshold(v > 0.95),
                                       reset(v = 0), refractory(period), method(euler));
};
/// Refractory as long as a condition holds.
struct while_high {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model =
      neuron(d(v) / dt = -v / ms, threshold(v > 0.5), refractory(v > 0.5), method(euler));
};
struct noisy {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model = neuron(d(x) / dt = 0 / second, threshold(uniform() < 0.25),
                                       reset(x = randn()), method(euler));
};
/// A reset that is never executed.
struct silent {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model = neuron(d(x) / dt = -x / ms, reset(x = 0));
};
}  // namespace models
