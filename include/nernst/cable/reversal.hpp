// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/function_attribute.hpp>

#include <cmath>

namespace nernst::cable {

/// The reversal potential in V by Nernst's equation, where `unit` is R T / (z F): as NEURON, 10^6
/// mV where there is nothing inside, -10^6 mV where there is nothing outside.
template <class Real>
NERNST_CALLABLE Real reversal_of(Real inside, Real outside, double unit) {
  if (!(inside > 0)) return Real(1e3);
  if (!(outside > 0)) return Real(-1e3);
  return static_cast<Real>(unit *
                           std::log(static_cast<double>(outside) / static_cast<double>(inside)));
}

}  // namespace nernst::cable
