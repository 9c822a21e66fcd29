// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/timed_table.hpp>

#include <vector>

namespace nernst {

/// What the user has given for a timed array, in SI units, row after row; of a function, with `dt`
/// 0, places and values.
struct given_table {
  std::vector<double> values;
  std::size_t columns = 1;
  double dt = 1;

  /// As a simulation with steps of that length reads it.
  kernel::timed_table at_steps_of(double step) const {
    if (values.empty() || !(step > 0)) return {};
    auto const n = static_cast<std::int64_t>(columns);
    auto const rows = static_cast<std::int64_t>(values.size()) / n;
    if (dt == 0) return {.values = values.data(), .rows = rows, .columns = n, .grain = 0};
    return kernel::make_timed_table(values.data(), rows, n, dt, step);
  }
};

}  // namespace nernst
