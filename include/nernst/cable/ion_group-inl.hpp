// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/ion_group.hpp>
#include <nernst/cable/reversal.hpp>
#include <nernst/ir/constants.hpp>

namespace nernst::cable {

template <class Real>
double ion_group<Real>::unit_at(double temperature) const {
  using namespace ir::codata_2018;
  return gas_constant * temperature / (charge_ * faraday_constant);
}

template <class Real>
void ion_group<Real>::find_reversal(std::uint32_t begin, std::uint32_t end, double temperature) {
  double const unit = unit_at(temperature);
  Real const* const inside = this->array("inside");
  Real const* const outside = this->array("outside");
  Real* const to = this->array("reversal");
  for (std::uint32_t k = begin; k < end; ++k) to[k] = reversal_of(inside[k], outside[k], unit);
}

}  // namespace nernst::cable
