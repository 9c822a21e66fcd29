// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/philox.hpp>
#include <nernst/kernel/timed_table.hpp>

namespace nernst::kernel {

/// The time of a step, and what random numbers depend on.
struct step_context {
  double time = 0;
  std::int64_t step = 0;
  draw_key key{};
};

/// Where a linked variable finds the element of the other population: `index` has the number for
/// each element here, or is null where the numbers are equal. `value`, if not null, is one value
/// for all.
struct link {
  std::int32_t const* index = nullptr;
  double const* value = nullptr;
};

/// What kernels read beside the arrays and scalars of most models; may stay empty.
struct external_data {
  double* values = nullptr;             ///< by symbol: shared variables
  link const* links = nullptr;          ///< by array
  timed_table const* tables = nullptr;  ///< by symbol
};

}  // namespace nernst::kernel
