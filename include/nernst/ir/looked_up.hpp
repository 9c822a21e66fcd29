// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/graph.hpp>

namespace nernst::ir {

/// What a table of `pieces` pieces, a node, has at a place that is counted in pieces from its
/// beginning: the value below the place and, for the rest of the way, a part of the difference to
/// that above; beyond the table, what is at its ends. `value_at(k)` is what stands at the place
/// with the whole number k.
template <class ValueAt>
constexpr int looked_up(graph& g, int along, int pieces, ValueAt value_at) {
  int const none_below = g.make(op::maximum, along, g.literal(0));
  int const place = g.make(op::minimum, none_below, pieces);
  int const before_last = g.subtract(pieces, g.literal(1));
  int const low = g.make(op::floor, g.make(op::minimum, place, before_last));
  int const below = value_at(low), above = value_at(g.add(low, g.literal(1)));
  return g.add(below, g.multiply(g.subtract(place, low), g.subtract(above, below)));
}

}  // namespace nernst::ir
