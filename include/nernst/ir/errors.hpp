// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
#pragma GCC system_header  // as error_types.hpp

#include <nernst/ir/error_types.hpp>
#include <nernst/ir/units.hpp>

namespace nernst::detail {

template <ir::dimension D>
struct unit_text {
  static constexpr auto get() { return ir::to_text(D); }
};
template <ir::dimension D>
inline constexpr auto unit_name = literal_of<unit_text<D>>;

/// One error if the dimensions differ, nothing otherwise.
template <ir::fixed_string Where, ir::dimension Expected, ir::dimension Found>
constexpr auto require_same_dimension() {
  if constexpr (!(Expected == Found))
    raise<dimension_mismatch<Where, unit_name<Expected>, unit_name<Found>>>();
}

}  // namespace nernst::detail
