// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/step_context.hpp>

#include <cmath>
#include <limits>
#include <vector>

namespace nernst::engine {

/// The scale of a state that is multiplied by `decay` in each step, and its inverse, for the steps
/// until it begins anew. A state that does not decay to something between 0 and 1 of itself, or
/// loses most digits at once, has a scale of 1: it begins anew in each step.
template <class Real>
class scale_table {
 public:
  explicit scale_table(Real decay) {
    double smallest = decay > 0 && decay <= 1 ? static_cast<double>(decay) : 0;
    double const limit = std::sqrt(static_cast<double>(std::numeric_limits<Real>::min()));
    std::uint32_t period = 1;
    for (; period < longest && smallest * smallest > limit; period *= 2) smallest *= smallest;
    double now = 1;
    for (std::uint32_t k = 0; k < period; ++k, now *= static_cast<double>(decay)) {
      scale_.push_back(static_cast<Real>(now));
      inverse_.push_back(static_cast<Real>(1 / now));
    }
  }
  kernel::state_scale<Real> scale() const { return of(scale_); }
  kernel::state_scale<Real> inverse() const { return of(inverse_); }

 private:
  /// By then most of what an update stores is saved.
  static constexpr std::uint32_t longest = 256;
  static kernel::state_scale<Real> of(std::vector<Real> const& table) {
    return {table.data(), static_cast<std::uint32_t>(table.size())};
  }

  std::vector<Real> scale_, inverse_;
};

}  // namespace nernst::engine
