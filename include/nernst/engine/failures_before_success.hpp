// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/philox.hpp>

#include <cmath>

namespace nernst::detail {

/// In trials of a probability in (0, 1], the number of failures before a success: floor(log(U) /
/// log(1 - p)), U uniform in (0, 1], of which there are 64 bits.
class failures_before_success {
 public:
  explicit failures_before_success(double probability) : scale_(1 / std::log1p(-probability)) {}

  double operator()(std::uint32_t low, std::uint32_t high) const {
    return std::log(1.0 - kernel::detail::unit_interval<double>(low, high)) * scale_;
  }
  double scale() const { return scale_; }

 private:
  double scale_;
};

}  // namespace nernst::detail
