// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/ion_group.hpp>

#include <cmath>

namespace nernst::cable {

namespace detail {
/// CODATA 2018.
inline constexpr double gas_constant = 8.31446261815324, faraday = 96485.33212331001;
}  // namespace detail

/// As NEURON: 10^6 mV where there is nothing inside, -10^6 mV where there is nothing outside.
template <class Real>
void ion_group<Real>::find_reversal(std::uint32_t begin, std::uint32_t end, double temperature) {
  double const unit = detail::gas_constant * temperature / (charge_ * detail::faraday);
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
