// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/model.hpp>

namespace nernst::ir {

/// The table that says where argument `k` of a function of several arguments lies among its places.
constexpr identifier axis_of(string_view function, int k) {
  identifier id("_");
  ((id += function) += "_").append(k);
  return id;
}
inline constexpr std::size_t longest_with_axes = 28;

/// The value of a function of several arguments whose values the user gives, as NEURON finds it: on
/// straight lines between places where there are two; of more, what stands at the places below. The
/// values are in `table`, the last argument running fastest; `axis(k)` is the place of argument k,
/// counted from 0, and `axis_end(k)` that of its last value. All are nodes of numbers.
template <class Axis, class AxisEnd>
constexpr int value_in_grid(graph& g, int table, int arguments, Axis axis, AxisEnd axis_end) {
  auto const whole = [&](int place) { return g.make(op::floor, place); };
  auto const row_of = [&](int flat, int k) {
    return g.multiply(flat, g.add(axis_end(k), g.literal(1)));
  };
  auto const value_at = [&](int flat) {
    return g.make(op::lookup, g.multiply(flat, g.literal(1, units::second)), none, none, table);
  };
  int const first = axis(0);
  int flat = whole(first);
  if (arguments > 2) {
    for (int k = 1; k < arguments; ++k) flat = g.add(row_of(flat, k), whole(axis(k)));
    return value_at(flat);
  }
  auto const between = [&](int place, int low, int high) {
    int const part = g.subtract(place, whole(place));
    return g.add(g.multiply(g.subtract(g.literal(1), part), low), g.multiply(part, high));
  };
  auto const in_row = [&](int row) {
    int const at = g.add(row_of(row, 1), whole(axis(1)));
    return between(axis(1), value_at(at), value_at(g.add(at, g.literal(1))));
  };
  return between(first, in_row(flat), in_row(g.add(flat, g.literal(1))));
}

}  // namespace nernst::ir
