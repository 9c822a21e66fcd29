// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/function_attribute.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace nernst::kernel {

/// The values of a timed array as kernels read them: row k holds from k dt to (k + 1) dt, the first
/// row before and the last one after that.
struct timed_table {
  double const* values = nullptr;  ///< rows x columns
  std::int64_t rows = 0, columns = 1;
  /// Rounding of the time: it is counted in steps of `grain`, of which `grains` make a row.
  double grain = 1, grains = 1;

  /// The value at time `t`. Before values are given it is not a number; so is it for a column that
  /// is not there.
  NERNST_FUNCTION double operator()(double t, double column = 0) const {
    if (rows == 0 || !(column >= 0) || !(column < static_cast<double>(columns))) return NAN;
    double const row = (t / grain + 0.5) / grains;
    std::int64_t const last = rows - 1;
    std::int64_t const k = !(row >= 0)                        ? 0
                           : row >= static_cast<double>(last) ? last
                                                              : static_cast<std::int64_t>(row);
    return values[k * columns + static_cast<std::int64_t>(column)];
  }
};

/// A timed array with steps of `dt` seconds as a simulation with steps of `step` seconds reads it.
/// Brian 2's rule: the time is rounded to a grid of dt / K, where K is the power of two that makes
/// the grid eight times finer than the steps.
inline timed_table make_timed_table(double const* values, std::int64_t rows, std::int64_t columns,
                                    double dt, double step) {
  double const finer = std::exp2(std::ceil(std::log2(8 * dt / step)));
  double const grains = finer > 1 ? finer : 1;
  return {
      .values = values, .rows = rows, .columns = columns, .grain = dt / grains, .grains = grains};
}

}  // namespace nernst::kernel
