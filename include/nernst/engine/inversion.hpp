// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>
#include <nernst/kernel/draw_together.hpp>

#include <vector>

namespace nernst::engine {

/// Owns the table of a distribution whose parameters stay the same. Probabilities are exact to the
/// rounding of `long double`: to 2^-64 where that has 80 bits.
class inversion {
 public:
  inversion() = default;
  /// Of what `kernel::poisson` and `kernel::binomial` draw.
  static inversion poisson(double mean);
  static inversion binomial(double trials, double p);

  /// For kernels, as long as this lives. Empty above a variance of 2^19, where a table would be
  /// larger than a cache: such numbers are drawn without one.
  kernel::inversion_table table() const {
    if (parts_.empty()) return {};
    return {.parts = parts_.data(),
            .shift = shift_,
            .thresholds = thresholds_.data(),
            .count = static_cast<std::int32_t>(thresholds_.size()),
            .first = first_,
            .steps = steps_.data(),
            .step_count = static_cast<std::int32_t>(steps_.size()),
            .before_steps = before_steps_};
  }

 private:
  /// Where `k + 1` is factor (most - k) / (k + 1) times as probable as `k`, without (most - k)
  /// where there is no largest number. About the most probable one is `likely`.
  inversion(double likely, double most, long double factor);
  void fill_parts();
  void fill_steps();

  std::vector<kernel::inversion_table::part> parts_;
  int shift_ = 0;
  std::vector<std::uint64_t> thresholds_;
  double first_ = 0;
  std::vector<std::int16_t> steps_;
  std::int32_t before_steps_ = 0;
};

}  // namespace nernst::engine

#if NERNST_HEADER_ONLY
#include <nernst/engine/inversion-inl.hpp>
#endif
