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
  /// With a grain of 0 the table is a function: places in ascending order in the first column,
  /// values in the second one.
  double grain = 1, grains = 1;

  /// The value at time `t`. Before values are given it is not a number; so is it for a column that
  /// is not there.
  NERNST_FUNCTION double operator()(double t, double column = 0) const {
    if (grain == 0) return value_at(t);
    if (rows == 0 || !(column >= 0) || !(column < static_cast<double>(columns))) return NAN;
    double const row = (t / grain + 0.5) / grains;
    std::int64_t const last = rows - 1;
    std::int64_t const k = !(row >= 0)                        ? 0
                           : row >= static_cast<double>(last) ? last
                                                              : static_cast<std::int64_t>(row);
    return values[k * columns + static_cast<std::int64_t>(column)];
  }
  /// On straight lines between the places, beyond them the values at the ends.
  NERNST_FUNCTION double value_at(double x) const {
    std::int64_t below = 0, above = rows - 1;
    if (!(x > values[0])) return x == x ? values[1] : x;
    if (x >= values[2 * above]) return values[2 * above + 1];
    while (above - below > 1) {
      std::int64_t const middle = (below + above) / 2;
      (values[2 * middle] <= x ? below : above) = middle;
    }
    double const* const at = values + 2 * below;
    double const part = (x - at[0]) / (at[2] - at[0]);
    return (1 - part) * at[1] + part * at[3];
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
