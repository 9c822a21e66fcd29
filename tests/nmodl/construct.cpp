// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl/construct.hpp>

using namespace nernst::nmodl;

constexpr bool rows_are_in_order() {
  for (int k = 0; k < construct_count; ++k)
    if (properties(static_cast<construct>(k)).what != static_cast<construct>(k)) return false;
  return true;
}
static_assert(rows_are_in_order());

// What is refused says what to write instead, and nothing else does.
constexpr bool refusals_have_advice() {
  for (construct_row const& row : constructs)
    if ((row.needs == stage::refused) == row.instead.empty() || row.name.empty()) return false;
  return true;
}
static_assert(refusals_have_advice());
static_assert(stage::core < stage::v1 && stage::v3 < stage::refused);
static_assert(to_text(stage::core) == "core" && to_text(stage::v3) == "V3" &&
              to_text(stage::refused) == "refused");
