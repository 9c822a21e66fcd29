// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

namespace nernst::ir {

/// The slots of a step in their order, as in Brian 2: state updates happen in `groups`, deliveries
/// in `synapses`.
enum class slot : std::uint8_t {
  before_start,
  start,
  after_start,
  before_groups,
  groups,
  after_groups,
  before_thresholds,
  thresholds,
  after_thresholds,
  before_synapses,
  synapses,
  after_synapses,
  before_resets,
  resets,
  after_resets,
  before_end,
  end,
  after_end,
};

/// When in a step something happens: by slot, then by rising order. Within one slot the library's
/// own parts have order 0; deliveries have order -1, and at equal order those parts come after the
/// actions of a model in slot `start` and before them elsewhere.
struct instant {
  slot when = slot::start;
  int order = 0;

  friend constexpr auto operator<=>(instant const&, instant const&) = default;
  // nvcc 13 knows no == that comes with a defaulted <=> in a constant expression.
  friend constexpr bool operator==(instant const& x, instant const& y) {
    return x.when == y.when && x.order == y.order;
  }
};

constexpr std::string_view to_text(slot s) {
  constexpr std::string_view names[] = {"before_start",      "start",      "after_start",
                                        "before_groups",     "groups",     "after_groups",
                                        "before_thresholds", "thresholds", "after_thresholds",
                                        "before_synapses",   "synapses",   "after_synapses",
                                        "before_resets",     "resets",     "after_resets",
                                        "before_end",        "end",        "after_end"};
  return names[static_cast<int>(s)];
}

}  // namespace nernst::ir
