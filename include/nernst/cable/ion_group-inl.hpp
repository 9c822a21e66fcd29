// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/ion_group.hpp>
#include <nernst/ir/constants.hpp>

#include <cmath>

namespace nernst::cable {

/// As NEURON: 10^6 mV where there is nothing inside, -10^6 mV where there is nothing outside.
template <class Real>
void ion_group<Real>::find_reversal(std::uint32_t begin, std::uint32_t end, double temperature) {
  using namespace ir::codata_2018;
  double const unit = gas_constant * temperature / (charge_ * faraday_constant);
  Real const* const inside = this->array("inside");
  Real const* const outside = this->array("outside");
  Real* const to = this->array("reversal");
  for (std::uint32_t k = begin; k < end; ++k) {
    if (!(inside[k] > 0))
      to[k] = Real(1e3);
    else if (!(outside[k] > 0))
      to[k] = Real(-1e3);
    else
      to[k] = static_cast<Real>(
          unit * std::log(static_cast<double>(outside[k]) / static_cast<double>(inside[k])));
  }
}

}  // namespace nernst::cable
