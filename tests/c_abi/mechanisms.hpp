// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/model.hpp>
#include <nernst/language.hpp>

// Mechanisms that the tests compile into a library and into themselves.
namespace test {
using namespace nernst::dsl;

/// A synapse whose connections remember what they have used.
struct depressing_synapse {
  static constexpr auto tau = parameter<"tau">(second);
  static constexpr auto recovery = shared<"recovery">(second);
  static constexpr auto g = state<"g">(siemens);
  static constexpr auto weight = connection<"weight">(siemens);
  static constexpr auto used = connection<"used">(one);
  static constexpr auto last = connection<"last">(second);
  static constexpr auto model =
      point(d(g) / dt = -g / tau, current(voltage* g),
            on_spike(used *= exp(-(t - last) / recovery), g += weight * (1 - used),
                     used += 0.5 * (1 - used), last = t),
            defaults(tau = 2 * ms, recovery = 100 * ms));
};
/// Two states that follow each other, with rates of their own in each compartment: a propagator for
/// each; and a buffer that owns the calcium inside.
struct buffer {
  static constexpr auto rate = parameter<"rate">(hertz);
  static constexpr auto c = state<"c">(mmolar);
  static constexpr auto bound = state<"bound">(mmolar);
  static constexpr auto model =
      density(d(c) / dt = 0.1 * mmolar / second - rate * c + 0.2 * rate * bound,
              d(bound) / dt = rate * (c - bound), method(nernst::language::exact),
              initial(c = calcium.inside, bound = 0 * mmolar), write(calcium.inside = c + bound),
              defaults(rate = 200 * hertz));
};

/// A channel in Brian's language.
struct slow_potassium {
  static constexpr auto model =
      nernst::brian::spatial_neuron(R"(
      Im = g*w*(EK - v) : amp/meter**2
      dw/dt = (1/(1 + exp((-35*mV - v)/(10*mV))) - w)/(50*ms) : 1
      g : siemens/meter**2
    )",
                                    nernst::brian::constants("EK", -90 * mV));
};

}  // namespace test
