// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/string_view.hpp>

#include <cstdint>

namespace nernst::ir {

// The slots of a step in their order, as in Brian 2: state updates happen in `groups`, deliveries
// in `synapses`.
#define NERNST_SLOTS(row)                                                                          \
  row(before_start) row(start) row(after_start) row(before_groups) row(groups) row(after_groups)   \
      row(before_thresholds) row(thresholds) row(after_thresholds) row(before_synapses)            \
          row(synapses) row(after_synapses) row(before_resets) row(resets) row(after_resets)       \
              row(before_end) row(end) row(after_end)

/// What happens in an earlier slot compares less.
enum class slot : std::uint8_t {
#define NERNST_ROW(name) name,
  NERNST_SLOTS(NERNST_ROW)
#undef NERNST_ROW
};

/// When in a step something happens: by slot, then by rising order. Within one slot the library's
/// own parts have order 0; deliveries have order -1, and at equal order those parts come after the
/// actions of a model in slot `start` and before them elsewhere.
struct instant {
  slot when = slot::start;
  int order = 0;

  friend constexpr bool operator==(instant const&, instant const&) = default;
  friend constexpr bool operator<(instant const& x, instant const& y) {
    return x.when < y.when || (x.when == y.when && x.order < y.order);
  }
  friend constexpr bool operator>=(instant const& x, instant const& y) { return !(x < y); }
};

/// Whether what happens then may see neurons behind their update, and must not see their reset.
constexpr bool is_between_update_and_reset(instant when) {
  return when >= instant{slot::groups, 0} && when < instant{slot::resets, 0};
}

constexpr string_view to_text(slot s) {
  switch (s) {
#define NERNST_ROW(name)                                                                           \
  case slot::name:                                                                                 \
    return #name;
    NERNST_SLOTS(NERNST_ROW)
#undef NERNST_ROW
  }
  return {};
}

}  // namespace nernst::ir
