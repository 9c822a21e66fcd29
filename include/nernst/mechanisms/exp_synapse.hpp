// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language.hpp>

namespace nernst::mechanisms {

using namespace language;

/// A synapse whose conductance jumps by the weight of a connection, in S, and decays. As NEURON's
/// `ExpSyn`.
struct exp_synapse {
  static constexpr auto tau = parameter<"tau">(second);
  static constexpr auto e = parameter<"e">(volt);
  static constexpr auto usual = defaults(tau = 0.1 * ms, e = 0 * mV);
  static constexpr auto g = state<"g">(siemens);
  static constexpr auto weight = connection<"weight">(siemens);
  static constexpr auto model =
      point(d(g) / dt = -g / tau, current((voltage - e) * g), on_spike(g += weight), usual);
};

}  // namespace nernst::mechanisms
