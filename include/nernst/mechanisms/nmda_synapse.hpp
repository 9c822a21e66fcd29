// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/mechanisms/exp2_synapse.hpp>

namespace nernst::mechanisms {

using namespace language;

/// NMDA receptors: the conductance rises with `tau1` and decays with `tau2`; the weight of a
/// connection, in S, is its peak without the block by magnesium. `tau1` is at most 0.9999 `tau2`.
/// Jahr CE, Stevens CF (1990) J Neurosci 10:3178-3182.
struct nmda_synapse {
  static constexpr auto tau1 = parameter<"tau1">(second);
  static constexpr auto tau2 = parameter<"tau2">(second);
  static constexpr auto e = parameter<"e">(volt);
  static constexpr auto magnesium = parameter<"magnesium">(molar);
  static constexpr auto usual =
      defaults(tau1 = 2 * ms, tau2 = 75 * ms, e = 0 * mV, magnesium = 1 * mM);
  static constexpr auto a = state<"a">(siemens);
  static constexpr auto b = state<"b">(siemens);
  static constexpr auto weight = connection<"weight">(siemens);

  static constexpr auto rise = min(tau1, 0.9999 * tau2);
  static constexpr auto jump = weight * detail::normalising(rise, tau2);
  static constexpr auto unblocked =
      1 / (1 + exp(-voltage * (0.062 / mV)) * (magnesium / (3.57 * mM)));

  static constexpr auto g = subexpression<"g">((b - a) * unblocked);
  static constexpr auto model =
      point(g, d(a) / dt = -a / rise, d(b) / dt = -b / tau2, current((voltage - e) * g),
            on_spike(a += jump, b += jump), usual);
};

}  // namespace nernst::mechanisms
