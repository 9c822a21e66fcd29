// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language.hpp>

namespace nernst::mechanisms {

using namespace language;

namespace detail {
/// What makes the greatest difference of two exponential functions 1.
template <class Rise, class Decay>
constexpr auto normalising(Rise const& rise, Decay const& decay) {
  auto const peak = rise * decay / (decay - rise) * log(decay / rise);
  return 1 / (exp(-peak / decay) - exp(-peak / rise));
}
}  // namespace detail

/// A synapse whose conductance rises with `tau1` and decays with `tau2`; the weight of a
/// connection, in S, is its peak. As NEURON's `Exp2Syn`: `tau1` is at most 0.9999 `tau2`.
struct exp2_synapse {
  static constexpr auto tau1 = parameter<"tau1">(second);
  static constexpr auto tau2 = parameter<"tau2">(second);
  static constexpr auto e = parameter<"e">(volt);
  static constexpr auto usual = defaults(tau1 = 0.1 * ms, tau2 = 10 * ms, e = 0 * mV);
  static constexpr auto a = state<"a">(siemens);
  static constexpr auto b = state<"b">(siemens);
  static constexpr auto weight = connection<"weight">(siemens);

  static constexpr auto rise = min(tau1, 0.9999 * tau2);
  static constexpr auto jump = weight * detail::normalising(rise, tau2);

  static constexpr auto g = subexpression<"g">(b - a);
  static constexpr auto model =
      point(g, d(a) / dt = -a / rise, d(b) / dt = -b / tau2, current((voltage - e) * g),
            on_spike(a += jump, b += jump), usual);
};

}  // namespace nernst::mechanisms
