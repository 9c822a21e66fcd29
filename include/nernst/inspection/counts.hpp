// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/operation_counts.hpp>
#include <nernst/kernel/compiled_model.hpp>

/// What was derived from a model, for people and for other programs.
namespace nernst::inspection {

namespace detail {
/// x to the power n by repeated squaring, as `ir::whole_power` does it.
constexpr ir::operation_counts cost_of_power(int n) {
  ir::operation_counts c;
  if (n < 0) ++c.divisions;
  for (unsigned k = static_cast<unsigned>(n < 0 ? -n : n); k > 1; k /= 2)
    c.multiplications += k % 2 == 1 ? 2 : 1;
  return c;
}
}  // namespace detail

/// How often a program does what, for one element.
constexpr ir::operation_counts count_operations(ir::span<kernel::instruction const> code) {
  ir::operation_counts c;
  for (kernel::instruction const& s : code) {
    bool const works = s.from == kernel::origin::computed || s.from == kernel::origin::draw;
    if (!works) continue;
    if (kernel::is_whole_power(s))
      c += detail::cost_of_power(static_cast<int>(s.value));
    else
      c += ir::properties(s.code).cost;
  }
  return c;
}

/// How many values a kernel moves between memory and registers, for one element. What is the same
/// for all elements moves none.
struct traffic {
  int loaded = 0, stored = 0;
  int stored_by_scale = 0;  ///< only in steps in which the scale of the state begins anew
  int stored_on_spike = 0;  ///< only where an element fires
  int indices = 0;          ///< of elements of other populations, 4 bytes each

  friend constexpr bool operator==(traffic const&, traffic const&) = default;
};

constexpr traffic count_traffic(ir::span<kernel::instruction const> code,
                                ir::span<kernel::output const> stores, bool of_synapse = false) {
  traffic t;
  for (auto const& s : code) {
    bool const linked = s.from == kernel::origin::linked;
    // Of the neurons of a synapse it is known which they are.
    if (linked && !of_synapse) ++t.indices;
    if (linked || s.from == kernel::origin::array) ++t.loaded;
  }
  for (auto const& s : stores) {
    if (s.to == kernel::origin::shared || s.to == kernel::origin::adaptive_result) continue;
    if (s.to == kernel::origin::linked && !of_synapse) ++t.indices;
    ++(s.on_spike ? t.stored_on_spike : t.stored);
  }
  return t;
}

}  // namespace nernst::inspection
